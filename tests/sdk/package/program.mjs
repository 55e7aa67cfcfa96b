// Run by the tests in a folder in which the npm package is installed. Usage: node program.mjs SERVER API_TOKEN CHANNEL
import assert from "node:assert/strict";
import { Chat, MemoryStore } from "chatd";
import WebSocket from "ws";

const [server, apiToken, url] = process.argv.slice(2);
let tokens = 0;

async function getToken() {
  tokens += 1;
  const answer = await fetch(`${server}/v3/users/ann/token`, { method: "POST", headers: { "Api-Token": apiToken }, body: "{}" });
  return (await answer.json()).token;
}

async function until(holds) {
  for (let turn = 0; turn < 500 && !(await holds()); turn += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(await holds(), String(holds));
}

const store = new MemoryStore();
const options = { url: server, getToken, websocket: WebSocket, user: "ann", store };
const chat = new Chat(options);
await chat.ready();
assert.equal(chat.me.user_id, "ann");
const channel = await chat.channels.find(url);
const timeline = chat.timeline(channel);
timeline.send("Hello from a package");
await until(() => timeline.messages.some(({ message }) => message === "Hello from a package"));
const bytes = [];
timeline.outbox.add("With a file", [Object.assign(new Blob(["x".repeat(200_000)], { type: "text/plain" }), { name: "tall.txt" })]);
const [{ attachments: [attachment] }] = timeline.outbox.items;
timeline.changed.listen(() => bytes.push(attachment.sent));
await until(() => timeline.messages.at(-1)?.message === "With a file");
assert.equal(timeline.messages.at(-1).file.size, 200_000);
assert.ok(bytes.includes(200_000));
assert.deepEqual(timeline.outbox.items, []);
await until(async () => (await store.all()).get("head")?.position);
await assert.rejects(chat.call("messages.view", { channel_url: url, message_id: 1 }), ({ kind, temporary }) => kind === "NotFound" && !temporary);
await assert.rejects(chat.call("users.create", {}), { name: "Failure" });
chat.close();

// A second chat of the same process begins with what the first one had.
const again = new Chat(options);
await again.open();
assert.equal(again.channels.get(url)?.name, channel.name);
await again.ready();
again.close();
await assert.rejects(new Chat({ url: server, token: "nonsense", websocket: WebSocket }).ready(), { name: "Failure", status: 401 });
assert.ok(tokens >= 2);
