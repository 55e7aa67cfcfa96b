import { h } from "./element.js";
import { Field } from "./field.js";
import { counted, t } from "./language.js";
import { submitForm } from "./submit.js";
import { toast } from "./toast.js";

const MIN_PASSWORD = 8;

/** Choose another password. */
export function passwordPage({ account, login }) {
  // Password managers want to know whose it is.
  const name = h("input", { type: "text", name: "username", autocomplete: "username", value: login, hidden: true, readonly: true });
  const current = new Field({ label: t("Current password"), type: "password", autocomplete: "current-password" });
  const { password, repeated, isComplete } = newPasswordFields();
  const work = async () => {
    if (!current.value) return current.complain(t("Enter your current password."));
    if (!isComplete()) return;
    await account.changePassword(current.value, password.value);
    [current, password, repeated].forEach((field) => (field.input.value = ""));
    toast(t("Your password is changed. Other devices are signed out."));
  };
  const form = submitForm({ fields: [name, current.node, password.node, repeated.node], button: t("Change password"), work });
  const note = h("p", { class: "field-note" }, t("All your other devices are signed out then."));
  return { node: h("div", { class: "settings-parts" }, note, form), close: () => {} };
}

/** The fields of a new password, typed twice. `isComplete()` says what is wrong, if anything is. */
export function newPasswordFields() {
  const password = new Field({ label: t("New password"), type: "password", autocomplete: "new-password", hint: counted(MIN_PASSWORD, "At least {count} character", "At least {count} characters") });
  const repeated = new Field({ label: t("New password once more"), type: "password", autocomplete: "new-password" });
  const isComplete = () => {
    if ([...password.value].length < MIN_PASSWORD) password.complain(counted(MIN_PASSWORD, "Use at least {count} character.", "Use at least {count} characters."));
    else if (password.value !== repeated.value) repeated.complain(t("This is another password than the one above."));
    else return true;
    return false;
  };
  return { password, repeated, isComplete };
}
