import { h } from "../../app/element.js";
import { button } from "../acts.js";
import { line, lines, toggle } from "../fields.js";
import { attempt } from "../form.js";
import { head, panel } from "../page.js";
import { area } from "../states.js";
import { deliveries } from "./deliveries.js";

/** Where the server tells what happens, and how that went. */
export function open({ application }) {
  const log = deliveries(application, "");
  const shown = area(async () => {
    const { webhook } = await application.call("webhooks.view", { display_all_webhook_categories: true });
    return settings(application, webhook, () => shown.show());
  });
  const test = async () => {
    if (await attempt(() => application.call("webhooks.test"), "A test is on its way.")) setTimeout(() => log.again(), 1500);
  };
  return h("div", { class: "page" }, head("Webhooks", "Each event of the application as a request to your server.", application.may("webhooks.test") && button("Send a test", test)),
    panel("Settings", shown.node), log.nodes);
}

function settings(application, webhook, again) {
  const all = webhook.all_webhook_categories ?? [];
  const fields = {
    enabled: toggle("Tell this address what happens", webhook.enabled),
    url: line("Address", { type: "url", value: webhook.url, placeholder: "https://…" }),
    secret: line("Secret", { value: webhook.secret ?? "", hint: "Signs the payloads. Empty for a random one." }),
    enabled_events: lines("Categories", { value: webhook.enabled_events.join("\n"), rows: 5, code: true, hint: "One a line, or * for all." }),
    include_members: toggle("With the members of group channels", webhook.include_members),
    include_unread_count: toggle("With what they have not read", webhook.include_unread_count),
  };
  const save = async (event) => {
    event.preventDefault();
    const { secret, enabled_events, ...rest } = Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
    const values = { ...rest, enabled_events: enabled_events.split(/\s+/).filter(Boolean), secret: secret === webhook.secret ? undefined : secret };
    if (await attempt(() => application.call("webhooks.update", values), "Saved.")) again();
  };
  return h("form", { class: "panel-body form", onsubmit: save, novalidate: true }, Object.values(fields).map(({ node }) => node),
    all.length > 0 && h("details", {}, h("summary", {}, `All ${all.length} categories`), h("p", { class: "categories" }, all.map((each) => [h("code", {}, each), " "]))),
    h("div", { class: "tools" }, h("button", { type: "submit", class: "button primary" }, "Save")));
}
