// Random histories of one chat: what its person does, what others do, and what happens to the network.
import fc from "fast-check";
import { besides, takeBesides } from "./besides.mjs";
import { REFUSED } from "./commands.mjs";
import { discuss, discussions } from "./discussions.mjs";
import { ME, OTHER } from "./people.mjs";

export const URLS = ["garden", "square"];
const REACTIONS = ["+1", "tea"];

const url = fc.constantFrom(...URLS);
const at = fc.nat({ max: 80 });
const reaction = fc.constantFrom(...REACTIONS);
const step = (weight, name, parts = {}) => ({ weight, arbitrary: fc.record({ name: fc.constant(name), ...parts }) });

/** In the channels themselves. */
const talk = [
  step(6, "send", { url }),
  step(1, "send what is refused", { url }),
  step(3, "edit", { url, at }),
  step(2, "remove", { url, at }),
  step(4, "react", { url, at, reaction, isAdded: fc.boolean() }),
  step(3, "mark read", { url }),
  step(2, "load older", { url }),
  step(1, "look around", { url, at }),
  step(1, "look at the end", { url }),
  step(6, "other sends", { url, count: fc.constantFrom(1, 1, 2, 60), end: fc.constantFrom("", "", ` @${ME}`) }),
  step(3, "other edits", { url, at, end: fc.constantFrom("?", ` @${ME}`) }),
  step(3, "other deletes", { url, at }),
  step(3, "other reacts", { url, at, reaction, isAdded: fc.boolean() }),
  step(2, "other reads", { url }),
  step(1, "another device reads", { url, at }),
  step(2, "expire", { url, at }),
];

/** To the network, and to who is where. */
const trouble = [
  step(1, "leave", { url }),
  step(2, "join", { url }),
  step(5, "cut"),
  step(2, "repeat", { count: fc.integer({ min: 1, max: 6 }) }),
  step(2, "go down"),
  step(3, "come up"),
  step(1, "lose the log"),
  step(2, "expire tokens"),
  step(4, "delay answers", { delays: fc.array(fc.constantFrom(0, 3, 40, 600, 9_000), { minLength: 1, maxLength: 6 }) }),
  step(12, "wait", { ms: fc.constantFrom(1, 4, 6, 11, 30, 500, 3_000, 12_000) }),
];

/** Each history is of some of what there is, so that it goes deep: of messages, and perhaps of one thing beside them. */
const topics = [[], besides({ url, at }), discussions({ url, at })];
// What is loaded late in a long one hides what went wrong before.
const lengths = [12, 90];
const about = (topic, maxLength) => fc.array(fc.oneof(...talk, ...trouble, ...topic), { minLength: 1, maxLength, size: "max" });
export const steps = fc.oneof(...topics.flatMap((topic) => lengths.map((length) => about(topic, length))));

/** Do one step. `chat` is what is tested, `world` the rest; `said` collects what its person has sent, by channel. */
export function take(one, chat, world, said) {
  const { model } = world;
  const place = model.channels.get(one.url);
  const any = place && place.messages[one.at % Math.max(place.messages.length, 1)];
  const channel = chat.channels.get(one.url);
  const timeline = channel && chat.timeline(channel);
  const shown = timeline?.messages[one.at % Math.max(timeline.messages.length, 1)];
  const own = timeline?.messages.filter(({ user }) => user.user_id === ME) ?? [];
  const mine = own[one.at % Math.max(own.length, 1)];
  switch (one.name) {
    case "send":
      if (timeline) timeline.send(say(said, one.url));
      return;
    case "send what is refused":
      return timeline?.send(REFUSED);
    case "edit":
      return mine && timeline.edit(mine, `${mine.message}!`).catch(isExpected);
    case "remove":
      return mine && timeline.remove(mine).catch(isExpected);
    case "react":
      return shown && timeline.react(shown, one.reaction, one.isAdded).catch(isExpected);
    case "mark read":
      return timeline?.messages.length && chat.markRead(channel, timeline.messages.at(-1));
    case "load older":
      return timeline?.loadOlder().catch(isExpected);
    case "look around":
      return any && timeline?.loadAround({ message_id: any.message_id }).catch(isExpected);
    case "look at the end":
      return timeline?.loadEnd().catch(isExpected);
    case "other sends":
      if (place.isDeleted) return;
      for (let count = 0; count < one.count; count += 1) model.send(one.url, OTHER, `other ${model.offset}${one.end}`);
      return;
    case "other edits":
      return place.isMember && any && model.edit(one.url, any.message_id, any.message.replaceAll(` @${ME}`, "") + one.end);
    case "other deletes":
      return place.isMember && any && model.delete(one.url, any.message_id);
    case "other reacts":
      return place.isMember && any && model.react(one.url, any.message_id, OTHER, one.reaction, one.isAdded);
    case "other reads":
      return place.isMember && place.messages.length && model.read(one.url, OTHER, place.messages.at(-1).message_id);
    case "another device reads":
      return place.isMember && any && model.read(one.url, ME, any.message_id);
    case "expire":
      return place.isMember && any && model.expire(one.url, any.message_id);
    case "leave":
      return place.isMember && model.leave(one.url);
    case "join":
      return model.join(one.url);
    case "cut":
      return world.cut();
    case "repeat":
      return world.repeat(one.count);
    case "go down":
      world.isDown = true;
      return world.cut();
    case "come up":
      world.isDown = false;
      return;
    case "lose the log":
      model.restartLog();
      return world.cut();
    case "expire tokens":
      return world.expireTokens();
    case "delay answers":
      return world.delays.push(...one.delays);
    default:
      discuss(one, { chat, world, channel, timeline }).catch(isExpected);
      return takeBesides(one, { chat, model, channel, any, shown })?.catch(isExpected);
  }
}

function say(said, url) {
  const texts = said.get(url) ?? [];
  texts.push(`${url} ${texts.length}`);
  said.set(url, texts);
  return texts.at(-1);
}

/** What the network or the server refuses is told; a mistake of the SDK is something else. */
function isExpected(failure) {
  if (failure.name !== "Failure") throw failure;
}
