import { Account } from "../sdk/account.js";
import { door } from "./door.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { counted, t, told } from "./language.js";
import { submitForm } from "./submit.js";

/** The page to sign in; calls `entered` when it is done. */
export function signInPage(account, entered) {
  const login = new Field({ label: t("Login"), name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
  const password = new Field({ label: t("Password"), name: "password", type: "password", autocomplete: "current-password" });
  const code = new Field({ label: t("Code"), name: "code", autocomplete: "one-time-code", autocapitalize: "none", spellcheck: "false", dir: "ltr", hint: t("From your authenticator app, or a recovery code.") });
  code.node.hidden = true;
  const work = async () => {
    if (!login.value.trim()) return login.complain(t("Enter your login."));
    if (!password.value) return password.complain(t("Enter your password."));
    try {
      await account.signIn(login.value.trim(), password.value, code.value.trim());
    } catch (failure) {
      if (failure.code !== Account.CODE_NEEDED) throw failure;
      code.node.hidden = false;
      return code.input.focus();
    }
    entered();
  };
  const form = submitForm({ fields: [login.node, password.node, code.node], button: t("Sign in"), work, explain });
  const others = h("div", { class: "other-ways" });
  const page = door(t("Welcome back"), t("Sign in to your team's chat."), refusal(), form, others);
  showProvider(account, others);
  queueMicrotask(() => login.input.focus());
  return page;
}

/** The way in by another provider, when there is one. */
async function showProvider(account, place) {
  try {
    const label = await account.providerLabel();
    if (label) place.append(h("p", { class: "or" }, t("or")), h("a", { class: "button wide", href: "/auth/openid/begin", dir: "auto" }, label));
  } catch (failure) {
    console.info("provider not known:", failure.message);
  }
}

/** Why somebody has come back from there without being in. */
function refusal() {
  const reason = new URLSearchParams(location.search).get("refused");
  if (reason === null) return null;
  history.replaceState(null, "", "/");
  const text = reason === "forbidden" ? t("You have no access here. Ask whoever runs this chat.") : t("You were not signed in. Try again.");
  return h("p", { class: "problem", role: "alert" }, text);
}

function explain(failure) {
  if (failure.status !== 429) return told(failure.message);
  const wait = failure.retryAfter;
  if (!wait) return t("Too many attempts. Try again in a minute.");
  return counted(wait, "Too many attempts. Try again in {count} second.", "Too many attempts. Try again in {count} seconds.");
}
