import assert from "node:assert/strict";
import { test } from "node:test";
import { FollowedThreads } from "../../../../chatd/web/sdk/followed_threads.js";

const PLACE = { channel_url: "garden", message_id: 7 };

/** One who looks whether they follow a thread; `server.isFollowed` is what is answered, when `server.answered` has come. */
async function looking() {
  const server = { isFollowed: false, asked: 0, answered: Promise.resolve() };
  const call = async (method, params) => {
    assert.deepEqual([method, params], ["threads.view", PLACE]);
    server.asked += 1;
    const { isFollowed } = server;
    await server.answered;
    return { ...PLACE, is_followed: isFollowed };
  };
  const threads = new FollowedThreads({ timers: { after: (_pause, work) => setImmediate(work) }, call }, { user_id: "ann" });
  return { server, threads, following: await threads.following({ ...PLACE, message: "Tea?" }) };
}

function reply(user_id, count, parent = PLACE.message_id) {
  const message = { message_id: 9, parent_message_id: parent, user: { user_id } };
  return { type: "message.created", channel_url: "garden", message, thread_info: { reply_count: count } };
}

const told = (type, message_id = PLACE.message_id) => ({ type, channel_url: "garden", message_id });

async function settle() {
  for (let count = 0; count < 4; count += 1) await new Promise((resolve) => setImmediate(resolve));
}

test("a thread that is in no list is followed or not as the server says", async () => {
  const { server, following } = await looking();
  server.isFollowed = true;
  assert.equal(following.isFollowed, false);
  await following.load();
  assert.equal(following.isFollowed, true);
});

test("what other devices say is heard, of this thread", async () => {
  const { threads, following } = await looking();
  await following.load();
  const seen = [told("thread.followed", 8), told("thread.followed"), told("thread.unfollowed", 8), told("thread.unfollowed")].map((event) => {
    threads.handle(event);
    return following.isFollowed;
  });
  assert.deepEqual(seen, [false, true, true, false]);
});

test("who replies follows", async () => {
  const { threads, following } = await looking();
  threads.handle(reply("ben", 2));
  threads.handle(reply("ann", 3, 8));
  assert.equal(following.isFollowed, false);
  threads.handle(reply("ann", 3));
  assert.equal(following.isFollowed, true);
});

test("whether the first reply made somebody follow is asked", async () => {
  const { server, threads, following } = await looking();
  await following.load();
  server.isFollowed = true;
  threads.handle(reply("ben", 2));
  await settle();
  assert.deepEqual([server.asked, following.isFollowed], [1, false]);
  threads.handle(reply("ben", 1));
  await settle();
  assert.deepEqual([server.asked, following.isFollowed], [2, true]);
});

test("what is told while it is asked counts", async () => {
  const { server, threads, following } = await looking();
  let answer;
  server.answered = new Promise((resolve) => (answer = resolve));
  const loaded = following.load();
  threads.handle(told("thread.followed"));
  answer();
  await loaded;
  assert.equal(following.isFollowed, true);
});

test("after a cut it is asked again, until it is closed", async () => {
  const { server, threads, following } = await looking();
  await following.load();
  server.isFollowed = true;
  threads.resume();
  await settle();
  assert.equal(following.isFollowed, true);
  following.close();
  threads.resume();
  threads.handle(told("thread.unfollowed"));
  await settle();
  assert.deepEqual([server.asked, following.isFollowed], [2, true]);
});
