import { avatar } from "../../app/avatar.js";
import { h } from "../../app/element.js";
import { askingButton, button } from "../acts.js";
import { openTyped } from "../form.js";
import { head, panel } from "../page.js";
import { facts } from "../person.js";
import { area } from "../states.js";
import { when } from "../words.js";
import { openDeactivate, openEditUser } from "./editing.js";
import { states } from "./list.js";
import { openErase, openExport } from "./privacy.js";
import { channels, connections, devices, sanctions } from "./parts.js";

/** Everything about one user. */
export function detail(place, id) {
  const shown = area(async () => {
    const user = await place.application.call("users.view", { user_id: id, include_unread_count: true });
    return page(place, user, () => shown.show());
  }, { class: "page" });
  return shown.node;
}

function page(place, user, again) {
  const { application } = place;
  const title = h("div", { class: "who large" }, avatar(user, "large"), h("div", {}, h("h1", { dir: "auto" }, user.nickname || user.user_id), states(user)));
  return [
    h("a", { class: "up-link", href: place.link(["users"]) }, "Users"),
    h("header", { class: "head" }, title, h("div", { class: "head-actions" }, acts(place, user, again))),
    h("div", { class: "pair" }, panel("Profile", profile(user)), panel("Metadata", metadata(user))),
    channels(place, user),
    application.may("bans.list_channels", "mutes.list_channels") && sanctions(place, user),
    h("div", { class: "pair" }, application.may("connections.list") && connections(application, user), application.may("push_tokens.list") && devices(application, user)),
  ];
}

function profile(user) {
  return facts([
    ["Id", user.user_id], ["Made", when(user.created_at * 1000)], ["Last seen", user.is_online ? "now" : when(user.last_seen_at, "never")],
    ["Languages", user.preferred_languages?.join(", ")], ["Found by", user.discovery_keys?.join(", ")], ["Says", [user.status?.emoji, user.status?.text].filter(Boolean).join(" ")],
    ["Unread messages", String(user.unread_message_count ?? 0)], ["Picture", user.profile_url],
  ]);
}

function metadata({ metadata: items = {} }) {
  const pairs = Object.entries(items);
  return pairs.length ? facts(pairs) : h("div", { class: "state" }, h("p", {}, "No metadata."));
}

function acts({ application, link }, user, again) {
  const { user_id } = user;
  const gone = () => location.assign(link(["users"]));
  return [
    application.may("users.update") && button("Edit", () => openEditUser(application, user, again)),
    application.may("users.update") && (user.is_active
      ? button("Deactivate", () => openDeactivate(application, user, again))
      : button("Activate", () => application.call("users.update", { user_id, is_active: true }).then(again))),
    application.may("sessions.revoke") && askingButton("Sign out everywhere",
      { title: "Sign out everywhere?", text: "All sessions of this user end, and their connections are closed. With a new token they can come back.", action: "Sign out" },
      () => application.call("sessions.revoke", { user_id }), { said: "Signed out everywhere.", done: again, kind: "" }),
    application.may("privacy.create") && button("Export data", () => openExport(application, user)),
    application.may("users.delete") && button("Delete", () => openDelete(application, user, gone), "danger-quiet"),
    application.may("users.erase") && button("Erase", () => openErase(application, user, gone), "danger-quiet"),
  ];
}

function openDelete(application, { user_id }, done) {
  openTyped({
    title: "Delete this user", text: "The user leaves every channel and is gone. What they wrote stays. This cannot be undone.",
    word: user_id, button: "Delete", work: () => application.call("users.delete", { user_id }), done,
  });
}
