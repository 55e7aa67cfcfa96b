import { nameOf } from "../sdk/index.js";
import { appearance } from "./appearance.js";
import { avatar } from "./avatar.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { openInvite } from "./invite_dialog.js";
import { menuButton, menuItem } from "./menu.js";
import { openPause, pauseLabel } from "./pause_dialog.js";
import { openProfile } from "./profile_dialog.js";

const NAMES = { system: "System", light: "Light", dark: "Dark" };

/** The person's own picture, with a menu of what concerns themselves. */
export function accountMenu(chat, account, { login, signOut }) {
  const button = h("button", { type: "button", class: "me", "aria-label": "Your account", title: "Your account" });
  const draw = () => button.replaceChildren(avatar(chat.me.user_id ? chat.me : { user_id: login }, "small"));
  menuButton(button, "Your account", () => [
    h("p", { class: "menu-head" }, h("strong", {}, nameOf(chat.me)), h("span", {}, `@${login}`)),
    menuItem(icon("edit"), "Change your name", () => openProfile(chat)),
    menuItem(icon("bell"), pauseLabel(chat), () => openPause(chat)),
    menuItem(icon("person-add"), "Invite people", () => openInvite(account)),
    h("div", { class: "menu-group", role: "group", "aria-label": "Appearance" }, appearance.choices.map(choice)),
    menuItem(icon("leave"), "Sign out", signOut),
  ]);
  draw();
  return { node: button, close: chat.meChanged.listen(draw) };
}

function choice(name) {
  const checked = String(appearance.chosen === name);
  const choose = () => appearance.choose(name);
  return h("button", { type: "button", role: "menuitemradio", "aria-checked": checked, tabindex: "-1", class: "menu-choice", onclick: choose }, NAMES[name]);
}
