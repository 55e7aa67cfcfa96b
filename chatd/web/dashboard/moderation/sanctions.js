import { h } from "../../app/element.js";
import { askingButton } from "../acts.js";
import { panel } from "../page.js";
import { person } from "../person.js";
import { PagedTable } from "../table.js";
import { when } from "../words.js";

const KINDS = {
  bans: { title: "Banned", empty: "Nobody is banned.", rowsOf: ({ banned_list }) => banned_list.map((ban) => ({ ...ban, ...ban.user })), text: "The user may come back to the channel." },
  mutes: { title: "Muted", empty: "Nobody is muted.", rowsOf: ({ muted_list }) => muted_list, text: "The user may write in the channel again." },
};

/** Who is banned from a channel, or muted in it, with a way back; `kind` is "bans" or "mutes". */
export function sanctioned({ application, link }, kind, channel_url) {
  if (!application.may(`${kind}.list`)) return null;
  const { title, empty, rowsOf, text } = KINDS[kind];
  const lift = (user_id) => application.may(`${kind}.remove`) && askingButton("Lift", { title: "Lift it?", text, action: "Lift" },
    () => application.call(`${kind}.remove`, { channel_url, user_id }), { done: () => list.again(), kind: "" });
  const list = new PagedTable(title, [
    { title: "User", by: ({ nickname, user_id }) => nickname || user_id, cell: person },
    { title: "Reason", kind: "text", cell: ({ description }) => h("span", { dir: "auto" }, description) },
    { title: "Until", kind: "time", by: ({ end_at }) => end_at, order: "end", direction: "ascending", cell: ({ end_at }) => when(end_at) },
    { title: "", kind: "act", cell: ({ user_id }) => lift(user_id) },
  ], { to: ({ user_id }) => link(["users", user_id]), empty, order: () => "end" });
  list.open(async (token) => {
    const found = await application.call(`${kind}.list`, { channel_url, token, limit: 10 });
    return { rows: rowsOf(found), next: found.next };
  });
  return panel(title, list.node);
}
