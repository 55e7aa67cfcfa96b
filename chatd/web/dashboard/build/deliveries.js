import { h } from "../../app/element.js";
import { askingButton, button } from "../acts.js";
import { attempt } from "../form.js";
import { panel } from "../page.js";
import { tag } from "../person.js";
import { area } from "../states.js";
import { PagedTable, table } from "../table.js";
import { number, precisely, when } from "../words.js";

/** How telling the webhook, or a bot, went: the last attempts, and what was given up. Returns {nodes, again}. */
export function deliveries(application, bot_userid) {
  const attempts = area(async () => table("Attempts", ATTEMPTS, (await application.call("deliveries.list_attempts", { bot_userid })).attempts, { empty: "Nothing was told yet." }));
  const failed = new PagedTable("Given up", failedColumns(application, bot_userid, () => again()), { empty: "Nothing was given up." });
  failed.open(async (token) => {
    const { failed: rows, next } = await application.call("deliveries.list_failed", { bot_userid, token, limit: 20 });
    return { rows, next };
  });
  const again = () => (attempts.show(), failed.again());
  const all = { bot_userid, failed_id: 0 };
  const actions = [
    button("Send all again", () => attempt(() => application.call("deliveries.resend", all), "They are sent again.").then(again)),
    askingButton("Forget all", { title: "Forget what was given up?", text: "It is never told. Up to a hundred at once.", action: "Forget" }, () => application.call("deliveries.drop", all), { done: again }),
  ];
  return {
    nodes: [
      panel("Attempts", attempts.node, { text: "The last ones, the newest first.", actions: [button("Reload", () => attempts.show(), "quiet")] }),
      panel("Given up", failed.node, { text: "What was not told in the end.", actions }),
    ],
    again,
  };
}

const ATTEMPTS = [
  { title: "Category", cell: ({ category, event_id }) => h("span", { class: "named" }, h("span", {}, category), h("small", {}, `event ${event_id}`)) },
  { title: "Outcome", cell: ({ status, reason }) => [status >= 200 && status < 300 ? tag(String(status), "good") : tag(status ? String(status) : "failed", "bad"), " ", h("span", { class: "faint", dir: "auto" }, reason)] },
  { title: "Attempt", kind: "number", by: ({ attempt: count }) => count, cell: ({ attempt: count }) => number(count) },
  { title: "Took", kind: "number", by: ({ milliseconds }) => milliseconds, cell: ({ milliseconds }) => `${number(milliseconds)} ms` },
  { title: "When", kind: "time", by: ({ at }) => at, cell: ({ at }) => h("span", { title: precisely(at) }, when(at)) },
];

function failedColumns(application, bot_userid, again) {
  return [
    { title: "Category", cell: ({ category, event_id }) => h("span", { class: "named" }, h("span", {}, category), h("small", {}, `event ${event_id}`)) },
    { title: "Why", kind: "text", cell: ({ reason }) => h("span", { dir: "auto" }, reason) },
    { title: "Attempts", kind: "number", by: ({ attempts }) => attempts, cell: ({ attempts }) => number(attempts) },
    { title: "Given up", kind: "time", by: ({ failed_at }) => failed_at, cell: ({ failed_at }) => when(failed_at) },
    { title: "", kind: "act", cell: ({ failed_id }) => h("span", { class: "tools" },
      button("Send again", () => attempt(() => application.call("deliveries.resend", { failed_id, bot_userid }), "It is sent again.").then(again)),
      button("Forget", () => attempt(() => application.call("deliveries.drop", { failed_id, bot_userid })).then(again), "danger-quiet")) },
  ];
}
