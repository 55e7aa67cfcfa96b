import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { toast, toastFailure } from "../../app/toast.js";
import { head, panel } from "../page.js";
import { Area } from "../states.js";
import { table } from "../table.js";
import { number, precisely, when } from "../words.js";
import { amount } from "./amount.js";
import { backUp, DIAGNOSTICS, view } from "./server.js";

const TABLES = [
  { title: "Table", cell: ({ name }) => h("code", {}, name) },
  { title: "Entries", kind: "number", by: ({ entries }) => entries, cell: ({ entries }) => number(entries) },
  { title: "Size", kind: "number", by: ({ bytes }) => bytes, cell: ({ bytes }) => amount(bytes) },
];
const BACKUPS = [
  { title: "Written", by: ({ created_at }) => created_at, cell: ({ created_at }) => h("span", { title: precisely(created_at) }, when(created_at)) },
  { title: "Where", cell: ({ path }) => h("code", {}, path) },
  { title: "Version", cell: ({ version }) => version },
  { title: "Store", kind: "number", by: ({ bytes }) => bytes, cell: ({ bytes }) => amount(bytes) },
  { title: "Files", kind: "number", by: ({ file_bytes }) => file_bytes, cell: ({ file_bytes }) => amount(file_bytes) },
];

/** What the store holds, its backups, and the bundle for who helps. */
export function open() {
  const area = new Area(async () => {
    const [found] = await Promise.all([view(), stylesheet("dashboard_server")]);
    return [facts(found), upgrading(found), backups(found.backups), panel("Tables", tables(found.store), { text: "What the store holds, the largest first." })];
  }, { class: "stack" });
  area.show();
  const bundle = h("a", { class: "button quiet", href: DIAGNOSTICS, download: "chatd-diagnostics.json", title: "Version, figures, settings and log in one file: no secrets, no messages" }, "Diagnostics");
  return h("div", { class: "page" }, head("Storage and backups", "", bundle), area.node);
}

function facts({ version, python, system, store }) {
  const rows = [
    ["Version", `chatd ${version}, Python ${python}, ${system}`],
    ["Store", `${amount(store.used_bytes)} in a map of ${amount(store.map_bytes)}`],
    ["Files of messages", amount(store.file_bytes)],
    ["Directory", h("code", {}, store.directory)],
    ["Format", String(store.format)],
  ];
  return panel("Server", h("dl", { class: "facts" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
}

/** How to have a newer version, in the words of docs/operations.md. */
function upgrading({ version, store, changes }) {
  const steps = [
    "Stop chatd, and back it up.", "Put the new version in the place of this one; CHANGELOG.md there says what has changed.",
    ["Start it. If its stores have another format than ", String(store.format), ", it first backs this one up into ", h("code", {}, `${store.directory}/backups-before-upgrade`), " and then upgrades it. Remove that backup when you are content."],
  ];
  const words = changes.length > 0 && h("details", { class: "note changes" }, h("summary", {}, `What is new in ${version}`), h("ul", { class: "steps", tabindex: "0", "aria-label": `What is new in ${version}` }, changes.map((each) => h("li", {}, marked(each)))));
  return panel("Upgrade", [h("ol", { class: "note steps" }, steps.map((step) => h("li", {}, step))), words], { text: `This is chatd ${version}. A store that was written by a newer version is refused by an older one: to go back, restore the backup.` });
}

/** A line of the changelog, with its names of things as code. */
function marked(text) {
  return text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));
}

function tables({ tables: found }) {
  return table("Tables", TABLES, found.filter(({ entries }) => entries), { empty: "Nothing is stored yet." });
}

function backups({ directory, every_hours, keep, failures, list }) {
  const now = h("button", { type: "button", class: "button", onclick: () => wanted(now) }, "Back up now");
  const schedule = directory ? `Every ${number(every_hours)} hours into ${directory}; the last ${keep} are kept.${failures ? ` ${failures} failed since the start.` : ""}` : "";
  const empty = directory ? "The first one is being written." : "There is no schedule: name a directory in [backup] of the configuration.";
  return panel("Backups", h("div", {}, table("Backups", BACKUPS, list, { empty }), list.length > 0 && restoring(list[0])), { text: schedule, actions: directory ? [now] : [] });
}

function restoring({ path }) {
  return h("p", { class: "note restore" }, "To go back to one, stop chatd, move its data directory away, and run ",
    h("code", {}, `chatd restore ${path}`), ". Clients load anew, and everybody signs in anew.");
}

async function wanted(button) {
  button.disabled = true;
  try {
    await backUp();
    toast("A backup is being written. It is in the list when it is whole.");
  } catch (failure) {
    toastFailure("There is no backup.", failure);
  }
  button.disabled = false;
}
