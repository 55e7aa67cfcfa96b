// Of the histories what concerns things beside the messages of channels: those saved, pinned, scheduled, and with files.
import fc from "fast-check";
import { ME, OTHER, Refusal } from "./people.mjs";

/** When histories begin. */
export const NOON = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const FIRST = 2;
const user = fc.constantFrom(ME, OTHER, OTHER, "");
const isAdded = fc.boolean();
const hours = fc.integer({ min: 1, max: 3 });

/** Steps of a history, by their weights. */
export function besides({ url, at }) {
  const step = (weight, name, parts = {}) => ({ weight, arbitrary: fc.record({ name: fc.constant(name), url, at, ...parts }) });
  return [
    step(9, "save"),
    step(6, "unsave"),
    step(3, "look at more that is saved"),
    step(6, "pin", { isAdded }),
    step(6, "schedule", { hours }),
    step(6, "reschedule", { hours }),
    step(3, "cancel what is scheduled"),
    step(3, "send what is scheduled"),
    step(3, "look at more files"),
    step(9, "another device saves", { isAdded }),
    step(12, "somebody pins", { user, isAdded }),
    step(3, "another device schedules", { hours }),
    step(6, "another device reschedules", { hours }),
    step(3, "another device cancels"),
    step(6, "what is scheduled is due", { isRefused: fc.boolean() }),
    step(9, "other sends files", { count: fc.constantFrom(1, 2, 40) }),
    step(3, "delete the channel"),
  ];
}

/** Do one of them. `any` is a message that there is, `shown` one that the person sees; a promise of what the server is asked for. */
export function takeBesides(step, { chat, model, channel, any, shown }) {
  if (model.channels.get(step.url).isMember) happen(step, model, any);
  return channel && act(step, chat, channel, shown);
}

/** What the person does. */
function act({ name, url, at, hours, isAdded: isOn }, chat, channel, shown) {
  const { saved, scheduled } = chat;
  const [kept, item] = [pick(saved.items, at), pick(scheduled.of(url), at)];
  switch (name) {
    case "look at more that is saved":
      return saved.loadMore();
    case "save":
      return shown && saved.add(shown);
    case "unsave":
      return kept && saved.remove(kept);
    case "pin":
      return shown && (isOn ? chat.pins(channel).add(shown) : chat.pins(channel).remove(shown));
    case "schedule":
      return scheduled.create(url, { text: `scheduled ${at}`, at: NOON + hours * HOUR_MS });
    case "reschedule":
      return item && scheduled.update(item, { message: `scheduled ${at}`, scheduled_at: NOON + hours * HOUR_MS });
    case "cancel what is scheduled":
      return item && scheduled.cancel(item);
    case "send what is scheduled":
      return item && scheduled.sendNow(item);
    case "look at more files":
      return chat.files(channel).loadMore();
  }
}

/** What others do, or the person on another device. What cannot be done is not. */
function happen(step, model, any) {
  try {
    if (any) keep(step, model, any.message_id);
    const first = pick(model.channels.get(step.url).messages, step.at);
    if (first) pin(step, model, first.message_id);
    happenLater(step, model);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
  }
}

function keep({ name, url, isAdded: isOn }, { saved }, id) {
  if (name === "another device saves") return isOn ? saved.add(url, id) : saved.remove(id);
}

function pin({ name, url, user, isAdded: isOn }, { pins }, id) {
  if (name === "somebody pins") return isOn ? pins.add(url, id, user) : pins.remove(url, id, user);
}

function happenLater({ name, url, at, hours, count, isRefused }, model) {
  const { scheduled } = model;
  const id = pick(scheduled.of(url), at)?.scheduled_message_id;
  switch (name) {
    case "another device schedules":
      return scheduled.create({ channel_url: url, message: `other ${at}`, scheduled_at: NOON + hours * HOUR_MS });
    case "another device reschedules":
      return scheduled.update({ scheduled_message_id: id, message: `other ${at}`, scheduled_at: NOON + hours * HOUR_MS });
    case "another device cancels":
      return scheduled.cancel(id);
    case "what is scheduled is due":
      return scheduled.due(id, isRefused);
    case "other sends files":
      for (let sent = 0; sent < count; sent += 1) model.send(url, OTHER, `files ${model.offset}`, "", { files: [{ url: "x" }] });
      return;
    case "delete the channel":
      return model.deleteChannel(url);
  }
}

/** One of the first: of few things more happens to each. */
function pick(list, at) {
  return list[at % Math.max(Math.min(list.length, FIRST), 1)];
}
