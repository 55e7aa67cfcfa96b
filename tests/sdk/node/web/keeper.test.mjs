import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Channel } from "../../../../chatd/web/sdk/channel.js";
import { ChannelList } from "../../../../chatd/web/sdk/channel_list.js";
import { Keeper } from "../../../../chatd/web/sdk/keeper.js";
import { Timeline } from "../../../../chatd/web/sdk/timeline.js";

/** What several pages of a browser have in common. */
class Browser {
  kept = new Map();
  #held = new Map();
  #waiting = [];

  open = async () => ({
    all: async () => structuredClone(this.kept),
    clear: async () => this.kept.clear(),
    write: async (puts, deletes = []) => {
      structuredClone(puts).forEach((value, key) => this.kept.set(key, value));
      deletes.forEach((key) => this.kept.delete(key));
    },
  });

  locks = {
    query: async () => ({ held: [...this.#held.keys()].map((name) => ({ name })) }),
    request: (name, work) => new Promise((resolve) => {
      this.#waiting.push({ name, work, resolve });
      this.#grant();
    }),
  };

  #grant() {
    const at = this.#waiting.findIndex(({ name }) => !this.#held.has(name));
    if (at < 0) return;
    const [{ name, work, resolve }] = this.#waiting.splice(at, 1);
    const done = Promise.resolve(work()).then((value) => {
      this.#held.delete(name);
      resolve(value);
      this.#grant();
    });
    this.#held.set(name, done);
    this.#grant();
  }
}

const page = (browser, owner = "ana") => new Keeper(owner, browser);
const item = (reqId, createdAt = 1) => ({ reqId, createdAt, text: reqId, more: {}, failed: false, reason: "", target: { channel_url: "garden" } });
const snapshot = (offset, urls) => ({ position: { offset, epoch: "e" }, me: {}, channels: { channels: [], next: "" }, timelines: urls.map((url) => ({ url, mark: {}, messages: [], hasOlder: false })) });
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function written(keeper) {
  keeper.touch();
  mock.timers.tick(5_000);
  await settled();
}

function begin() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(console, "info", () => {});
  return new Browser();
}

test("what was kept is there again, with its place, for the same person only", async () => {
  const browser = begin();
  const first = page(browser);
  assert.equal(await first.begin(() => snapshot(7, ["garden", "shed"])), null);
  await written(first);
  first.end();
  await settled();
  const second = page(browser);
  const kept = await second.begin(() => snapshot(8, ["garden"]));
  assert.deepEqual([kept.position, kept.timelines.map(({ url }) => url)], [{ offset: 7, epoch: "e" }, ["garden", "shed"]]);
  await written(second);
  assert.deepEqual([...browser.kept.keys()].sort(), ["head", "timeline garden"]);
  second.end();
  await settled();
  assert.equal(await page(browser, "ben").begin(() => null), null);
  assert.equal([...browser.kept.keys()].join(), "head");
});

test("nothing stays of who signs out", async () => {
  const browser = begin();
  const keeper = page(browser);
  await keeper.begin(() => snapshot(7, ["garden"]));
  await keeper.put(item("a"));
  await written(keeper);
  await keeper.wipe();
  await written(keeper);
  assert.equal(browser.kept.size, 0);
});

test("one page writes; when it is gone, the other does", async () => {
  const browser = begin();
  const [first, second] = [page(browser), page(browser)];
  await first.begin(() => snapshot(1, []));
  await second.begin(() => snapshot(2, []));
  await written(first);
  await written(second);
  assert.equal(browser.kept.get("head").position.offset, 1);
  first.end();
  await settled();
  await written(second);
  assert.equal(browser.kept.get("head").position.offset, 2);
});

test("what was not sent is taken over from pages that are gone, by one, in order", async () => {
  const browser = begin();
  const [first, second, third] = [page(browser), page(browser), page(browser)];
  for (const each of [first, second, third]) await each.begin(() => null);
  await first.put(item("late", 2));
  await first.put(item("early", 1));
  await first.put(item("sent", 3));
  await first.drop("sent");
  assert.deepEqual(await second.adopt(), []);
  first.end();
  await settled();
  const adopted = await Promise.all([second.adopt(), third.adopt()]);
  assert.deepEqual(adopted.map((each) => each.map(({ reqId }) => reqId)), [["early", "late"], []]);
});

test("what another person has written in a page that was open still is sent by nobody else, and not kept", async () => {
  const browser = begin();
  const [ana, ben] = [page(browser, "ana"), page(browser, "ben")];
  await ana.begin(() => null);
  await ben.begin(() => null);
  await ana.put(item("of ana"));
  await ben.put(item("of ben"));
  assert.deepEqual((await ben.adopt()).map(({ reqId }) => reqId), ["of ben"]);
  ana.end();
  await settled();
  assert.deepEqual((await ben.adopt()).map(({ reqId }) => reqId), ["of ben"]);
  assert.deepEqual([...browser.kept.keys()].sort(), ["head", "unsent of ben"]);
});

test("a browser that keeps nothing is told once, and everything goes on", async () => {
  begin();
  const { locks } = new Browser();
  const keeper = page({ locks, open: () => Promise.reject(new Error("blocked")) });
  assert.equal(await keeper.begin(() => snapshot(1, [])), null);
  await keeper.put(item("a"));
  await written(keeper);
  assert.deepEqual([await keeper.adopt(), console.info.mock.callCount()], [[], 1]);
  const without = page({ locks: undefined, open: () => assert.fail() });
  assert.equal(await without.begin(() => null), null);
});

const me = { user_id: "ana" };
const user = { user_id: "ben" };
const message = (message_id) => ({ message_id, created_at: message_id, updated_at: message_id, message: `m${message_id}`, user });
const resource = (messages, unread) => ({
  channel_url: "garden", name: "Garden", created_at: 0, member_count: 2, members: [me, user], last_message: messages.at(-1), user_last_read: 0,
  unread_message_count: unread, unread_mention_count: 0,
});
const EVENTS = [
  ...[4, 5, 6].map((id) => ({ type: "message.created", channel_url: "garden", message: message(id) })),
  { type: "message.updated", channel_url: "garden", message: { ...message(5), message: "changed", updated_at: 9 } },
  { type: "reaction.added", channel_url: "garden", message_id: 4, reaction: "👍", user_id: "ben", updated_at: 10 },
  { type: "channel.read", channel_url: "garden", user_id: "ana", read_message_id: 6, read_ts: 11 },
  { type: "message.created", channel_url: "garden", message: message(12) },
];

function chatAt(connection) {
  const channels = new ChannelList(connection, me);
  const begun = (channel) => new Timeline({ connection, uploads: null, keeper: null, me }, channel);
  return { channels, begun };
}

/** Two views of the same: with all events, and with what was kept after some of them and those from an earlier place on. */
test("what was kept and the events since is what it would be without a break", async () => {
  const first = [1, 2, 3].map(message);
  const connection = { call: async (method) => (method === "channels.list" ? { channels: [resource(first, 3)], next: "" } : { messages: first }) };
  for (let cut = 0; cut <= EVENTS.length; cut++) {
    for (let since = 0; since <= cut; since++) {
      const { channels, begun } = chatAt(connection);
      await channels.load();
      const timeline = begun(channels.get("garden"));
      await timeline.load();
      const kept = () => structuredClone({ channels: channels.snapshot, timeline: { ...timeline.snapshot, mark: null } });
      let middle = null;
      EVENTS.forEach((event, at) => {
        if (at === cut) middle = kept();
        channels.handle(event);
        timeline.handle(event);
      });
      const again = chatAt(connection);
      const { channels: list, timeline: end } = middle ?? kept();
      again.channels.restore(list);
      const resumed = again.begun(again.channels.get("garden"));
      resumed.restore(end);
      for (const event of EVENTS.slice(since)) {
        again.channels.handle(event);
        resumed.handle(event);
      }
      // Of what was known already the list may ask again.
      const isAsking = again.channels.snapshot === null;
      assert.ok(!isAsking || since < cut);
      if (!isAsking) assert.deepEqual(again.channels.snapshot, channels.snapshot, `${cut} ${since}`);
      assert.deepEqual(resumed.messages, timeline.messages, `${cut} ${since}`);
    }
  }
});

test("nothing is kept of a list of which something is still being asked", async () => {
  let answer = null;
  const connection = { call: (method) => (method === "channels.list" ? Promise.resolve({ channels: [resource([message(1)], 1)], next: "" }) : new Promise((resolve) => (answer = resolve))) };
  const { channels } = chatAt(connection);
  await channels.load();
  channels.handle({ type: "message.deleted", channel_url: "garden", message_id: 1 });
  assert.equal(channels.snapshot, null);
  answer(resource([], 0));
  await settled();
  assert.notEqual(channels.snapshot, null);
  assert.ok(channels.get("garden") instanceof Channel);
});
