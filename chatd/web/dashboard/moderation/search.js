import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { messageRow } from "../channels/message.js";
import { head } from "../page.js";
import { button } from "../acts.js";
import { Area, nothing } from "../states.js";
import { number } from "../words.js";

/** Messages of all channels, by what they say. */
export function open(place) {
  const asked = { query: place.query.get("query") ?? "", channel: place.query.get("channel") ?? "", sender: place.query.get("sender") ?? "" };
  let tokens = [""];
  const shown = new Area(async () => {
    const [found] = await Promise.all([asked.query ? search(place.application, asked, tokens.at(-1)) : null, stylesheet("dashboard_channel")]);
    if (!found) return h("section", { class: "panel" }, nothing("Search messages", "Write what they say; in all channels, or one."));
    const step = (change) => () => (change(), shown.show());
    return [
      h("section", { class: "panel", "aria-label": "Messages" },
        found.results.length ? h("ol", { class: "talk-list" }, found.results.map((message) => result(place, message, () => shown.show()))) : nothing("No message is found.")),
      h("div", { class: "tools" }, h("span", { class: "faint" }, `${number(found.total_count)} found`), tokens.length > 1 && button("Previous page", step(() => tokens.pop())), found.next && button("Next page", step(() => tokens.push(found.next)))),
    ];
  }, { class: "stack" });
  const fields = { query: input("What they say", asked.query), channel: input("In channel (URL)", asked.channel), sender: input("By user (id)", asked.sender) };
  const submit = (event) => {
    event.preventDefault();
    for (const [name, field] of Object.entries(fields)) asked[name] = field.value.trim();
    tokens = [""];
    place.ask(asked);
    shown.show();
  };
  shown.show();
  return h("div", { class: "page" }, head("Messages"),
    h("form", { class: "tools", role: "search", onsubmit: submit }, Object.values(fields), h("button", { type: "submit", class: "button small primary" }, "Search")), shown.node);
}

function input(label, value) {
  return h("input", { class: "input small", type: "search", placeholder: label, "aria-label": label, value });
}

function search(application, { query, channel, sender }, token) {
  return application.call("messages.search", { query, token, channel_url: channel, sender_ids: sender ? [sender] : undefined, sort_field: "ts", limit: 20 });
}

function result(place, message, changed) {
  const row = messageRow(place, message, changed);
  row.querySelector("header").append(h("a", { class: "faint", href: place.link(["channels", message.channel_url]), dir: "auto" }, message.channel_url));
  return row;
}
