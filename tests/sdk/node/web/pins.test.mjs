import assert from "node:assert/strict";
import { test } from "node:test";
import { Pins } from "../../../../chatd/web/sdk/pins.js";

const message = (id) => ({ message_id: id, message: `text ${id}` });
const pinners = (pins) => pins.items.map(({ message: { message_id }, user_id }) => [message_id, user_id]);

/** As it is told: what is pinned is what is pinned when it is told, not when it happened. */
function told(kind, id, user_id, pinned) {
  const latest = pinned.length > 0 ? message(pinned.at(-1)) : null;
  return { type: `message.${kind}`, channel_url: "garden", message_id: id, user_id, pinned_message_ids: pinned, latest_pinned_message: latest };
}

/** Pins of which the server has `now.pinned`, by id and who pinned it. */
function begun(...pinned) {
  const now = { pinned, loads: 0 };
  const connection = {
    call: async () => {
      now.loads += 1;
      return { pinned_messages: now.pinned.map(([id, user_id]) => ({ message: message(id), user_id, pinned_at: id })) };
    },
  };
  const pins = new Pins(connection, { url: "garden" });
  return { pins, now, load: () => pins.load() };
}

async function loaded(...pinned) {
  const { pins, now, load } = begun(...pinned);
  await load();
  return { pins, now };
}

test("who pinned a message first and who did it again are told apart", async () => {
  const { pins } = await loaded([1, "ann"]);
  pins.handle(told("unpinned", 1, "ben", [1]));
  pins.handle(told("pinned", 1, "ben", [1]));
  assert.deepEqual(pinners(pins), [[1, "ben"]]);
});

test("of several that are told late each has who pinned it", async () => {
  const { pins, now } = await loaded();
  now.pinned = [[1, "ann"], [2, "ben"]];
  pins.handle(told("pinned", 1, "ann", [1, 2]));
  assert.deepEqual(pinners(pins), []);
  pins.handle(told("pinned", 2, "ben", [1, 2]));
  assert.deepEqual(pinners(pins), [[2, "ben"]]);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(pinners(pins), now.pinned);
});

test("who unpins one has not pinned another", async () => {
  const { pins, now } = await loaded();
  now.pinned = [[2, "ben"]];
  pins.handle(told("unpinned", 1, "ann", [2]));
  assert.deepEqual(pinners(pins), []);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(pinners(pins), now.pinned);
});

test("what is told before they are loaded does not make them loaded", async () => {
  const { pins, now, load } = begun([1, "ann"], [2, "ben"]);
  pins.handle(told("pinned", 2, "ben", [1, 2]));
  assert.deepEqual([pins.loaded, pinners(pins)], [false, [[2, "ben"]]]);
  await load();
  assert.deepEqual([pins.loaded, pinners(pins)], [true, now.pinned]);
});

test("what an event tells is there without asking", async () => {
  const { pins, now } = await loaded();
  pins.handle(told("pinned", 1, "ann", [1]));
  assert.deepEqual(pinners(pins), [[1, "ann"]]);
  assert.equal(now.loads, 1);
});
