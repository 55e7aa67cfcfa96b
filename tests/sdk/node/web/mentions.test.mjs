import assert from "node:assert/strict";
import { test } from "node:test";
import { findMentions, mentionParams } from "../../../../chatd/web/sdk/mentions.js";

const USERS = ["ana", "ana.b", "ben", "Zoë 1", "*x*"].map((user_id) => ({ user_id }));
const mentioned = (text) => mentionParams(text, USERS).mentioned_user_ids;

test("the longest id that fits is meant, and no part of a word", () => {
  assert.deepEqual(mentioned("@ana, @ana.b and @ben."), ["ana", "ana.b", "ben"]);
  assert.deepEqual(mentioned("@anab @ana-x me@ana @@ana _@ben @benß"), []);
  assert.deepEqual(mentioned("(@Zoë 1) *@*x**"), ["Zoë 1", "*x*"]);
});

test("each is mentioned once, and all of the channel instead of everybody by name", () => {
  assert.deepEqual(mentionParams("@ben @ben", USERS), { mention_type: "users", mentioned_user_ids: ["ben"] });
  assert.deepEqual(mentionParams("@ben @channel", USERS), { mention_type: "channel", mentioned_user_ids: [] });
  assert.deepEqual(mentionParams("@channels", USERS), { mention_type: "users", mentioned_user_ids: [] });
});

test("places are where the text says so, also in a long one", () => {
  const text = "@ana ".repeat(1000) + "😀 @ben";
  for (const { index, length, userId } of findMentions(text, ["ana", "ben"])) assert.equal(text.slice(index, index + length), `@${userId}`);
});
