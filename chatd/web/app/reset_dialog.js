import { nameOf } from "../sdk/index.js";
import { copyText } from "./clipboard.js";
import { fullMoment } from "./clock.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { submitForm } from "./submit.js";

/** An owner makes a link with which somebody chooses a new password. */
export function openReset(account, user) {
  const name = nameOf(user);
  const area = h("div", {});
  const work = async () => area.replaceChildren(...link(await account.createReset(user.user_id)));
  area.append(submitForm({ fields: [], button: t("Make a link"), work }));
  const text = t("{name} chooses a new password with a link. Send it to nobody else: whoever opens it gets into the account, and all devices of {name} are signed out.", { name });
  openDialog(t("Reset the password of {name}", { name }), [h("p", { class: "dialog-text" }, text), area]);
}

function link({ url, expires_at }) {
  const input = h("input", { class: "input", dir: "ltr", readonly: true, value: url, "aria-label": t("Link to a new password"), onfocus: ({ target }) => target.select() });
  const copy = h("button", { type: "button", class: "button primary" }, icon("copy"), t("Copy"));
  copy.addEventListener("click", async () => {
    await copyText(url, input);
    copy.replaceChildren(icon("check"), t("Copied"));
  });
  return [h("div", { class: "copy-row" }, input, copy), h("p", { class: "field-note" }, t("Works once, until {moment}.", { moment: fullMoment(expires_at) }))];
}
