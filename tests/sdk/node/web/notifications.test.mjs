import assert from "node:assert/strict";
import { test } from "node:test";
import { Notifications } from "../../../../chatd/web/sdk/notifications.js";

const ME = { user_id: "ann" };
const SAID = {
  user: { user_id: "bob" },
  mention_type: "users",
  mentioned_users: [],
  message_events: { send_push_notification: "receivers" },
};
const NAMED = { ...SAID, mentioned_users: [{ user_id: "ann" }] };
const CALLED = { ...SAID, mention_type: "channel" };
const REPLY = { ...SAID, parent_message_id: 7 };
const OF_BOT = { ...NAMED, user: { user_id: "echo", is_bot: true } };
const PREFERENCE = {
  push_trigger_option: "all",
  snooze_enabled: false,
  do_not_disturb: false,
  enable_push_for_replies: true,
  block_push_from_bots: false,
};
const FAR = 4_000_000_000_000;

function wants(message, { chosen = "default", isHidden = false, ...preference } = {}) {
  const notifications = new Notifications({});
  notifications.handle({ type: "push_preference.changed", push_preference: { ...PREFERENCE, ...preference } });
  return notifications.wants({ notifications: chosen, isHidden }, message, ME);
}

/** What is asked of the server. */
async function asked(act) {
  const calls = [];
  await act(new Notifications({ call: async (...call) => calls.push(call) && PREFERENCE }));
  return calls;
}

test("what is chosen in a channel goes before what is for all, unless that is off", () => {
  const cases = [
    ["all", "default", true, true],
    ["all", "mention_only", false, true],
    ["all", "off", false, false],
    ["mention_only", "default", false, true],
    ["mention_only", "all", true, true],
    ["off", "default", false, false],
    ["off", "all", false, false],
  ];
  for (const [forAll, chosen, said, named] of cases) {
    const told = [SAID, NAMED, CALLED].map((message) => wants(message, { chosen, push_trigger_option: forAll }));
    assert.deepEqual(told, [said, named, named], `${forAll}, ${chosen}`);
  }
});

test("replies and bots may be passed over", () => {
  assert.equal(wants(REPLY), true);
  assert.equal(wants(REPLY, { enable_push_for_replies: false }), false);
  assert.equal(wants({ ...REPLY, mention_type: "channel" }, { enable_push_for_replies: false }), true);
  assert.equal(wants(OF_BOT), true);
  assert.equal(wants(OF_BOT, { block_push_from_bots: true }), false);
  assert.equal(wants(NAMED, { block_push_from_bots: true }), true);
});

test("nobody is notified of what asks for no notice, or is their own or hidden", () => {
  assert.equal(wants({ ...NAMED, message_events: { send_push_notification: "none" } }), false);
  assert.equal(wants(NAMED, { isHidden: true }), false);
  assert.equal(wants({ ...SAID, user: ME }), false);
});

test("of what the server says in nobody's name one is notified", () => {
  const { user, ...nobodys } = SAID;
  assert.equal(wants(nobodys), true);
});

test("before it is loaded everything is told", () => {
  const notifications = new Notifications({});
  assert.equal(notifications.wants({ notifications: "default" }, REPLY, ME), true);
  const { trigger, pausedUntil, quietHours, quietWeek } = notifications;
  assert.deepEqual({ trigger, pausedUntil, quietHours, quietWeek }, { trigger: "all", pausedUntil: 0, quietHours: null, quietWeek: null });
});

test("in a pause nothing is told", () => {
  const snoozed = (snooze_enabled, snooze_start_ts, snooze_end_ts) => wants(NAMED, { snooze_enabled, snooze_start_ts, snooze_end_ts });
  assert.equal(snoozed(true, 0, FAR), false);
  assert.equal(snoozed(true, 0, 1), true);
  assert.equal(snoozed(true, FAR, FAR + 1), true);
  assert.equal(snoozed(false, 0, FAR), true);
});

test("at quiet times nothing is told", () => {
  const day = { start_hour: 0, start_min: 0, end_hour: 0, end_min: 0, timezone: "UTC", dnd_schedules: [] };
  assert.equal(wants(NAMED, { ...day, do_not_disturb: true }), false);
  assert.equal(wants(NAMED, { ...day, do_not_disturb: false }), true);
});

test("a pause has begun, whatever the time is on the server", async () => {
  const change = { snooze_enabled: true, snooze_start_ts: 0, snooze_end_ts: FAR };
  assert.deepEqual(await asked((notifications) => notifications.pause(FAR)), [["users.update_push_preference", change]]);
});

test("quiet hours take the place of times of the week, in their zone or that of the device", async () => {
  const change = { do_not_disturb: true, dnd_schedules: [], start_hour: 22, start_min: 30, end_hour: 7, end_min: 0 };
  const kept = (hours) => asked((notifications) => notifications.keepQuiet(hours));
  const night = { start: "22:30", end: "07:00" };
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  assert.deepEqual(await kept(night), [["users.update_push_preference", { ...change, timezone: here }]]);
  const there = await kept({ ...night, timezone: "Asia/Tokyo" });
  assert.deepEqual(there, [["users.update_push_preference", { ...change, timezone: "Asia/Tokyo" }]]);
  const weekly = await kept({ times: [{ day: "sunday", start: "22:30", end: "07:00" }] });
  const windows = [{ start_hour: 22, start_min: 30, end_hour: 7, end_min: 0 }];
  const ofWeek = { do_not_disturb: true, dnd_schedules: [{ day_of_week: "sunday", time_windows: windows }], timezone: here };
  assert.deepEqual(weekly, [["users.update_push_preference", ofWeek]]);
  assert.deepEqual(await kept(null), [["users.update_push_preference", { do_not_disturb: false }]]);
});

test("what was kept counts before there is an answer", () => {
  const before = new Notifications({});
  before.handle({ type: "push_preference.changed", push_preference: { ...PREFERENCE, push_trigger_option: "off" } });
  const after = new Notifications({});
  after.restore(before.snapshot);
  assert.equal(after.trigger, "off");
  after.restore(null);
  assert.equal(after.trigger, "all");
});
