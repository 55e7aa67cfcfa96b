// Run by the tests while the server is killed and started again. Usage: node live.mjs SERVER API_TOKEN SECONDS SEED
// Two people use the SDK over networks that are cut, with tokens that expire; at the end each sees what somebody sees who has just come.
import assert from "node:assert/strict";
import WebSocket from "ws";
import { Chat, Failure } from "../../../../chatd/web/sdk/chatd.js";
import { Backend } from "../backend.mjs";
import { Proxy } from "../proxy.mjs";
import { pause, until } from "../time.mjs";

const [server, apiToken, seconds, seed] = process.argv.slice(2);
const URLS = ["laws-a", "laws-b"];
const PEOPLE = ["ida", "jon"];
const TOKEN_MS = 4_000;
const HOUR_MS = 3_600_000;
const SETTLING_MS = 40_000;
const random = randomFrom(Number(seed));
const backend = new Backend(server, apiToken);
console.info = () => {};
let refusals = 0;

function randomFrom(start) {
  let state = start >>> 0;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = (list) => list[random(list.length)];

/** The backend is not there while the server is down. */
async function getToken(userId) {
  try {
    return await backend.session(userId, { expires_at: Date.now() + TOKEN_MS });
  } catch (failure) {
    throw new Failure(failure.message, { temporary: true });
  }
}

async function enter(userId) {
  const proxy = new Proxy(server);
  const chat = new Chat({ url: await proxy.listen(), getToken: () => getToken(userId), websocket: WebSocket });
  await chat.ready();
  await Promise.all([chat.saved.begin(), chat.threads.begin()]);
  const timelines = await Promise.all(URLS.map(async (url) => chat.timeline(await chat.channels.find(url))));
  await until(() => timelines.every(({ state }) => state === "ready"), "timelines");
  return { userId, chat, proxy, timelines, written: new Set(timelines), said: new Map(URLS.map((url) => [url, []])) };
}

/** Something that a person may do. What is refused, or has no connection for long, is told. */
function act({ userId, chat, timelines, written, said }) {
  const timeline = pick(timelines);
  const { messages, channelUrl: url } = timeline;
  const channel = chat.channels.get(url);
  const any = pick(messages);
  const own = pick(messages.filter(({ user }) => user?.user_id === userId));
  const texts = said.get(url);
  const planned = pick(chat.scheduled.of(url));
  const later = () => Date.now() + HOUR_MS * (1 + random(3));
  const reply = () => {
    const thread = chat.thread(channel, any);
    written.add(thread);
    return thread.send(`reply ${random(1000)}`);
  };
  const deeds = [
    () => timeline.send(texts[texts.push(`${userId} ${url} ${texts.length}`) - 1]),
    () => timeline.send(texts[texts.push(`${userId} ${url} ${texts.length}`) - 1]),
    () => any && timeline.react(any, pick(["tea", "+1"]), random(2) === 1),
    () => own && timeline.edit(own, `${own.message.split("!")[0]}!${random(1000)}`),
    () => own && random(3) === 0 && timeline.remove(own),
    () => any && !any.parent_message_id && reply(),
    () => any && chat.markRead(channel, messages.at(-1)),
    () => any && chat.saved.add(any),
    () => any && chat.saved.has(any.message_id) && chat.saved.remove(any),
    () => any && (random(2) ? chat.pins(channel).add(any) : chat.pins(channel).remove(any)),
    () => chat.scheduled.of(url).length < 20 && chat.scheduled.create(url, { text: `scheduled ${random(1000)}`, at: later() }),
    () => planned && chat.scheduled.update(planned, { message: `changed ${random(1000)}`, scheduled_at: later() }),
    () => planned && random(2) === 0 && chat.scheduled.cancel(planned),
    () => chat.drafts.at(url).write(`draft ${random(1000)}`),
    () => timeline.loadOlder(),
  ];
  Promise.resolve(pick(deeds)()).catch((failure) => {
    if (!(failure instanceof Failure)) throw failure;
    refusals += 1;
  });
}

async function harm(person) {
  if (random(3) > 0) return;
  if (random(2)) person.proxy.cut();
  else person.proxy.cutAfter(random(8), random(10) / 10, pick(["server", "client"]));
}

/** What a person sees, in a form that can be compared. */
function seen(chat) {
  const channels = URLS.map((url) => {
    const channel = chat.channels.get(url);
    const { unread, unreadMentions, lastMessage } = channel;
    const reads = [...channel.members.values()].map(({ user_id, read_ts }) => `${user_id} ${read_ts}`).sort();
    const messages = chat.timeline(channel).messages.slice(-40).map(shown);
    const pins = chat.pins(channel).items.map(({ message, user_id }) => `${message.message_id} ${user_id}`);
    const scheduled = chat.scheduled.of(url).map(({ scheduled_message_id, message, scheduled_at }) => [scheduled_message_id, message, scheduled_at]);
    return { url, unread, unreadMentions, last: lastMessage?.message, reads, messages, pins, scheduled, draft: chat.drafts.at(url).text };
  });
  const threads = chat.threads.items.map(({ message_id, unread_reply_count }) => [message_id, unread_reply_count]);
  return { channels, saved: chat.saved.items.map(({ message_id, message }) => [message_id, message]), threads };
}

/** One line for each thing, for a difference that can be read. */
function lines({ channels, ...rest }) {
  const told = channels.flatMap(({ url, messages, ...facts }) => [JSON.stringify({ url, ...facts }), ...messages.map((line) => `${url} ${line}`)]);
  return [...told, JSON.stringify(rest)];
}

function shown({ message_id, message, reactions = [] }) {
  const reacted = reactions.flatMap(({ key, user_ids }) => user_ids.map((id) => `${key} ${id}`)).sort();
  return `${message_id} ${message} ${reacted}`;
}

/** Somebody who has just come, and has loaded everything. */
async function fresh(userId) {
  const chat = new Chat({ url: server, getToken: () => getToken(userId), websocket: WebSocket });
  await chat.ready();
  await Promise.all([chat.saved.begin(), chat.threads.begin()]);
  const timelines = await Promise.all(URLS.map(async (url) => chat.timeline(await chat.channels.find(url))));
  for (const url of URLS) chat.pins(chat.channels.get(url));
  await until(() => timelines.every(({ state }) => state === "ready"), "timelines");
  await until(() => URLS.every((url) => chat.pins(chat.channels.get(url)).loaded), "pins");
  return chat;
}

async function compare({ userId, chat }) {
  const other = await fresh(userId);
  const expected = JSON.stringify(seen(other));
  for (let left = SETTLING_MS; left > 0 && JSON.stringify(seen(chat)) !== expected; left -= 100) await pause(100);
  assert.deepEqual(lines(seen(chat)), lines(seen(other)), userId);
  other.close();
}

for (const id of PEOPLE) await backend.call("POST", "/users", { user_id: id, nickname: id });
for (const url of URLS) await backend.call("POST", "/group_channels", { user_ids: PEOPLE, channel_url: url, operator_ids: PEOPLE });
const people = await Promise.all(PEOPLE.map(enter));
console.log("ready");
const end = Date.now() + Number(seconds) * 1000;
let deeds = 0;
for (; Date.now() < end; deeds += 1) {
  const person = pick(people);
  act(person);
  await harm(pick(people));
  await pause(random(60));
}
// Whoever is tested has a server from now on.
console.log("calm");
await new Promise((resolve) => process.stdin.once("data", resolve));
const outboxes = () => people.flatMap(({ written }) => [...written].map(({ outbox }) => outbox));
const settled = () => until(() => outboxes().every(({ items }) => items.every(({ failed }) => failed)), "what was sent", SETTLING_MS);
await settled();
// What was given up after many attempts is sent again by whoever wrote it.
for (const outbox of outboxes()) outbox.items.forEach((item) => outbox.retry(item));
await settled();
// There are no replies to what was deleted.
for (const { timelines } of people) assert.deepEqual(timelines.flatMap(({ outbox }) => outbox.items), []);
await pause(3_000);
for (const person of people) await compare(person);
const sent = people.reduce((sum, { said }) => sum + [...said.values()].flat().length, 0);
console.log(JSON.stringify({ deeds, sent, refusals, said: Object.fromEntries(people.map(({ userId, said }) => [userId, Object.fromEntries(said)])) }));
process.exit(0);
