import { door } from "./door.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { newPasswordFields } from "./password_page.js";
import { submitForm } from "./submit.js";

/** The page behind a link that resets a password; calls `entered` when somebody is signed in with the new one. */
export async function resetPage(account, secret, entered) {
  const reset = await account.viewReset(secret);
  if (reset === null) return expired();
  const { password, repeated, isComplete } = newPasswordFields();
  const work = async () => {
    if (!isComplete()) return;
    await account.resetPassword(secret, password.value);
    entered();
  };
  const name = h("input", { type: "text", name: "username", autocomplete: "username", value: reset.login, hidden: true, readonly: true });
  const form = submitForm({ fields: [name, password.node, repeated.node], button: t("Save and sign in"), work });
  queueMicrotask(() => password.input.focus());
  return door(t("Choose a new password"), t("For the login {login}. All your devices are signed out.", { login: reset.login }), form);
}

function expired() {
  const text = t("Such links work once and for a day. Ask for a new one.");
  return door(t("This link is no longer valid"), text, h("a", { class: "button wide", href: "/" }, t("Go to sign in")));
}
