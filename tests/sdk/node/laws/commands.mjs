// What the person of the model may ask for, and how it is answered.
import { NO_CHANNEL, NO_MESSAGE } from "./model.mjs";
import { pageOf } from "./page.mjs";
import { ME, Refusal } from "./people.mjs";

/** A text that nobody may send. */
export const REFUSED = "refused";
const NOT_HERE = "not in this house";
/** Why a message may be refused for good. */
export const REASONS = [NOT_HERE, NO_CHANNEL, NO_MESSAGE];
const PAGE = 100;
// So many messages are looked through on each side of a place.
const LOOKED_AT = 7;

const COMMANDS = {
  "channels.list": (model) => ({ channels: [...model.channels.values()].filter(({ isMember }) => isMember).map((channel) => model.resource(channel)), next: "" }),
  "channels.view": (model, { channel_url }) => model.resource(model.channel(channel_url)),
  "channels.mark_read": (model, { channel_url, message_id }) => void model.read(channel_url, ME, message_id) ?? {},
  "drafts.list": () => ({ drafts: [], next: "" }),
  "files.list": files,
  "messages.delete": (model, { channel_url, message_id }) => void model.delete(channel_url, message_id) ?? {},
  "messages.list": list,
  "messages.pin": ({ pins }, { channel_url, message_id }) => void pins.add(channel_url, message_id, ME) ?? {},
  "messages.send": send,
  "messages.unpin": ({ pins }, { channel_url, message_id }) => void pins.remove(channel_url, message_id, ME) ?? {},
  "messages.update": (model, { channel_url, message_id, message }) => model.plain(model.edit(channel_url, message_id, message)),
  "messages.view": (model, { channel_url, message_id }) => detailed(model, model.message(channel_url, message_id)),
  "pins.list": ({ pins }, { channel_url }) => pins.list(channel_url),
  "polls.add_option": ({ polls }, { poll_id, text }) => polls.suggest(poll_id, text),
  "polls.view": ({ polls }, { poll_id }) => polls.view(poll_id),
  "polls.vote": ({ polls }, { poll_id, option_ids }) => polls.vote(poll_id, ME, option_ids),
  "reactions.add": (model, { channel_url, message_id, reaction }) => void model.react(channel_url, message_id, ME, reaction, true) ?? {},
  "reactions.remove": (model, { channel_url, message_id, reaction }) => void model.react(channel_url, message_id, ME, reaction, false) ?? {},
  "saved.add": ({ saved }, { channel_url, message_id }) => saved.add(channel_url, message_id),
  "saved.list": ({ saved }, params) => saved.list(params),
  "saved.remove": ({ saved }, { message_id }) => void saved.remove(message_id) ?? {},
  "scheduled_messages.cancel": ({ scheduled }, { scheduled_message_id }) => void scheduled.cancel(scheduled_message_id) ?? {},
  "scheduled_messages.create": ({ scheduled }, params) => scheduled.create(params),
  "scheduled_messages.list": ({ scheduled }, params) => scheduled.list(params),
  "scheduled_messages.send_now": ({ scheduled }, { scheduled_message_id }) => scheduled.sendNow(scheduled_message_id),
  "scheduled_messages.update": ({ scheduled }, params) => scheduled.update(params),
  "threads.list": ({ threads }, params) => threads.list(params),
  "threads.mark_read": ({ threads }, { channel_url, message_id, reply_id }) => threads.read(channel_url, message_id, reply_id),
  "threads.subscribe": ({ threads }, { channel_url, message_id }) => threads.follow(channel_url, message_id, true),
  "threads.unsubscribe": ({ threads }, { channel_url, message_id }) => threads.follow(channel_url, message_id, false),
  "users.view_push_preference": () => ({}),
};

/** Run a command of the person. Throws a Refusal. */
export function run(model, method, params) {
  const command = COMMANDS[method];
  if (!command) throw new Refusal(104, `the model has no ${method}`);
  return command(model, params);
}

/** As lists have it. */
function detailed(model, message) {
  return { ...message, thread_info: model.threads.info(message.channel_url, message.message_id) };
}

function send(model, { channel_url, message, req_id, parent_message_id }) {
  const { sent } = model.channel(channel_url);
  if (message === REFUSED) throw new Refusal(1220, NOT_HERE);
  if (parent_message_id && !sent?.has(req_id)) model.message(channel_url, parent_message_id);
  return model.plain(model.send(channel_url, ME, message, req_id, parent_message_id ? { parent_message_id } : {}));
}

function list(model, { channel_url, message_id, message_ts, prev_limit, next_limit, include, parent_message_id }) {
  model.channel(channel_url);
  const messages = model.threads.replies(channel_url, parent_message_id);
  const at = message_id === undefined ? ({ created_at }) => created_at - message_ts : (message) => message.message_id - message_id;
  const before = take(messages.filter((message) => at(message) < 0).reverse(), Math.min(prev_limit, PAGE * 2));
  const here = include ? messages.filter((message) => at(message) === 0) : [];
  const after = take(messages.filter((message) => at(message) > 0), next_limit);
  const places = { ...(before.last && { prev_message_id: before.last }), ...(after.last && { next_message_id: after.last }) };
  return { messages: [...before.found.reverse(), ...here, ...after.found].map((message) => detailed(model, message)), ...places };
}

function files(model, { channel_url, token, limit }) {
  const { messages } = model.channel(channel_url);
  const found = messages.filter((message) => message.files).map((message) => ({ key: [-message.created_at, -message.message_id], item: model.plain(message) }));
  const { items, next } = pageOf(found, token, limit);
  return { messages: items, next };
}

/** Few are looked at, and there may be more after the last one. */
function take(messages, limit) {
  const found = messages.slice(0, Math.min(limit, LOOKED_AT));
  return { found, last: found.length < limit && found.length === LOOKED_AT ? found.at(-1).message_id : 0 };
}
