import { door } from "./door.js";
import { Field } from "./field.js";
import { submitForm } from "./submit.js";

/** The page to sign in; calls `entered` when it is done. */
export function signInPage(account, entered) {
  const login = new Field({ label: "Login", name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
  const password = new Field({ label: "Password", name: "password", type: "password", autocomplete: "current-password" });
  const work = async () => {
    if (!login.value.trim()) return login.complain("Enter your login.");
    if (!password.value) return password.complain("Enter your password.");
    await account.signIn(login.value.trim(), password.value);
    entered();
  };
  const form = submitForm({ fields: [login.node, password.node], button: "Sign in", work, explain });
  const page = door("Welcome back", "Sign in to your team's chat.", form);
  queueMicrotask(() => login.input.focus());
  return page;
}

function explain(failure) {
  if (failure.status !== 429) return failure.message;
  const wait = failure.retryAfter > 0 ? `in ${failure.retryAfter} seconds` : "in a minute";
  return `Too many attempts. Try again ${wait}.`;
}
