import { h } from "../../app/element.js";
import { openDialog } from "../../app/dialog.js";
import { openTyped } from "../form.js";
import { area, loading } from "../states.js";

const EACH_MS = 1500;
const ENDED = new Set(["done", "failed", "canceled"]);

/** Ask that a user be forgotten; who does types the id. */
export function openErase(application, { user_id }, done) {
  openTyped({
    title: "Erase this user",
    text: "The user is deleted, and so are their messages, files, reactions, sessions and devices, in all channels, also from the log. This cannot be undone.",
    word: user_id,
    button: "Erase for ever",
    work: () => application.call("users.erase", { user_id }),
    done,
  });
}

/** Have a file made with what is known of a user and what they wrote, and hand it out. */
export function openExport(application, { user_id }) {
  let isOpen = true;
  const content = area(async () => {
    const request = await application.call("privacy.create", { action: "access", user_id });
    const ended = await waited(application, request, () => isOpen);
    if (!ended?.files) return h("p", { class: "dialog-text" }, "The file could not be made.");
    return [h("p", { class: "dialog-text" }, "The file is there. Its address works for a while."), h("a", { class: "button primary", href: ended.files.url, download: true }, "Download")];
  });
  content.node.append(h("p", { class: "dialog-text" }, "The file is being made."), loading());
  openDialog(`Data of ${user_id}`, content.node, { closed: () => (isOpen = false) });
}

/** The request when it has ended, or null when nobody waits for it any more. */
async function waited(application, request, isWanted) {
  let seen = request;
  while (isWanted()) {
    if (ENDED.has(seen.status)) return seen;
    await new Promise((resolve) => setTimeout(resolve, EACH_MS));
    seen = await application.call("privacy.view", { request_id: request.request_id });
  }
  return null;
}
