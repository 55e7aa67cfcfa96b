// Run by the tests. Usage: node laws.mjs RUNS SEED [bare]; with "bare" without what React Native and Node 18 have not. What a client shows is what the server has, whatever happened on the way.
// Writes a JSON line: {runs, steps}; on a failure the shortest history that shows it.
import assert from "node:assert/strict";
import { mock } from "node:test";
import fc from "fast-check";
import { NOON } from "./besides.mjs";
import { URLS, steps, take } from "./history.mjs";
import { REASONS } from "./model.mjs";
import { World } from "./network.mjs";

const [runs, seed] = process.argv.slice(2, 4).map(Number);
if (process.argv[4] === "bare") makeBare();
const { Chat } = await import("../../../../chatd/web/sdk/chatd.js");
// After a network is whole again, calls that wait for an answer and pauses before the next attempt take so long.
const CALM_MS = 240_000;
// After these what was not sent yet is refused.
const ENDS = ["leave", "delete the channel"];
const turn = setImmediate;
const skews = fc.constantFrom(0, -3_600_000, 3_600_000, 86_400_000);
let taken = 0;

function makeBare() {
  for (const name of ["crypto", "navigator", "URL", "WebSocket", "TransformStream", "CompressionStream"]) delete globalThis[name];
  delete AbortSignal.timeout;
  for (const name of ["toSpliced", "with", "toSorted", "toReversed"]) delete Array.prototype[name];
}

async function settle() {
  for (let count = 0; count < 3; count += 1) await new Promise((resolve) => turn(resolve));
}

async function pass(ms) {
  for (let left = ms; left > 0; ) {
    const part = Math.min(left, left > 1_000 ? 500 : 5);
    mock.timers.tick(part);
    left -= part;
    await settle();
  }
}

async function live(history, skew) {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOON });
  const world = new World(URLS, skew);
  const said = new Map();
  const getToken = async () => world.token();
  const chat = new Chat({ url: "https://chat.example.com", getToken, websocket: world.WebSocket });
  try {
    chat.open();
    await pass(50);
    for (const url of URLS) [chat.timeline, chat.pins, chat.files].forEach((shown) => shown.call(chat, chat.channels.get(url)));
    await pass(50);
    for (const step of history) {
      taken += 1;
      if (step.name === "wait") await pass(step.ms);
      else take(step, chat, world, said);
    }
    Object.assign(world, { isDown: false, delays: [] });
    await pass(CALM_MS);
    assert.equal(chat.state, "connected");
    // Whoever came back to a channel begins with a new timeline, which asks several times for what it shows.
    chat.saved.begin();
    for (let left = 100; left > 0 && (URLS.some((url) => isLoading(chat, url)) || left > 90); left -= 1) await pass(10);
    for (const url of URLS) check(chat, world, url);
    checkSaved(chat.saved, world.model.saved);
    for (const url of URLS) if (!history.some((step) => ENDS.includes(step.name) && step.url === url)) checkSent(world, url, said.get(url) ?? []);
  } finally {
    chat.close();
    mock.timers.reset();
  }
}

/** Those who are in a channel have asked for all that is shown of it; who is not there waits for nothing. */
function isLoading(chat, url) {
  const channel = chat.channels.get(url);
  return channel !== null && (chat.timeline(channel).state === "loading" || !chat.pins(channel).loaded || !chat.files(channel).loaded);
}

/** Local state = server state, nothing lost, nothing twice, in order, and nothing is on its way for ever. */
function check(chat, world, url) {
  const place = world.model.channels.get(url);
  const channel = chat.channels.get(url);
  assert.equal(channel !== null, place.isMember, `${url}: membership`);
  if (!place.isDeleted) assert.deepEqual(chat.scheduled.of(url).map(planned), world.model.scheduled.of(url).map(planned), `${url}: scheduled`);
  if (!channel) return;
  assert.deepEqual(chat.pins(channel).items.map(pinned), world.model.pins.of(url).map(pinned), `${url}: pins`);
  checkBeginning(chat.files(channel), place.messages.filter(({ files }) => files).reverse(), `${url}: files`);
  assert.equal(channel.lastMessage?.message_id, place.messages.at(-1)?.message_id, `${url}: last message`);
  assert.equal(channel.lastMessage?.message, place.messages.at(-1)?.message, `${url}: what the last message says`);
  assert.equal(channel.unread, world.model.unread(place), `${url}: unread`);
  assert.equal(channel.unreadMentions, world.model.unreadMentions(place), `${url}: unread mentions`);
  assert.equal(channel.members.get("ben").read_ts, place.otherReadAt, `${url}: receipts`);
  const timeline = chat.timeline(channel);
  assert.equal(timeline.state, "ready", `${url}: state`);
  checkWindow(timeline, place, url);
  // What is refused for good stays, and says so.
  assert.ok(timeline.outbox.items.every(({ failed, reason }) => failed && REASONS.includes(reason)), `${url}: on its way for ever`);
}

function checkWindow(timeline, place, url) {
  const { messages, hasOlder, hasNewer } = timeline;
  const first = hasOlder ? messages[0]?.message_id : 0;
  const last = hasNewer ? messages.at(-1)?.message_id : Infinity;
  const expected = place.messages.filter(({ message_id }) => message_id >= first && message_id <= last);
  assert.deepEqual(messages.map(shown), expected.map(shown), `${url}: messages`);
}

function checkSaved(saved, expected) {
  assert.ok(saved.loaded, "saved messages");
  checkBeginning(saved, expected.messages, "saved messages");
}

/** A list that is loaded by pages is what the server has, or the beginning of it. */
function checkBeginning({ items, hasMore }, expected, name) {
  assert.deepEqual(items.map(text), expected.slice(0, hasMore ? items.length : Infinity).map(text), name);
}

const text = ({ message_id, message }) => `${message_id} ${message}`;
const pinned = ({ message, user_id }) => `${text(message)} by ${user_id}`;
const planned = ({ scheduled_message_id, message, scheduled_at, scheduled_status, reason }) => `${scheduled_message_id} ${message} ${scheduled_at} ${scheduled_status} ${reason}`;

/** What matters of a message, in a form that can be compared. */
function shown({ message_id, message, reactions = [] }) {
  const reacted = reactions.flatMap(({ key, user_ids }) => user_ids.map((id) => `${key} ${id}`)).sort();
  return `${message_id} ${message} ${reacted}`;
}

/** What was sent was committed once, in the order in which it was written. */
function checkSent({ model }, url, said) {
  const committed = [...(model.channels.get(url).sent?.values() ?? [])];
  assert.deepEqual(committed.map(({ first }) => first), said, `${url}: what was sent`);
}

mock.method(console, "info", () => {});
let failed = null;
process.on("unhandledRejection", (reason) => (failed ??= reason));
process.on("uncaughtException", (reason) => (failed ??= reason));

const property = fc.asyncProperty(steps, skews, async (history, skew) => {
  failed = null;
  await live(history, skew);
  await settle();
  if (failed) throw failed;
});
const found = await fc.check(property, { numRuns: runs, seed, interruptAfterTimeLimit: 500_000 });
if (found.failed) {
  console.log(JSON.stringify({ seed: found.seed, path: found.counterexamplePath, history: found.counterexample }, null, 1));
  console.log(found.errorInstance?.stack ?? found.error);
  process.exit(1);
}
console.log(JSON.stringify({ runs: found.numRuns, steps: taken }));
process.exit(0);
