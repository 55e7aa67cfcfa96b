import { avatar } from "../../app/avatar.js";
import { h } from "../../app/element.js";
import { icon } from "../../app/icon.js";
import { ask, rowMenu } from "../acts.js";
import { tag } from "../person.js";
import { openSanction } from "../sanction.js";
import { precisely, when } from "../words.js";

/** A message as moderators see it. `changed` is called after something was done with it. */
export function messageRow(place, message, changed) {
  const { user } = message;
  const isAdmin = message.type === "ADMM";
  const head = h("header", {},
    user && !isAdmin ? h("a", { href: place.link(["users", user.user_id]), dir: "auto" }, user.nickname || user.user_id) : tag("admin"),
    h("time", { title: precisely(message.created_at) }, when(message.created_at)), message.updated_at ? h("small", {}, "edited") : null, message.parent_message_id ? h("small", {}, "reply") : null);
  return h("li", { class: `talk-message ${isAdmin ? "admin" : ""}` }, user && !isAdmin ? avatar(user, "small") : h("span", { class: "avatar small sign" }, icon("bell")),
    h("div", { class: "talk-words" }, head, body(message)), rowMenu("Acts on this message", acts(place, message, changed)));
}

/** What a message says, as text, and the names of its files. */
export function body(message) {
  const files = message.files?.length ? message.files : message.file?.url ? [message.file] : [];
  return [
    message.message && h("p", { class: "talk-text", dir: "auto" }, message.message),
    files.map(({ url, name, file_name }) => h("p", { class: "talk-file" }, icon("file"), isOurs(url) ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, name || file_name || "file") : name || file_name || "file")),
  ];
}

function isOurs(url) {
  return URL.canParse(url, location.href) && ["http:", "https:"].includes(new URL(url, location.href).protocol);
}

function acts({ application }, { channel_url, message_id, user }, changed) {
  const subject = { channel_url, user_id: user?.user_id, name: user?.nickname };
  const question = { title: "Delete this message?", text: "It is gone for everyone, with its files.", action: "Delete" };
  return [
    user && application.may("mutes.add") && ["Mute the sender …", () => openSanction(application, "mutes", subject, changed)],
    user && application.may("bans.add") && ["Ban the sender …", () => openSanction(application, "bans", subject, changed), true],
    application.may("messages.delete") && ["Delete", () => ask(question, () => application.call("messages.delete", { channel_url, message_id }), { done: changed }), true],
  ];
}
