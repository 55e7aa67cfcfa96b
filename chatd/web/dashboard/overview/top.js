import { h } from "../../app/element.js";
import { csvButton } from "../csv.js";
import { panel } from "../page.js";
import { area } from "../states.js";
import { table } from "../table.js";
import { number } from "../words.js";

const KINDS = {
  channels: { title: "Top channels", one: "Channel", id: "channel_url", name: "name", page: "channels" },
  senders: { title: "Top senders", one: "User", id: "user_id", name: "nickname", page: "users" },
};
const KNOWN_DAYS = 31;

/** Which channels, or users, had most messages. */
export function top(kind, { application, link }, range) {
  const { title, one, id, name, page } = KINDS[kind];
  const days = range === "12m" ? KNOWN_DAYS : Math.min(Number(range), KNOWN_DAYS);
  let rows = [];
  const leads = application.may(kind === "channels" ? "channels.list_all" : "users.list");
  const columns = [
    { title: one, cell: (row) => h("span", { class: "named" }, h("span", { dir: "auto" }, row[name] || row[id]), h("small", {}, row[id])) },
    { title: "Messages", kind: "number", by: (row) => row.messages, cell: (row) => number(row.messages) },
  ];
  const shown = area(async () => {
    ({ top: rows } = await application.call("statistics.top", { kind, days, limit: 10 }));
    return table(title, columns, rows, { to: leads ? (row) => link([page, row[id]]) : null, empty: "No messages in this time." });
  });
  const file = csvButton(title.toLowerCase().replace(" ", "-"), () => [[id, name, "messages"], ...rows.map((row) => [row[id], row[name], row.messages])]);
  return panel(title, shown.node, { text: days === 1 ? "By messages today." : `By messages in the last ${days} days.`, actions: [file] });
}
