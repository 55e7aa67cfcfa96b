import assert from "node:assert/strict";
import { test } from "node:test";
import { FileList } from "../../../../chatd/web/sdk/file_list.js";

const message = (id, created_at) => ({ message_id: id, created_at, files: [{ url: "x" }] });
const ids = (list) => list.items.map(({ message_id }) => message_id);
const expired = (created_at, message_id) => ({ type: "messages.expired", channel_url: "garden", created_at, message_id });

async function loaded(pages) {
  const list = new FileList({ call: async (_method, { token }) => pages[token] }, { url: "garden" });
  await list.load();
  return list;
}

test("of one millisecond those go that were sent before the last that expired", async () => {
  const list = await loaded({ "": { messages: [message(4, 7), message(3, 7), message(2, 7), message(1, 5)], next: "" } });
  list.handle(expired(7, 2));
  assert.deepEqual(ids(list), [4, 3]);
});

test("there is more while what is older than those that are here is not all gone", async () => {
  const page = [...Array(30).keys()].map((number) => message(60 - number, 60 - number));
  const list = await loaded({ "": { messages: page, next: "more" }, more: { messages: [message(30, 30)], next: "" } });
  list.handle(expired(20, 20));
  assert.equal(list.hasMore, true);
  await list.loadMore();
  assert.equal(list.items.length, 31);
  list.handle(expired(30, 30));
  assert.deepEqual([list.items.length, list.hasMore], [30, false]);
});

test("what comes late stands at its place, or on a page that is not loaded", async () => {
  const page = [...Array(30).keys()].map((number) => message(60 - number, 60 - number));
  const list = await loaded({ "": { messages: page, next: "more" }, more: { messages: [message(20, 20)], next: "" } });
  const created = (id, created_at) => ({ type: "message.created", channel_url: "garden", message: message(id, created_at) });
  for (const event of [created(20, 20), created(70, 45), created(61, 61)]) list.handle(event);
  assert.deepEqual(ids(list), [61, ...page.slice(0, 15).map(({ message_id }) => message_id), 70, ...page.slice(15).map(({ message_id }) => message_id)]);
  await list.loadMore();
  assert.deepEqual(ids(list).slice(-2), [31, 20]);
  const empty = await loaded({ "": { messages: [], next: "" } });
  empty.handle(created(5, 5));
  assert.deepEqual(ids(empty), [5]);
});
