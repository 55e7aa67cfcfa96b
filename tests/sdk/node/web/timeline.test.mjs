import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../../../chatd/web/sdk/timeline.js";

const reply = { message_id: 5, parent_message_id: 3, created_at: 1, user: { user_id: "ben" } };

test("that a thread was read is said until the server has heard it", async () => {
  let marks = 0;
  const answers = {
    "messages.list": () => ({ messages: [reply] }),
    "threads.mark_read": () => {
      marks += 1;
      if (marks < 3) throw Object.assign(new Error("no answer"), { temporary: true });
      return {};
    },
  };
  const connection = { calm: async () => {}, call: async (method) => answers[method]() };
  const channel = { url: "garden", unread: 0, clearedTo: 0, recognize: () => {} };
  const thread = new Timeline({ connection, me: { user_id: "ana" } }, channel, 3);
  await thread.load();
  await thread.markRead();
  assert.equal(marks, 3);
});
