import { Account } from "../sdk/index.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { submitForm } from "./submit.js";

const KEY = "chatd.visitor";
const UNKNOWN = 401;

/** Somebody without an account at the widget: who they are, only this browser knows, by the token of the last visit. */
export class Visitor {
  /** The channel_url of their conversation, once they have come. */
  channelUrl = "";

  #account = new Account();
  #token = recalled();

  /** Who was here before comes back. Whether they did; else they have to say their name. */
  async comeBack() {
    if (!this.#token) return false;
    try {
      this.#keep(await this.#account.visit({ token: this.#token }));
    } catch (failure) {
      if (failure.status !== UNKNOWN) throw failure;
      this.#token = "";
    }
    return this.#token !== "";
  }

  async enter(nickname) {
    this.#keep(await this.#account.visit({ nickname }));
  }

  /** A session token. */
  async token() {
    this.#keep(await this.#account.visit({ token: this.#token }));
    return this.#token;
  }

  #keep({ token, channel }) {
    this.#token = token;
    this.channelUrl = channel;
    try {
      localStorage.setItem(KEY, token);
    } catch {
      // A browser that keeps nothing for frames: the visit ends with the page.
    }
  }
}

/** What a new visitor sees first. */
export function visitorForm(visitor, entered) {
  const name = new Field({ label: t("Your name"), name: "name", autocomplete: "name", maxlength: "80" });
  const work = async () => {
    if (!name.value.trim()) return name.complain(t("Enter the name that others will see."));
    await visitor.enter(name.value.trim());
    entered();
  };
  const form = submitForm({ fields: [name.node], button: t("Start the conversation"), work });
  return h("div", { class: "widget-door" }, h("h2", {}, t("How can we help?")), h("p", {}, t("Tell us your name, and write to us.")), form);
}

function recalled() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}
