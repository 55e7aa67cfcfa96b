import { h } from "./element.js";
import { door } from "./door.js";
import { Field } from "./field.js";
import { counted, t, told } from "./language.js";
import { submitForm } from "./submit.js";

/** The page to sign in; calls `entered` when it is done. */
export function signInPage(account, entered) {
  const login = new Field({ label: t("Login"), name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
  const password = new Field({ label: t("Password"), name: "password", type: "password", autocomplete: "current-password" });
  const work = async () => {
    if (!login.value.trim()) return login.complain(t("Enter your login."));
    if (!password.value) return password.complain(t("Enter your password."));
    await account.signIn(login.value.trim(), password.value);
    entered();
  };
  const form = submitForm({ fields: [login.node, password.node], button: t("Sign in"), work, explain });
  const page = door(t("Welcome back"), t("Sign in to your team's chat."), form);
  queueMicrotask(() => login.input.focus());
  return page;
}

function explain(failure) {
  if (failure.status !== 429) return told(failure.message);
  const wait = failure.retryAfter;
  if (!wait) return t("Too many attempts. Try again in a minute.");
  return counted(wait, "Too many attempts. Try again in {count} second.", "Too many attempts. Try again in {count} seconds.");
}
