import { AboutTab } from "./about_tab.js";
import { h } from "./element.js";
import { FilesTab } from "./files_tab.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { MembersTab } from "./members_tab.js";
import { PinsTab } from "./pins_tab.js";
import { stylesheet } from "./stylesheet.js";

const TABS = { about: AboutTab, members: MembersTab, files: FilesTab, pins: PinsTab };

/** What is known of a conversation, and what can be done with it, in tabs beside it. */
export class DetailsPane {
  isDetails = true;

  #chat;
  #channel;
  #does;
  #buttons = {};
  #body = h("div", { class: "pane-body", role: "tabpanel", id: "details-panel" });
  #tab = null;
  #chosen = "";

  /** `does`: {close(), went()}: somebody went to a message. */
  static async open(chat, channel, tab, does) {
    await Promise.all([stylesheet("details"), stylesheet("entry")]);
    return new DetailsPane(chat, channel, tab, does);
  }

  constructor(chat, channel, tab, does) {
    this.#chat = chat;
    this.#channel = channel;
    this.#does = does;
    const names = { about: t("About"), members: t("Members"), files: t("Files"), pins: t("Pins") };
    const tabs = Object.entries(names).map(([key, name]) => this.#button(key, name));
    const head = h("header", { class: "pane-head" }, h("h2", {}, t("Details")), iconButton("close", t("Close details"), does.close));
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": t("Details"), onkeydown: (event) => this.#key(event) }, tabs);
    this.node = h("aside", { class: "pane details", "aria-label": t("Details") }, head, list, this.#body);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && does.close());
    this.choose(tab);
  }

  /** Show one of the tabs: "about", "members", "files", "pins". */
  choose(key) {
    if (key === this.#chosen) return;
    this.#tab?.close();
    this.#chosen = key;
    this.#tab = new TABS[key](this.#chat, this.#channel, { went: this.#does.went, choose: (other) => this.choose(other) });
    for (const [each, button] of Object.entries(this.#buttons)) {
      button.setAttribute("aria-selected", String(each === key));
      button.setAttribute("tabindex", each === key ? "0" : "-1");
    }
    this.#body.setAttribute("aria-labelledby", `details-${key}`);
    this.#body.replaceChildren(this.#tab.node);
    this.#body.scrollTop = 0;
  }

  draw() {
    this.#tab.draw();
  }

  close() {
    this.#tab.close();
  }

  #button(key, name) {
    const attributes = { type: "button", role: "tab", id: `details-${key}`, "aria-controls": "details-panel", onclick: () => this.choose(key) };
    return (this.#buttons[key] = h("button", attributes, name));
  }

  /** Arrows walk through the tabs, in the direction of the page. */
  #key(event) {
    const keys = Object.keys(TABS);
    const at = keys.indexOf(this.#chosen);
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const steps = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 };
    if (!(event.key in steps)) return;
    const key = keys.at(steps[event.key] % keys.length);
    this.choose(key);
    this.#buttons[key].focus();
    event.preventDefault();
  }
}
