import { door } from "./door.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { counted, t } from "./language.js";
import { submitForm } from "./submit.js";

const MIN_PASSWORD = 8;
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;

/** The page behind an invite link: makes an account and calls `entered`. */
export async function joinPage(account, secret, entered) {
  const invite = await account.viewInvite(secret);
  if (invite === null) return expired();
  const fields = newFields(invite.login);
  const work = async () => {
    if (!isComplete(fields)) return;
    const { nickname, login, password } = fields;
    await account.acceptInvite(secret, { nickname: nickname.value.trim(), login: login.value, password: password.value });
    entered();
  };
  const nodes = Object.values(fields).map((field) => field.node);
  const form = submitForm({ fields: nodes, button: t("Create account"), work });
  queueMicrotask(() => fields.nickname.input.focus());
  return door(...greeting(invite), form);
}

function greeting({ role, invited_by }) {
  if (role === "owner") return [t("Set up your chat"), t("Create the owner's account. You can invite the others right after.")];
  const by = invited_by ? t("{name} invited you to the team's chat.", { name: invited_by }) : t("You are invited to the team's chat.");
  return [t("Join the conversation"), by];
}

function newFields(given) {
  const fields = {
    nickname: new Field({ label: t("Your name"), name: "name", autocomplete: "name", maxlength: "80" }),
    login: new Field({ label: t("Login"), name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false", maxlength: "40", hint: t("Small letters, digits, dot, _ and -") }),
    password: new Field({ label: t("Password"), name: "password", type: "password", autocomplete: "new-password", hint: counted(MIN_PASSWORD, "At least {count} character", "At least {count} characters") }),
  };
  if (given) {
    fields.login.input.value = given;
    fields.login.input.readOnly = true;
  } else suggestLogin(fields);
  return fields;
}

/** Until a login is typed, it follows from the name. */
function suggestLogin({ nickname, login }) {
  let typed = false;
  login.input.addEventListener("input", () => {
    typed = login.value !== "";
    login.input.value = login.value.toLowerCase();
  });
  nickname.input.addEventListener("input", () => {
    if (!typed) login.input.value = loginFrom(nickname.value);
  });
}

function loginFrom(name) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.trim().split(/\s+/)[0].replace(/[^a-z0-9._-]/g, "").slice(0, 40);
}

function isComplete({ nickname, login, password }) {
  if (!nickname.value.trim()) nickname.complain(t("Enter the name that others will see."));
  else if (!LOGIN.test(login.value)) login.complain(t("2 to 40 characters: small letters, digits, dot, _ and -, a letter or digit first."));
  else if ([...password.value].length < MIN_PASSWORD) password.complain(counted(MIN_PASSWORD, "Use at least {count} character.", "Use at least {count} characters."));
  else return true;
  return false;
}

function expired() {
  const text = t("Invite links work once and for seven days. Ask the person who sent it for a new one.");
  return door(t("This link is no longer valid"), text, h("a", { class: "button wide", href: "/" }, t("Go to sign in")));
}
