import assert from "node:assert/strict";
import { test } from "node:test";
import { Poll } from "../../../../chatd/web/sdk/poll.js";
import { Timers } from "../../../../chatd/web/sdk/timers.js";

const option = (id, vote_count, ids) => ({ id, text: `option ${id}`, vote_count, created_by: "ana", partial_voter_list: ids?.map((user_id) => ({ user_id })) });
const resource = (more = {}) => ({
  title: "Tea?", status: "open", options: [option(1, 1, ["ben"]), option(2, 0, [])], voted_option_ids: [], voter_count: 1, is_anonymous: false,
  allow_multiple_votes: false, allow_user_suggestion: false, created_by: "ana", close_at: -1, ...more,
});

async function loaded(more = {}, answers = {}) {
  const connection = { timers: new Timers(), call: async (method) => answers[method]?.() ?? resource(more) };
  const poll = new Poll(connection, { user_id: "ana" }, 7);
  await poll.load();
  return poll;
}

const counts = (poll) => poll.options.map(({ voteCount }) => voteCount);
const voters = (poll) => poll.options.map((each) => each.voters);

test("a vote is shown at once, and what the event says afterwards is the same", async () => {
  const poll = await loaded();
  const voting = poll.vote([2]);
  assert.deepEqual([counts(poll), voters(poll), poll.chosen, poll.voterCount], [[1, 1], [["ben"], ["ana"]], [2], 2]);
  await voting;
  poll.handle({ type: "poll.voted", voter_count: 2, options: [{ id: 1, vote_count: 1 }, { id: 2, vote_count: 1 }], user_id: "ana", option_ids: [2] });
  assert.deepEqual([counts(poll), voters(poll), poll.chosen, poll.voterCount], [[1, 1], [["ben"], ["ana"]], [2], 2]);
});

test("a refused vote is taken back", async () => {
  const poll = await loaded({}, { "polls.vote": () => { throw new Error("closed"); } });
  await assert.rejects(poll.vote([1]));
  assert.deepEqual([counts(poll), poll.chosen, poll.voterCount], [[1, 0], [], 1]);
});

test("a change by somebody keeps what this person has chosen, and who is known to have voted", async () => {
  const poll = await loaded({ voted_option_ids: [2], options: [option(1, 1, ["ben"]), option(2, 1, ["ana"])], voter_count: 2 });
  const { voted_option_ids, ...told } = resource({ options: [option(1, 1), option(2, 1), option(3, 0)], voter_count: 2 });
  poll.handle({ type: "poll.updated", poll: told });
  assert.deepEqual([voters(poll), poll.chosen], [[["ben"], ["ana"], []], [2]]);
  poll.handle({ type: "poll.voted", voter_count: 2, options: [{ id: 3, vote_count: 1 }, { id: 1, vote_count: 0 }], user_id: "ben", option_ids: [3] });
  assert.deepEqual(voters(poll), [[], ["ana"], ["ben"]]);
});

test("it closes by itself, and may be gone", async () => {
  assert.equal((await loaded({ close_at: 1 })).isOpen, false);
  assert.equal((await loaded({ close_at: 9_000_000_000 })).isOpen, true);
  const poll = await loaded();
  poll.handle({ type: "poll.deleted", poll_id: 7 });
  assert.equal(poll.state, "gone");
});

test("a vote to which no answer came is what the server has of it, as soon as that can be loaded", async () => {
  const lost = () => { throw Object.assign(new Error("no answer"), { temporary: true }); };
  const views = [() => resource(), lost, lost, () => resource({ voted_option_ids: [2], options: [option(1, 1, ["ben"]), option(2, 1, ["ana"])], voter_count: 2 })];
  const connection = { timers: new Timers(), calm: async () => {}, call: async (method) => (method === "polls.vote" ? lost() : views.shift()()) };
  const poll = new Poll(connection, { user_id: "ana" }, 7);
  await poll.load();
  await assert.rejects(poll.vote([2]));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([counts(poll), poll.chosen, poll.voterCount], [[1, 1], [2], 2]);
});
