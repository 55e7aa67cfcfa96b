import { nameOf } from "../sdk/index.js";
import { filesOf } from "./attachments.js";
import { avatar } from "./avatar.js";
import { fullMoment, shortMoment } from "./clock.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { markdown } from "./markdown.js";
import { route } from "./route.js";

const NOBODY = { user_id: "", nickname: "chatd", profile_url: "" };

/**
 * A message in a list, which leads to where it was said. `words`: its text as nodes; `place`: the title of its
 * channel where that is not clear; `href`: where it leads, if elsewhere; `note` and `tools` stand below and beside it; `went()` is told when somebody goes there.
 */
export function messageEntry(message, { words = markdown(message.message), place = "", note = null, tools = [], href = route.to(message.channel_url, message.message_id), went = () => {} } = {}) {
  const sender = message.user ?? NOBODY;
  const at = message.created_at;
  const label = t("Go to the message of {name}, {moment}", { name: nameOf(sender), moment: fullMoment(at) });
  const go = () => {
    // The address may name it already.
    if (location.hash === href) route.changed.emit();
    went();
  };
  const time = h("time", { datetime: new Date(at).toISOString(), title: fullMoment(at) }, shortMoment(at));
  const where = place && h("span", { class: "entry-place", dir: "auto" }, place);
  return h(
    "li",
    { class: "entry" },
    avatar(sender, "small"),
    h(
      "div",
      { class: "entry-body" },
      h("p", { class: "entry-head" }, h("a", { href, class: "entry-link", "aria-label": label, onclick: go }, h("bdi", {}, nameOf(sender))), where, time),
      message.message && h("div", { class: "entry-text", dir: "auto" }, words),
      files(message),
      note,
    ),
    tools.length > 0 && h("div", { class: "entry-tools" }, tools),
  );
}

function files(message) {
  return filesOf(message).map(({ name }) => h("p", { class: "entry-file" }, icon("file"), h("bdi", {}, name)));
}

/** What stands in the place of a list that has nothing in it. */
export function nothingHere(drawing, headline, text) {
  return h("div", { class: "nothing" }, h("span", { class: "empty-sign" }, icon(drawing)), h("h3", {}, headline), h("p", {}, text));
}
