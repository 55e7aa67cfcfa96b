import { nameOf, Signal } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { h } from "./element.js";
import { t } from "./language.js";

/** (user, button): somebody wants to know more of a person. */
export const asked = new Signal();

/** A person's name, with which one gets to know more of them. */
export function personName(user) {
  const open = ({ currentTarget }) => asked.emit(user, currentTarget);
  return h("button", { type: "button", class: "person-link", dir: "auto", title: t("Show profile"), "aria-haspopup": "dialog", onclick: open }, nameOf(user));
}

/** A person's picture, beside their name: what it does can be done there with the keyboard too. */
export function personPicture(user, size) {
  const picture = avatar(user, size);
  picture.classList.add("person-picture");
  picture.addEventListener("click", () => asked.emit(user, picture));
  return picture;
}
