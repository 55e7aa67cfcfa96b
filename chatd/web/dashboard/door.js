import { h } from "../app/element.js";
import { Field } from "../app/field.js";
import { logo } from "../app/logo.js";
import { submitForm } from "../app/submit.js";

/** The page to sign in, with the account of the web chat; calls `entered` when it is done. */
export function signIn(account, entered) {
  const login = new Field({ label: "Login", name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
  const password = new Field({ label: "Password", name: "password", type: "password", autocomplete: "current-password" });
  const work = async () => {
    if (!login.value.trim()) return login.complain("Enter your login.");
    if (!password.value) return password.complain("Enter your password.");
    await account.signIn(login.value.trim(), password.value);
    await entered();
  };
  queueMicrotask(() => login.input.focus());
  return card("Dashboard", "Sign in with your account of this server.", submitForm({ fields: [login.node, password.node], button: "Sign in", work, explain }));
}

/** For somebody who is on no team. */
export function nowhere({ login }, signOut) {
  return card("No application yet", `You are signed in as ${login}, and are on no team. Ask an owner to add you.`,
    h("button", { type: "button", class: "button wide", onclick: signOut }, "Sign out"));
}

export function unreachable(failure, again) {
  return card("No answer", failure.message, h("button", { type: "button", class: "button primary wide", onclick: again }, "Try again"));
}

function card(headline, sentence, content) {
  return h("main", { class: "door" }, h("section", { class: "card" }, logo(), h("h1", {}, headline), h("p", { class: "lead" }, sentence), content));
}

function explain(failure) {
  if (failure.status !== 429) return failure.message;
  return failure.retryAfter ? `Too many attempts. Try again in ${failure.retryAfter} s.` : "Too many attempts. Try again in a minute.";
}
