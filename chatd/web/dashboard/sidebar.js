import { appearance } from "../app/appearance.js";
import { h } from "../app/element.js";
import { icon } from "../app/icon.js";
import { menuButton, menuItem } from "../app/menu.js";
import { address } from "./route.js";

const NAMES = { system: "System", light: "Light", dark: "Dark" };

/** The switch of applications, the pages, and the account. */
export function sidebar({ me, application, groups, current, acts }) {
  return h("aside", { class: "side-list", "aria-label": "Dashboard" },
    applicationSwitch(me, application), pageList(application, groups, current), accountButton(me, application, acts));
}

function applicationSwitch(me, application) {
  const button = h("button", { type: "button", class: "switch", "aria-label": `Application: ${application.name}` },
    h("img", { src: "/web/icon.svg", alt: "", width: 24, height: 24 }), h("span", { class: "switch-name", dir: "auto" }, application.name), icon("updown"));
  menuButton(button, "Applications", () => me.applications.map((each) => applicationItem(each, application)));
  return button;
}

function applicationItem({ app_id, app_name, role }, application) {
  const checked = String(app_id === application.id);
  const go = () => location.assign(address(app_id, ["overview"]));
  return h("button", { type: "button", role: "menuitemradio", "aria-checked": checked, tabindex: "-1", class: "menu-item application", onclick: go },
    h("span", { dir: "auto" }, app_name), h("small", {}, role));
}

function pageList(application, groups, current) {
  return h("nav", { "aria-label": "Pages" }, groups.map(({ title, pages }) => [
    title && h("h2", {}, title),
    h("ul", {}, pages.map(({ id, title: name, drawing }) => h("li", {},
      h("a", { href: address(application.id, [id]), "aria-current": id === current ? "page" : null }, icon(drawing), name)))),
  ]));
}

function accountButton(me, application, { signOut }) {
  const button = h("button", { type: "button", class: "account" },
    h("span", { class: "account-name", dir: "auto" }, me.login), h("small", {}, application.role), icon("updown"));
  menuButton(button, "Your account", () => [
    h("div", { class: "menu-group", role: "group", "aria-label": "Appearance" }, appearance.choices.map(choice)),
    menuItem(icon("leave"), "Sign out", signOut),
  ]);
  return button;
}

function choice(name) {
  const checked = String(appearance.chosen === name);
  return h("button", { type: "button", role: "menuitemradio", "aria-checked": checked, tabindex: "-1", class: "menu-choice", onclick: () => appearance.choose(name) }, NAMES[name]);
}
