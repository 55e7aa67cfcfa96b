// What the SDK keeps in step beside messages, by two people. Usage: node beside.mjs SERVER API_TOKEN
import assert from "node:assert/strict";
import WebSocket from "ws";
import { Chat } from "../../../chatd/web/sdk/chatd.js";
import { Backend } from "./backend.mjs";
import { until } from "./time.mjs";

const [server, apiToken] = process.argv.slice(2);
const CHANNEL = "beside";
const [LEFT, GONE] = ["beside-left", "beside-gone"];
const backend = new Backend(server, apiToken);

async function enter(userId) {
  const chat = new Chat({ url: server, getToken: () => backend.session(userId), websocket: WebSocket });
  await chat.ready();
  return chat;
}

/** Say something; the message, when the server has it. */
async function say(timeline, text, more = {}) {
  const found = () => timeline.messages.find(({ message }) => message === text);
  timeline.send(text, [], more);
  await until(() => found()?.message_id > 0, text);
  return found();
}

const replies = (chat, id) => chat.threads.find(id)?.thread_info.reply_count;

/** The first message of a thread is deleted: its replies stay, and so does the thread. */
async function deleted(cai, dan) {
  const here = cai.channels.get(CHANNEL);
  const first = await say(cai.timeline(here), "Who brings what?");
  await cai.threads.begin();
  const thread = dan.thread(dan.channels.get(CHANNEL), first);
  const bread = await say(thread, "Bread");
  await say(thread, "And butter");
  await until(() => replies(cai, first.message_id) === 2, "the thread");
  let gone = false;
  cai.threads.changed.listen(() => (gone ||= replies(cai, first.message_id) === undefined));
  await cai.timeline(here).remove(first);
  await thread.remove(bread);
  await until(() => gone || replies(cai, first.message_id) === 1, "one reply less");
  assert.equal(gone, false);
}

/** Who leaves a channel hears nothing of its polls, and who comes back has them as they are. */
async function away(cai, dan) {
  const id = await cai.polls.create({ title: "When?", options: ["Now", "Later"] });
  await say(cai.timeline(cai.channels.get(CHANNEL)), "When?", { poll_id: id });
  const [mine, theirs] = await Promise.all([cai.polls.of(id), dan.polls.of(id)]);
  await until(() => mine.state === "ready" && theirs.state === "ready", "the poll");
  await dan.channels.leave(dan.channels.get(CHANNEL));
  await until(() => theirs.state === "gone", "an end");
  await mine.vote([mine.options[1].id]);
  await backend.call("POST", `/group_channels/${CHANNEL}/invite`, { user_ids: ["dan"] });
  await until(() => theirs.state === "ready" && theirs.options[1].voteCount === 1, "the poll again");
}

/** What is saved is shown for as long as it may be read. */
async function kept(cai, dan) {
  const said = [];
  for (const url of [CHANNEL, LEFT, GONE]) said.push(await say(cai.timeline(await cai.channels.find(url)), `of ${url}`));
  await dan.saved.begin();
  for (const message of said) await dan.saved.add(message);
  const shows = (...urls) => until(() => String(dan.saved.items.map(({ channel_url }) => channel_url)) === String(urls), `saved of ${urls}`);
  await shows(GONE, LEFT, CHANNEL);
  await dan.channels.leave(await dan.channels.find(LEFT));
  await shows(GONE, CHANNEL);
  await backend.call("DELETE", `/group_channels/${GONE}`);
  await shows(CHANNEL);
  await backend.call("POST", `/group_channels/${LEFT}/invite`, { user_ids: ["dan"] });
  await shows(LEFT, CHANNEL);
}

await backend.people(CHANNEL, "cai", "dan");
for (const url of [LEFT, GONE]) await backend.call("POST", "/group_channels", { user_ids: ["cai", "dan"], channel_url: url });
const people = await Promise.all([enter("cai"), enter("dan")]);
for (const chat of people) await chat.channels.find(CHANNEL);
await deleted(...people);
await away(...people);
await kept(...people);
people.forEach((chat) => chat.close());
console.log("done");
process.exit(0);
