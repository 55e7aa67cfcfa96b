// What a client shows is what the model has.
import assert from "node:assert/strict";
import { REASONS } from "./commands.mjs";

const MOST_THREADS = 5;

/** Those who are in a channel have asked for all that is shown of it; who is not there waits for nothing. */
export function isLoading(chat, world, url) {
  const channel = chat.channels.get(url);
  if (channel === null) return false;
  const timelines = [chat.timeline(channel), ...threadsOf(chat, world, url).map(([, thread]) => thread)];
  return timelines.some(({ state }) => state === "loading") || !chat.pins(channel).loaded || !chat.files(channel).loaded;
}

/** Those that were replied to last: few are kept. */
function threadsOf(chat, { model, opened }, url) {
  const { gone } = model.channels.get(url);
  const ids = [...opened].filter(([id, each]) => each === url && !gone.has(id)).map(([id]) => id);
  return ids.slice(-MOST_THREADS).map((message_id) => [message_id, chat.thread(chat.channels.get(url), { message_id })]);
}

/** Local state = server state, nothing lost, nothing twice, in order, and nothing is on its way for ever. */
export async function check(chat, world, url) {
  const place = world.model.channels.get(url);
  const channel = chat.channels.get(url);
  assert.equal(channel !== null, place.isMember, `${url}: membership`);
  if (!place.isDeleted) assert.deepEqual(chat.scheduled.of(url).map(planned), world.model.scheduled.of(url).map(planned), `${url}: scheduled`);
  if (!channel) return;
  assert.deepEqual(chat.pins(channel).items.map(pinned), world.model.pins.of(url).map(pinned), `${url}: pins`);
  checkBeginning(chat.files(channel), place.messages.filter(({ files }) => files).reverse(), text, `${url}: files`);
  await checkPoll(chat, world.model, url);
  assert.equal(channel.lastMessage?.message_id, place.messages.at(-1)?.message_id, `${url}: last message`);
  assert.equal(channel.lastMessage?.message, place.messages.at(-1)?.message, `${url}: what the last message says`);
  assert.equal(channel.unread, world.model.unread(place), `${url}: unread`);
  assert.equal(channel.unreadMentions, world.model.unreadMentions(place), `${url}: unread mentions`);
  assert.equal(channel.members.get("ben").read_ts, place.otherReadAt, `${url}: receipts`);
  const timeline = chat.timeline(channel);
  assert.equal(timeline.state, "ready", `${url}: state`);
  checkWindow(timeline, world.model, url);
  for (const [id, thread] of threadsOf(chat, world, url)) checkWindow(thread, world.model, url, id);
}

function checkWindow({ messages, hasOlder, hasNewer, outbox }, { threads }, url, parentId) {
  const first = hasOlder ? messages[0]?.message_id : 0;
  const last = hasNewer ? messages.at(-1)?.message_id : Infinity;
  const expected = threads.replies(url, parentId).filter(({ message_id }) => message_id >= first && message_id <= last);
  assert.deepEqual(messages.map(shown), expected.map(shown), `${url}: messages`);
  const counted = messages.map(({ thread_info }) => thread_info?.reply_count ?? 0);
  assert.deepEqual(counted, expected.map(({ message_id }) => threads.info(url, message_id).reply_count), `${url}: replies`);
  // What is refused for good stays, and says so.
  assert.ok(outbox.items.every(({ failed, reason }) => failed && REASONS.includes(reason)), `${url}: on its way for ever`);
}

/** What the person has wherever they are. */
export function checkOwn({ saved, threads }, model) {
  checkBeginning(saved, model.saved.messages, text, "saved messages");
  checkBeginning(threads, model.threads.all, followed, "threads");
}

/** A list that is loaded by pages is what the server has, or the beginning of it. */
function checkBeginning({ items, hasMore }, expected, said, name) {
  assert.deepEqual(items.map(said), expected.slice(0, hasMore ? items.length : Infinity).map(said), name);
}

async function checkPoll(chat, { polls }, url) {
  const id = polls.idOf(url);
  const poll = await chat.polls.of(id);
  const expected = polls.view(id);
  assert.deepEqual(poll.options.map(voted), expected.options.map((option) => voted({ ...option, voteCount: option.vote_count, voters: option.partial_voter_list.map(({ user_id }) => user_id) })), `${url}: poll`);
  assert.deepEqual([poll.isOpen, [...poll.chosen].sort(), poll.voterCount], [expected.status === "open", expected.voted_option_ids, expected.voter_count], `${url}: votes`);
}

const text = ({ message_id, message }) => `${message_id} ${message}`;
const voted = ({ id, text, voteCount, voters }) => `${id} ${text} ${voteCount} ${[...voters].sort()}`;
const followed = ({ message_id, parent_message, thread_info, unread_reply_count }) => `${message_id} ${parent_message.message} ${thread_info.reply_count} ${unread_reply_count}`;
const pinned = ({ message, user_id }) => `${text(message)} by ${user_id}`;
const planned = ({ scheduled_message_id, message, scheduled_at, scheduled_status, reason }) => `${scheduled_message_id} ${message} ${scheduled_at} ${scheduled_status} ${reason}`;

/** What matters of a message, in a form that can be compared. */
function shown({ message_id, message, reactions = [] }) {
  const reacted = reactions.flatMap(({ key, user_ids }) => user_ids.map((id) => `${key} ${id}`)).sort();
  return `${message_id} ${message} ${reacted}`;
}

/** What was sent was committed once, in the order in which it was written. */
export function checkSent({ model }, url, said) {
  const committed = [...(model.channels.get(url).sent?.values() ?? [])];
  assert.deepEqual(committed.filter(({ parent_message_id }) => !parent_message_id).map(({ first }) => first), said, `${url}: what was sent`);
}
