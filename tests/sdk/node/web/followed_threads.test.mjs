import assert from "node:assert/strict";
import { test } from "node:test";
import { FollowedThreads } from "../../../../chatd/web/sdk/followed_threads.js";

const info = (reply_count, last_replied_at) => ({ reply_count, most_replies: [], last_replied_at, updated_at: last_replied_at });
const thread = (id, unread, ...rest) => ({ channel_url: "garden", message_id: id, parent_message: { message_id: id }, thread_info: info(...rest), unread_reply_count: unread });
const shown = (list) => list.items.map(({ message_id, thread_info, unread_reply_count }) => [message_id, thread_info.reply_count, unread_reply_count]);

/** A reply of somebody else to a message, at a time; how many there are then. */
function reply(parentId, message_id, created_at, count) {
  const message = { message_id, parent_message_id: parentId, created_at, user: { user_id: "ben" } };
  return { type: "message.created", channel_url: "garden", message, thread_info: info(count, created_at) };
}

/** Threads of which the server has `now.threads`. What is loaded soon is loaded by `settle`; calls are answered by the test. */
async function begun(...threads) {
  const now = { threads, answers: new Map() };
  const call = async (method) => {
    if (method === "threads.list") return { threads: now.threads, next: "" };
    return new Promise((resolve) => now.answers.set(method, resolve));
  };
  const list = new FollowedThreads({ timers: { after: (_pause, work) => setImmediate(work) }, call }, { user_id: "ann" });
  await list.begin();
  return { list, now };
}

async function settle() {
  for (let count = 0; count < 4; count += 1) await new Promise((resolve) => setImmediate(resolve));
}

test("of replies of one moment each is counted", async () => {
  const { list, now } = await begun(thread(1, 1, 1, 5));
  list.handle(reply(1, 7, 9, 2));
  now.threads = [thread(1, 3, 3, 9)];
  list.handle(reply(1, 8, 9, 3));
  await settle();
  assert.deepEqual(shown(list), [[1, 3, 3]]);
});

test("a reply that came while older threads were loaded is counted", async () => {
  const { list } = await begun(thread(1, 1, 1, 5));
  const loading = list.load();
  list.handle(reply(1, 7, 9, 2));
  assert.deepEqual(shown(list), [[1, 2, 2]]);
  await loading;
  assert.deepEqual(shown(list), [[1, 2, 2]]);
});

test("of a thread that was read before its last replies only the server can tell what is not read", async () => {
  const { list, now } = await begun(thread(1, 3, 3, 9));
  now.threads = [thread(1, 2, 3, 9)];
  list.handle({ type: "thread.read", channel_url: "garden", message_id: 1, reply_id: 4, read_ts: 5, unread_reply_count: 1 });
  assert.deepEqual(shown(list), [[1, 3, 1]]);
  await settle();
  assert.deepEqual(shown(list), [[1, 3, 2]]);
});

test("who follows and unfollows at once has what was told last, and no thread without replies", async () => {
  const { list, now } = await begun(thread(1, 0, 1, 5));
  const [following, unfollowing] = [list.follow({ channel_url: "garden", message_id: 2 }), list.unfollow({ channel_url: "garden", message_id: 1 })];
  list.handle({ type: "thread.unfollowed", channel_url: "garden", message_id: 2 });
  now.answers.get("threads.subscribe")(thread(2, 0, 1, 7));
  now.answers.get("threads.unsubscribe")({});
  await Promise.all([following, unfollowing]);
  assert.deepEqual(shown(list), []);
  const again = list.follow({ channel_url: "garden", message_id: 3 });
  now.answers.get("threads.subscribe")(thread(3, 0, 0, 0));
  await again;
  assert.deepEqual(shown(list), []);
});

test("they stand by their newest replies", async () => {
  const { list } = await begun(thread(2, 0, 1, 7), thread(1, 0, 1, 5));
  list.handle(reply(1, 9, 9, 2));
  assert.deepEqual(shown(list), [[1, 2, 1], [2, 1, 0]]);
});
