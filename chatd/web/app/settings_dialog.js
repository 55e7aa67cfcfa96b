import { appearancePage } from "./appearance_page.js";
import { DevicesPage } from "./devices_page.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { NotificationsPage } from "./notifications_page.js";
import { passwordPage } from "./password_page.js";
import { PrivacyPage } from "./privacy_page.js";
import { ProfilePage } from "./profile_page.js";
import { stylesheet } from "./stylesheet.js";

const PAGES = {
  profile: { name: t("Profile"), drawing: "person", make: (context) => new ProfilePage(context) },
  notifications: { name: t("Notifications"), drawing: "bell", make: (context) => new NotificationsPage(context) },
  privacy: { name: t("Privacy"), drawing: "lock", make: (context) => new PrivacyPage(context) },
  devices: { name: t("Devices"), drawing: "device", make: (context) => new DevicesPage(context) },
  password: { name: t("Password"), drawing: "key", make: passwordPage },
  appearance: { name: t("Appearance"), drawing: "sun", make: appearancePage },
};

/** What a person can set, in pages. `context`: {chat, account, login, signOut}; `key`: the page to begin with. */
export async function openSettings(context, key = "profile") {
  await Promise.all(["settings", "quiet"].map(stylesheet));
  new SettingsDialog(context, key);
}

class SettingsDialog {
  #context;
  #buttons = {};
  #body = h("div", { class: "settings-page", role: "tabpanel", id: "settings-panel", tabindex: "-1" });
  #page = null;
  #chosen = "";

  constructor(context, key) {
    const tabs = Object.entries(PAGES).map(([each, page]) => this.#tab(each, page));
    const list = h("div", { class: "settings-tabs", role: "tablist", "aria-label": t("Settings"), "aria-orientation": "vertical", onkeydown: (event) => this.#key(event) }, tabs);
    const opened = openDialog(t("Settings"), [list, this.#body], { closed: () => this.#page.close() });
    opened.dialog.classList.add("settings");
    this.#context = { ...context, close: opened.close };
    this.#choose(key);
    this.#buttons[key].focus();
  }

  #choose(key) {
    if (key === this.#chosen) return;
    this.#page?.close();
    this.#chosen = key;
    this.#page = PAGES[key].make(this.#context);
    for (const [each, button] of Object.entries(this.#buttons)) {
      button.setAttribute("aria-selected", String(each === key));
      button.setAttribute("tabindex", each === key ? "0" : "-1");
    }
    this.#body.setAttribute("aria-labelledby", `settings-${key}`);
    this.#body.replaceChildren(this.#page.node);
    this.#body.scrollTop = 0;
    this.#buttons[key].scrollIntoView({ block: "nearest", inline: "center" });
  }

  #tab(key, { name, drawing }) {
    const attributes = { type: "button", role: "tab", id: `settings-${key}`, "aria-controls": "settings-panel", onclick: () => this.#choose(key) };
    return (this.#buttons[key] = h("button", attributes, icon(drawing), name));
  }

  #key(event) {
    const keys = Object.keys(PAGES);
    const at = keys.indexOf(this.#chosen);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (!(event.key in steps)) return;
    const key = keys.at(steps[event.key] % keys.length);
    this.#choose(key);
    this.#buttons[key].focus();
    event.preventDefault();
  }
}
