import { Account } from "../sdk/index.js";
import { h } from "./element.js";
import { t, told } from "./language.js";
import { remembered } from "./remembered.js";
import { typeface } from "./typeface.js";
import { Workspace } from "./workspace.js";

const account = new Account();
const stage = h("div", { id: "stage" });
document.body.prepend(stage);

/** Show the page that fits the address and who is signed in. */
async function start() {
  try {
    const [, kind, secret] = /^\/(join|reset)\/([^/]+)$/.exec(location.pathname) ?? [];
    if (kind === "join") return await showJoin(secret);
    if (kind === "reset") return await showReset(secret);
    if (remembered.person) return await resume(remembered.person);
    const person = await account.me();
    if (person) openWorkspace(person);
    else await showSignIn();
  } catch (failure) {
    await showUnreachable(failure);
  }
}

function enter() {
  history.replaceState(null, "", "/");
  start();
}

/** Begin with what was kept. That they are signed out shows when the chat asks for a token. */
async function resume(known) {
  const workspace = openWorkspace(known);
  const person = await account.me().catch((failure) => console.info("not asked who is here:", failure.message));
  if (!person) return;
  remembered.keep(person);
  if (person.user_id === known.user_id) return workspace.know(person);
  // Somebody else has signed in at this browser meanwhile: nothing of the one before may stay.
  location.reload();
}

function openWorkspace(person) {
  remembered.keep(person);
  const workspace = new Workspace(account, person, { left });
  stage.replaceChildren(workspace.node);
  workspace.open();
  return workspace;
}

function left() {
  remembered.forget();
  start();
}

async function showJoin(secret) {
  const { joinPage } = await import("./join.js");
  stage.replaceChildren(await joinPage(account, secret, enter));
  typeface();
}

async function showReset(secret) {
  const { resetPage } = await import("./reset_page.js");
  stage.replaceChildren(await resetPage(account, secret, enter));
  typeface();
}

async function showSignIn() {
  const { signInPage } = await import("./sign_in.js");
  stage.replaceChildren(signInPage(account, start));
  typeface();
}

async function showUnreachable(failure) {
  const { door } = await import("./door.js");
  const again = h("button", { type: "button", class: "button primary wide", onclick: start }, t("Try again"));
  stage.replaceChildren(door(t("No answer"), told(failure.message), again));
}

start();
