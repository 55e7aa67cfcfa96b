// Of the histories what concerns threads and polls.
import fc from "fast-check";
import { ME, OTHER, Refusal } from "./people.mjs";

// Of few messages, so that threads grow.
const NEWEST = 3;
const chosen = fc.constantFrom([], [1], [2], [1, 2]);

/** Steps of a history, by their weights. */
export function discussions({ url, at }) {
  const step = (weight, name, parts = {}) => ({ weight, arbitrary: fc.record({ name: fc.constant(name), url, at, ...parts }) });
  return [
    step(12, "reply"),
    step(9, "read a thread"),
    step(6, "follow"),
    step(6, "unfollow"),
    step(3, "look at more threads"),
    step(9, "vote", { chosen }),
    step(3, "suggest"),
    step(21, "other replies", { count: fc.constantFrom(1, 1, 2) }),
    step(6, "another device reads a thread"),
    step(3, "another device follows"),
    step(3, "another device unfollows"),
    step(9, "other votes", { chosen }),
    step(6, "another device votes", { chosen }),
    step(3, "other closes"),
  ];
}

/** Do one of them; a promise of what the server is asked for. */
export async function discuss(step, { chat, world, channel, timeline }) {
  const { model, opened } = world;
  if (model.channels.get(step.url).isMember) happen(step, model);
  if (!channel) return;
  if (["vote", "suggest"].includes(step.name)) await vote(step, await chat.polls.of(model.polls.idOf(step.url)));
  else await talk(step, { chat, opened, channel, message: one(timeline.messages, step.at) });
}

async function talk({ name, url, at }, { chat, opened, channel, message }) {
  if (!message) return;
  switch (name) {
    case "reply":
      opened.set(message.message_id, url);
      return chat.thread(channel, message).send(`reply ${at}`);
    case "read a thread":
      return chat.thread(channel, message).markRead();
    case "follow":
      return chat.threads.follow(message);
    case "unfollow":
      return chat.threads.unfollow(message);
    case "look at more threads":
      return chat.threads.loadMore();
  }
}

function vote({ name, at, chosen: optionIds }, poll) {
  return name === "vote" ? poll.vote(optionIds) : poll.suggest(`tea number ${at}`);
}

/** What others do, or the person on another device. What cannot be done is not. */
function happen(step, model) {
  try {
    happenInThread(step, model);
    happenToPoll(step, model.polls);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
  }
}

function happenInThread({ name, url, at, count }, model) {
  const { threads } = model;
  const parent = one(threads.replies(url, undefined), at);
  if (!parent) return;
  const { message_id: id } = parent;
  const reply = one(threads.replies(url, id), at);
  switch (name) {
    case "other replies":
      for (let sent = 0; sent < count; sent += 1) model.send(url, OTHER, `other reply ${model.offset}`, "", { parent_message_id: id });
      return;
    case "another device reads a thread":
      return reply && threads.read(url, id, reply.message_id);
    case "another device follows":
      return threads.follow(url, id, true);
    case "another device unfollows":
      return threads.follow(url, id, false);
  }
}

function happenToPoll({ name, url, chosen: optionIds }, polls) {
  switch (name) {
    case "other votes":
      return polls.vote(polls.idOf(url), OTHER, optionIds);
    case "another device votes":
      return polls.vote(polls.idOf(url), ME, optionIds);
    case "other closes":
      return polls.close(polls.idOf(url));
  }
}

/** One of the newest. */
function one(messages, at) {
  return messages.at(-1 - (at % Math.max(Math.min(messages.length, NEWEST), 1)));
}
