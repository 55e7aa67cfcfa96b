import { avatar } from "../app/avatar.js";
import { h } from "../app/element.js";

/** A user with their picture, by nickname and id. */
export function person(user) {
  return h("span", { class: "who" }, avatar(user, "small"), named(user.nickname, user.user_id));
}

/** A name above an id. */
export function named(name, id) {
  return h("span", { class: "named" }, h("span", { dir: "auto" }, name || id), h("small", {}, id));
}

/** Facts about something: pairs of a name and what is to be shown. Those without are left out. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return h("dl", { class: "facts" }, known.map(([name, value]) => [h("dt", {}, name), h("dd", { dir: "auto" }, value)]));
}

export function tag(text, kind = "") {
  return h("span", { class: `tag ${kind}` }, text);
}
