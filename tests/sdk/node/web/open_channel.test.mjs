import assert from "node:assert/strict";
import { test } from "node:test";

import { OpenChannel } from "../../../../chatd/web/sdk/open_channel.js";

const URL = "stage";
const message = (id, more = {}) => ({ message_id: id, channel_url: URL, message: `${id}`, updated_at: 0, created_at: id, req_id: "", ...more });
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** An open channel of which the test plays the server. */
async function entered(messages = []) {
  const asked = [];
  const connection = {
    state: "connected",
    enter: (channel, does) => Object.assign(connection, { channel, does, isIn: true }) && (() => (connection.isIn = false)),
    call: (method, params) => new Promise((resolve, reject) => asked.push({ method, params, resolve, reject })),
    timers: { after: () => 0, cancel: () => {} },
  };
  const channel = new OpenChannel({ connection, uploads: {}, me: { user_id: "ann" } }, URL);
  const answer = (name, result) => asked.splice(asked.findIndex(({ method }) => method === name), 1)[0].resolve(result);
  const load = async (page, participant_count = 1) => {
    answer("open_channels.view", { name: "Stage", participant_count });
    answer("messages.list", { messages: page });
    await settled();
  };
  connection.does.entered(false);
  await load(messages);
  return { channel, connection, asked, answer, load, tell: connection.does.told, ids: () => channel.messages.map(({ message_id }) => message_id) };
}

test("it enters, shows the newest page, and follows what is told", async () => {
  const { channel, connection, tell, ids } = await entered([message(1), message(2)]);
  assert.equal(connection.channel, "open:stage");
  assert.deepEqual([channel.state, channel.name, channel.participantCount], ["in", "Stage", 1]);
  tell({ type: "message.created", channel_url: URL, message: message(3) });
  tell({ type: "message.updated", channel_url: URL, message: message(2, { message: "two", updated_at: 9 }) });
  tell({ type: "message.deleted", channel_url: URL, message_id: 1 });
  tell({ type: "participants.changed", channel_url: URL, participant_count: 7 });
  assert.deepEqual(ids(), [2, 3]);
  assert.deepEqual([channel.messages[0].message, channel.participantCount], ["two", 7]);
});

test("what is told while a page is on its way is in it, once", async () => {
  const { channel, tell, load, ids } = await entered([message(1)]);
  const loading = channel.load();
  tell({ type: "message.created", channel_url: URL, message: message(2) });
  tell({ type: "message.created", channel_url: URL, message: message(3) });
  await load([message(1), message(2)]);
  await loading;
  assert.deepEqual(ids(), [1, 2, 3]);
});

test("what was skipped is counted, but for what is here, until it is loaded", async () => {
  const { channel, tell, load } = await entered([message(1), message(2)]);
  const skip = (first_message_id, last_message_id, count) =>
    tell({ type: "messages.skipped", channel_url: URL, first_message_id, last_message_id, count });
  skip(1, 2, 2);
  assert.equal(channel.skipped, 0);
  tell({ type: "message.created", channel_url: URL, message: message(4) });
  skip(3, 6, 4);
  assert.equal(channel.skipped, 3);
  const loading = channel.load();
  await load([message(5), message(6)]);
  await loading;
  assert.equal(channel.skipped, 0);
});

test("a message is there once, whether its answer or its publication comes first", async () => {
  const { channel, tell, answer, asked, ids } = await entered();
  channel.send("Hello");
  const { req_id } = asked[0].params;
  assert.equal(channel.outbox.items.length, 1);
  tell({ type: "message.created", channel_url: URL, message: message(5, { req_id, user: { user_id: "ann" } }) });
  answer("messages.send", message(5, { req_id, user: { user_id: "ann" } }));
  await settled();
  assert.deepEqual([ids(), channel.outbox.items.length], [[5], 0]);
});

test("after a cut all is loaded anew only when something was missed", async () => {
  const { connection, asked, load, ids } = await entered([message(1)]);
  connection.does.entered(true);
  assert.equal(asked.length, 0);
  connection.does.entered(false);
  await load([message(7)]);
  assert.deepEqual(ids(), [7]);
});

test("it ends when it is left, and when the server ends it", async () => {
  const one = await entered();
  one.channel.leave();
  assert.deepEqual([one.channel.state, one.connection.isIn], ["ended", false]);
  const other = await entered();
  other.connection.does.ended();
  assert.equal(other.channel.state, "ended");
});
