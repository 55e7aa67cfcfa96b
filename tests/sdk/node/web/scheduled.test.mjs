import assert from "node:assert/strict";
import { test } from "node:test";
import { Scheduled } from "../../../../chatd/web/sdk/scheduled.js";

const item = (id, more = {}) => ({ scheduled_message_id: id, channel_url: "garden", scheduled_status: "pending", scheduled_at: id, reason: "", ...more });
const ids = (scheduled) => scheduled.of("garden").map(({ scheduled_message_id }) => scheduled_message_id);

async function loaded(pages) {
  const asked = [];
  const connection = { call: async (method, params) => (asked.push([method, params]), pages.shift() ?? {}) };
  const scheduled = new Scheduled(connection, { send: async (file) => `id of ${file}` });
  await scheduled.load();
  return { scheduled, asked };
}

test("all pages are loaded, and listed by channel in the order of time", async () => {
  const { scheduled } = await loaded([{ scheduled_messages: [item(5), item(3)], next: "x" }, { scheduled_messages: [item(4), item(1, { channel_url: "kitchen" })], next: "" }]);
  assert.deepEqual(ids(scheduled), [3, 4, 5]);
});

test("of one moment the one that was scheduled first is the next", async () => {
  const { scheduled } = await loaded([{ scheduled_messages: [item(5, { scheduled_at: 1 }), item(3)], next: "" }]);
  scheduled.handle({ type: "scheduled_message.updated", scheduled_message: item(3, { scheduled_at: 1 }) });
  assert.deepEqual(ids(scheduled), [3, 5]);
});

test("what was sent or canceled is gone, what failed stays and is told once", async () => {
  const { scheduled } = await loaded([{ scheduled_messages: [item(1), item(2), item(3)], next: "" }]);
  const told = [];
  scheduled.failed.listen((failed) => told.push(failed.reason));
  scheduled.handle({ type: "scheduled_message.sent", scheduled_message_id: 1, message_id: 9 });
  scheduled.handle({ type: "scheduled_message.canceled", scheduled_message_id: 2 });
  for (let again = 0; again < 2; again++) scheduled.handle({ type: "scheduled_message.failed", scheduled_message_id: 3, reason: "Muted." });
  assert.deepEqual([ids(scheduled), scheduled.of("garden")[0].scheduled_status, told], [[3], "failed", ["Muted."]]);
});

test("files are sent first, and a message with them is one of files", async () => {
  const { scheduled, asked } = await loaded([{ scheduled_messages: [], next: "" }, item(7)]);
  await scheduled.create("garden", { text: "see", files: ["a", "b"], at: 7, more: { parent_message_id: 4 } });
  const [method, { req_id, ...params }] = asked.at(-1);
  assert.equal(method, "scheduled_messages.create");
  assert.equal(typeof req_id, "string");
  const files = [{ file_id: "id of a" }, { file_id: "id of b" }];
  assert.deepEqual(params, { parent_message_id: 4, message_type: "FILE", files, channel_url: "garden", message: "see", scheduled_at: 7 });
  assert.deepEqual(ids(scheduled), [7]);
});

/** Scheduled messages of which the test answers the next call, after events. */
async function asking(work) {
  let answer;
  const answers = [{ scheduled_messages: [item(1), item(2)], next: "" }, new Promise((resolve) => (answer = resolve))];
  const { scheduled } = await loaded(answers);
  const done = work(scheduled);
  return { scheduled, answer: async (given) => (answer(given), await done) };
}

test("what is told before an answer comes is newer than the answer", async () => {
  const canceled = await asking((scheduled) => scheduled.update(item(1), { message: "one" }));
  canceled.scheduled.handle({ type: "scheduled_message.canceled", scheduled_message_id: 1 });
  await canceled.answer(item(1, { message: "one" }));
  assert.deepEqual(ids(canceled.scheduled), [2]);
  const changed = await asking((scheduled) => scheduled.update(item(1), { message: "one" }));
  changed.scheduled.handle({ type: "scheduled_message.updated", scheduled_message: item(1, { message: "one" }) });
  changed.scheduled.handle({ type: "scheduled_message.updated", scheduled_message: item(1, { message: "two" }) });
  await changed.answer(item(1, { message: "one" }));
  assert.equal(changed.scheduled.of("garden")[0].message, "two");
  const sent = await asking((scheduled) => scheduled.create("garden", { text: "three", at: 3 }));
  sent.scheduled.handle({ type: "scheduled_message.sent", scheduled_message_id: 3, message_id: 9 });
  await sent.answer(item(3));
  assert.deepEqual(ids(sent.scheduled), [1, 2]);
});
