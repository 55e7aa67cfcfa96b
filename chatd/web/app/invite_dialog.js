import { fullMoment } from "./clock.js";
import { copyText } from "./clipboard.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t, told } from "./language.js";

/** Make a link with which one person can join, and let it be copied. */
export function openInvite(account) {
  const area = h("div", { class: "invite-area", "aria-live": "polite" }, h("span", { class: "spinner" }));
  openDialog(t("Invite people"), [
    h("p", { class: "dialog-text" }, t("Send this link to one person. It opens a page where they choose a login and a password.")),
    area,
  ]);
  const make = async () => {
    try {
      area.replaceChildren(...link(await account.createInvite(), make));
    } catch (failure) {
      const again = h("button", { type: "button", class: "button", onclick: make }, t("Try again"));
      area.replaceChildren(h("p", { class: "problem", role: "alert" }, told(failure.message)), again);
    }
  };
  make();
}

function link({ url, expires_at }, another) {
  const input = h("input", { class: "input", dir: "ltr", readonly: true, value: url, "aria-label": t("Invite link"), onfocus: ({ target }) => target.select() });
  const copy = h("button", { type: "button", class: "button primary" }, icon("copy"), t("Copy"));
  copy.addEventListener("click", async () => {
    await copyText(url, input);
    copy.replaceChildren(icon("check"), t("Copied"));
  });
  return [
    h("div", { class: "copy-row" }, input, copy),
    h(
      "p",
      { class: "field-note" },
      t("Works once, until {moment}.", { moment: fullMoment(expires_at) }), " ",
      h("button", { type: "button", class: "link", onclick: another }, t("Make another link")),
    ),
  ];
}
