import { h } from "../app/element.js";
import { Account } from "../sdk/account.js";
import { me } from "./application.js";
import { nowhere, signIn, unreachable } from "./door.js";
import { Shell } from "./shell.js";

const account = new Account();
const stage = h("div", { id: "stage" });
document.body.prepend(stage);

/** Show the page that fits who is signed in. */
async function start() {
  try {
    const person = await me();
    if (person.applications.length) stage.replaceChildren(new Shell(person, { signOut, expired: start }).node);
    else stage.replaceChildren(nowhere(person, signOut));
  } catch (failure) {
    stage.replaceChildren(failure.status === 401 ? signIn(account, start) : unreachable(failure, start));
  }
}

async function signOut() {
  await account.signOut();
  await start();
}

start();
