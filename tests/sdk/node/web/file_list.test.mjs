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
