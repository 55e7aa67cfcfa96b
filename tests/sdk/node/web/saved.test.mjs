import assert from "node:assert/strict";
import { test } from "node:test";
import { Saved } from "../../../../chatd/web/sdk/saved.js";

const message = (id, more = {}) => ({ message_id: id, channel_url: "garden", message: `text ${id}`, created_at: id, ...more });
const saved = (id) => ({ type: "message.saved", channel_url: "garden", message_id: id });
const unsaved = (id) => ({ ...saved(id), type: "message.unsaved" });
const ids = (list) => list.items.map(({ message_id }) => message_id);

/** What somebody has saved, loaded from `shelf.items`; messages are viewed when `settle` is called. */
async function begun(...items) {
  const shelf = { items, viewed: [], waiting: [] };
  const answers = {
    "saved.list": async () => ({ saved: shelf.items.map((each) => ({ message: each })), next: "" }),
    "messages.view": ({ message_id }) => {
      shelf.viewed.push(message_id);
      return new Promise((resolve) => shelf.waiting.push(() => resolve(message(message_id))));
    },
  };
  const timers = { after: (_pause, work) => setImmediate(work) };
  const list = new Saved({ timers, call: (method, params) => answers[method](params) }, { user_id: "ann" });
  await list.begin();
  return { list, shelf };
}

async function settle(shelf) {
  for (let count = 0; count < 20; count += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    shelf.waiting.splice(0).forEach((answer) => answer());
  }
}

test("what expired, or was in a channel that is gone, is saved no more", async () => {
  const { list } = await begun(message(5, { channel_url: "square" }), message(4, { created_at: 3 }), message(3), message(2));
  list.handle({ type: "messages.expired", channel_url: "garden", created_at: 3, message_id: 3 });
  assert.deepEqual(ids(list), [5, 4]);
  list.handle({ type: "channel.deleted", channel_url: "square" });
  assert.deepEqual(ids(list), [4]);
});

test("who leaves a channel, or comes back to it, has what may be read then", async () => {
  const { list, shelf } = await begun(message(2), message(1));
  shelf.items = [message(2)];
  list.handle({ type: "member.left", channel_url: "square", users: [{ user_id: "ben" }] });
  await settle(shelf);
  assert.deepEqual(ids(list), [2, 1]);
  list.handle({ type: "member.left", channel_url: "square", users: [{ user_id: "ann" }] });
  await settle(shelf);
  assert.deepEqual(ids(list), [2]);
  shelf.items = [message(2), message(1)];
  list.handle({ type: "member.joined", channel_url: "square", members: [{ user_id: "ann" }] });
  await settle(shelf);
  assert.deepEqual(ids(list), [2, 1]);
});

test("what was saved once more while all was loaded stands where the server has it", async () => {
  const { list, shelf } = await begun(message(1), message(2));
  shelf.items = [message(2), message(1)];
  const loading = list.load();
  for (const event of [unsaved(1), saved(1), saved(2)]) list.handle(event);
  await loading;
  await settle(shelf);
  assert.deepEqual(ids(list), [2, 1]);
});

test("what was to be fetched when all was loaded anew, and is not there, is not saved", async () => {
  const { list, shelf } = await begun();
  list.handle(saved(1));
  await list.load();
  await settle(shelf);
  assert.deepEqual(ids(list), []);
});

test("several that are saved at once are fetched once each, and stand in their order", async () => {
  const { list, shelf } = await begun();
  for (const id of [1, 2, 3]) list.handle(saved(id));
  await settle(shelf);
  assert.deepEqual(ids(list), [3, 2, 1]);
  assert.deepEqual(shelf.viewed, [1, 2, 3]);
});
