import { nameOf } from "../sdk/index.js";
import { appearance } from "./appearance.js";
import { avatar } from "./avatar.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { languageName, openLanguages } from "./language_choice.js";
import { later } from "./later.js";
import { menuButton, menuItem } from "./menu.js";
import { pauseLabel } from "./pause_label.js";
import { openSettings } from "./settings.js";
import { openShortcuts } from "./shortcuts.js";
import { statusText } from "./status_words.js";

const NAMES = { system: t("System"), light: t("Light"), dark: t("Dark") };

/** The person's own picture, with a menu of what concerns themselves. */
export function accountMenu(context) {
  const { chat, account, login, signOut } = context;
  const button = h("button", { type: "button", class: "me", "aria-label": t("Your account"), title: t("Your account") });
  const draw = () => button.replaceChildren(avatar(chat.me.user_id ? chat.me : { user_id: login }, "small"));
  menuButton(button, t("Your account"), () => [
    h("p", { class: "menu-head" }, h("strong", { dir: "auto" }, nameOf(chat.me)), h("span", { dir: "auto" }, `@${login}`)),
    menuItem(icon("smile"), statusText(chat.me) || t("Set a status"), () => openSettings(context)),
    menuItem(icon("bell"), pauseLabel(chat), () => later(() => import("./pause_dialog.js"), ({ openPause }) => openPause(chat))),
    menuItem(icon("settings"), t("Settings"), () => openSettings(context)),
    menuItem(icon("person-add"), t("Invite people"), () => later(() => import("./invite_dialog.js"), ({ openInvite }) => openInvite(account))),
    h("div", { class: "menu-group", role: "group", "aria-label": t("Appearance") }, appearance.choices.map(choice)),
    menuItem(icon("globe"), t("Language: {name}", { name: languageName }), () => openLanguages((tag) => chat.profile.preferLanguages([tag]))),
    menuItem(icon("keyboard"), t("Keyboard shortcuts"), openShortcuts),
    menuItem(icon("leave"), t("Sign out"), signOut),
  ]);
  draw();
  return { node: button, close: chat.meChanged.listen(draw) };
}

function choice(name) {
  const checked = String(appearance.chosen === name);
  const choose = () => appearance.choose(name);
  return h("button", { type: "button", role: "menuitemradio", "aria-checked": checked, tabindex: "-1", class: "menu-choice", onclick: choose }, NAMES[name]);
}
