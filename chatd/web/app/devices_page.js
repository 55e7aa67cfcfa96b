import { fullMoment } from "./clock.js";
import { confirm } from "./confirm.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t, told } from "./language.js";
import { softwareText } from "./software_words.js";
import { toast, toastFailure } from "./toast.js";

/** Where a person is signed in, and how to end that. */
export class DevicesPage {
  #account;
  #list = h("ul", { class: "people sessions", "aria-label": t("Devices and sessions") });
  #others = h("button", { type: "button", class: "button danger", hidden: true, onclick: () => this.#endOthers() }, t("Sign out everywhere else"));

  constructor({ account }) {
    this.#account = account;
    const about = t("Sign out what you do not know or do not use any more. Who was in there has to sign in again.");
    this.node = h("div", { class: "settings-parts" }, h("p", { class: "field-note" }, about), this.#list, h("div", {}, this.#others));
    this.#load();
  }

  close() {}

  async #load() {
    try {
      const { sessions } = await this.#account.sessions();
      this.#list.replaceChildren(...sessions.map((session) => this.#row(session)));
      this.#others.hidden = sessions.length < 2;
    } catch (failure) {
      this.#list.replaceChildren(h("li", { class: "people-none" }, told(failure.message)));
    }
  }

  #row(session) {
    const name = softwareText(session.software);
    const seen = session.seen_at ? t("Last used {moment}", { moment: fullMoment(session.seen_at) }) : "";
    const facts = [session.is_current ? t("This browser") : seen, session.address].filter(Boolean).join(" · ");
    const words = h("span", { class: "person-name" }, h("bdi", { title: session.software }, name), h("small", {}, facts));
    const end = h("button", { type: "button", class: "button small", "aria-label": t("Sign out {name}", { name }), onclick: () => this.#end(session) }, t("Sign out"));
    return h("li", { class: "person" }, h("span", { class: "row-sign" }, icon("device")), words, !session.is_current && end);
  }

  #end(session) {
    return this.#attempt(() => this.#account.endSession(session.session_id), t("Signed out"));
  }

  async #endOthers() {
    const question = { title: t("Sign out everywhere else?"), text: t("Only this browser stays signed in."), action: t("Sign out") };
    if (await confirm(question)) await this.#attempt(() => this.#account.endOtherSessions(), t("Signed out everywhere else"));
  }

  async #attempt(work, done) {
    try {
      await work();
      toast(done);
    } catch (failure) {
      toastFailure(t("That was refused."), failure);
    }
    await this.#load();
  }
}
