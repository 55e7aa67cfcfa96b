import { fullMoment } from "./clock.js";
import { copyText } from "./clipboard.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

/** Make a link with which one person can join, and let it be copied. */
export function openInvite(account) {
  const area = h("div", { class: "invite-area", "aria-live": "polite" }, h("span", { class: "spinner" }));
  openDialog("Invite people", [
    h("p", { class: "dialog-text" }, "Send this link to one person. It opens a page where they choose a login and a password."),
    area,
  ]);
  const make = async () => {
    try {
      area.replaceChildren(...link(await account.createInvite(), make));
    } catch (failure) {
      const again = h("button", { type: "button", class: "button", onclick: make }, "Try again");
      area.replaceChildren(h("p", { class: "problem", role: "alert" }, failure.message), again);
    }
  };
  make();
}

function link({ url, expires_at }, another) {
  const input = h("input", { class: "input", readonly: true, value: url, "aria-label": "Invite link", onfocus: ({ target }) => target.select() });
  const copy = h("button", { type: "button", class: "button primary" }, icon("copy"), "Copy");
  copy.addEventListener("click", async () => {
    await copyText(url, input);
    copy.replaceChildren(icon("check"), "Copied");
  });
  return [
    h("div", { class: "copy-row" }, input, copy),
    h(
      "p",
      { class: "field-note" },
      `Works once, until ${fullMoment(expires_at)}. `,
      h("button", { type: "button", class: "link", onclick: another }, "Make another link"),
    ),
  ];
}
