import { Account } from "../sdk/index.js";
import { door } from "./door.js";
import { h } from "./element.js";
import { joinPage } from "./join.js";
import { t, told } from "./language.js";
import { signInPage } from "./sign_in.js";
import { Workspace } from "./workspace.js";

const account = new Account();
const stage = h("div", { id: "stage" });
document.body.prepend(stage);

/** Show the page that fits the address and who is signed in. */
async function start() {
  try {
    const [, secret] = /^\/join\/([^/]+)$/.exec(location.pathname) ?? [];
    if (secret) return stage.replaceChildren(await joinPage(account, secret, enter));
    const person = await account.me();
    if (person) openWorkspace(person);
    else stage.replaceChildren(signInPage(account, start));
  } catch (failure) {
    stage.replaceChildren(unreachable(failure));
  }
}

function enter() {
  history.replaceState(null, "", "/");
  start();
}

function openWorkspace(person) {
  const workspace = new Workspace(account, person, { left: start });
  stage.replaceChildren(workspace.node);
  workspace.open();
}

function unreachable(failure) {
  const again = h("button", { type: "button", class: "button primary wide", onclick: start }, t("Try again"));
  return door(t("No answer"), told(failure.message), again);
}

start();
