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
const step = (name, parts = {}) => fc.record({ name: fc.constant(name), ...parts });

export const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: step("send", { url }) },
    { weight: 1, arbitrary: step("send what is refused", { url }) },
    { weight: 3, arbitrary: step("edit", { url, at }) },
    { weight: 2, arbitrary: step("remove", { url, at }) },
    { weight: 4, arbitrary: step("react", { url, at, reaction, isAdded: fc.boolean() }) },
    { weight: 3, arbitrary: step("mark read", { url }) },
    { weight: 2, arbitrary: step("load older", { url }) },
    { weight: 1, arbitrary: step("look around", { url, at }) },
    { weight: 1, arbitrary: step("look at the end", { url }) },
    { weight: 6, arbitrary: step("other sends", { url, count: fc.constantFrom(1, 1, 2, 60), end: fc.constantFrom("", "", ` @${ME}`) }) },
    { weight: 3, arbitrary: step("other edits", { url, at, end: fc.constantFrom("?", ` @${ME}`) }) },
    { weight: 3, arbitrary: step("other deletes", { url, at }) },
    { weight: 3, arbitrary: step("other reacts", { url, at, reaction, isAdded: fc.boolean() }) },
    { weight: 2, arbitrary: step("other reads", { url }) },
    { weight: 1, arbitrary: step("another device reads", { url, at }) },
    { weight: 1, arbitrary: step("expire", { url, at }) },
    ...besides({ url, at }),
    ...discussions({ url, at }),
    { weight: 1, arbitrary: step("leave", { url }) },
    { weight: 2, arbitrary: step("join", { url }) },
    { weight: 5, arbitrary: step("cut") },
    { weight: 2, arbitrary: step("repeat", { count: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 2, arbitrary: step("go down") },
    { weight: 3, arbitrary: step("come up") },
    { weight: 1, arbitrary: step("lose the log") },
    { weight: 2, arbitrary: step("expire tokens") },
    { weight: 4, arbitrary: step("delay answers", { delays: fc.array(fc.constantFrom(0, 3, 40, 600, 9_000), { minLength: 1, maxLength: 6 }) }) },
    { weight: 12, arbitrary: step("wait", { ms: fc.constantFrom(1, 4, 6, 11, 30, 500, 3_000, 12_000) }) },
  ),
  { minLength: 1, maxLength: 90, size: "max" },
);

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
