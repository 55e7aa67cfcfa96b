import { nameOf } from "../sdk/index.js";
import { h } from "./element.js";
import { isEmojiOnly } from "./emoji_only.js";
import { counted, number, t } from "./language.js";

const MOST_NAMES = 12;

/** The reactions below a message: each a button that adds this person's own or takes it back. */
export function reactionRow(view, message) {
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return null;
  return h("div", { class: "reactions", role: "group", "aria-label": t("Reactions") }, reactions.map((each) => chip(view, message, each)));
}

function chip({ me, channel, actions }, message, { key, user_ids }) {
  const own = user_ids.includes(me.user_id);
  const shown = isEmojiOnly(key) ? key : `:${key}:`;
  const who = names(channel, me, user_ids);
  const label = `${shown} ${number(user_ids.length)}, ${who}`;
  const attributes = { type: "button", class: "reaction", "aria-pressed": String(own), "aria-label": label, title: who };
  return h("button", { ...attributes, onclick: () => actions.react(message, key, !own) }, h("span", {}, shown), number(user_ids.length));
}

function names(channel, me, userIds) {
  const name = (id) => (id === me.user_id ? t("You") : nameOf(channel.members.get(id) ?? { user_id: id }));
  const first = userIds.slice(0, MOST_NAMES).map(name);
  const more = userIds.length - first.length;
  return more > 0 ? counted(more, "{names} and {count} more", "{names} and {count} more", { names: first.join(", ") }) : first.join(", ");
}
