import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../../chatd/web/sdk/channel.js";
import { follow } from "../../../../chatd/web/sdk/channel_events.js";

const me = { user_id: "ann", nickname: "Ann", profile_url: "" };
const message = (message_id, user_id) => ({ message_id, created_at: message_id, message: "text", user: { user_id, nickname: user_id } });
const deleted = (message_id) => ({ type: "message.deleted", channel_url: "garden", message_id });

/** A channel whose last message is number 4, all read. */
function loaded() {
  const own = { user_last_read: 4, unread_message_count: 0, unread_mention_count: 0 };
  return new Channel(me, { channel_url: "garden", last_message: message(4, "ben"), members: [], member_count: 2, ...own });
}

test("who sent what was deleted before it was told had read the others: only the server knows", () => {
  const channel = loaded();
  channel.receive({ message: message(6, "ann") });
  assert.equal(follow(channel, deleted(5), me), true);
});

test("of what was told and is not shown nothing has to be asked", () => {
  const channel = loaded();
  for (const id of [5, 6]) channel.receive({ message: message(id, "ann") });
  assert.deepEqual([3, 5, 6].map((id) => follow(channel, deleted(id), me)), [false, false, true]);
});
