import { comingMoment } from "./clock.js";
import { confirm } from "./confirm.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { counted, t } from "./language.js";
import { PollOptionRow } from "./poll_option.js";
import { toastFailure } from "./toast.js";

let count = 0;

/** A poll in a conversation: what it asks, how it stands, and a way to choose. It follows the poll while it is in the page. */
export class PollCard extends HTMLElement {
  #channel;
  #poll;
  #me;
  #name = `poll-${++count}`;
  #kind = h("p", { class: "poll-kind" });
  #title = h("p", { class: "poll-title", dir: "auto" });
  #list = h("ul", { class: "poll-options" });
  #items = new KeyedChildren(this.#list, () => this.#draw());
  #rows = new Map();
  #suggestion = h("div");
  #foot = h("p", { class: "poll-foot" });
  #body = h("div", { role: "group" }, this.#kind, this.#title, this.#list, this.#suggestion, this.#foot);
  #endings = [];

  constructor(me, channel, poll) {
    super();
    this.#channel = channel;
    this.#poll = poll;
    this.#me = me;
  }

  connectedCallback() {
    this.#endings = [this.#poll, this.#channel].map(({ changed }) => changed.listen(() => this.#draw()));
    this.#draw();
  }

  disconnectedCallback() {
    this.#endings.forEach((end) => end());
  }

  #draw() {
    const { state, title, options } = this.#poll;
    if (state === "loading") return this.replaceChildren(h("p", { class: "poll-note", "aria-busy": "true" }, h("span", { class: "spinner" })));
    if (state === "gone") return this.replaceChildren(h("p", { class: "poll-note" }, t("This poll was deleted.")));
    this.#body.setAttribute("aria-label", t("Poll: {title}", { title }));
    this.#kind.replaceChildren(icon("poll"), this.#words());
    this.#title.textContent = title;
    this.#items.update(options.map(({ id }) => ({ key: id, signature: String(this.#poll.allowsSeveral), render: () => this.#begin(id) })));
    options.forEach((option) => this.#drawOption(option));
    this.#drawFoot();
    if (this.firstChild !== this.#body) this.replaceChildren(this.#body);
  }

  #words() {
    const { isOpen, isAnonymous, allowsSeveral, closesAt } = this.#poll;
    const words = [
      isOpen ? t("Poll") : t("Poll, closed"),
      isAnonymous && t("anonymous"),
      isOpen && allowsSeveral && t("several answers"),
      isOpen && closesAt > 0 && t("until {moment}", { moment: comingMoment(closesAt) }),
    ];
    return words.filter(Boolean).join(" · ");
  }

  #begin(id) {
    const row = new PollOptionRow({ isSeveral: this.#poll.allowsSeveral, name: this.#name, toggle: () => this.#toggle(id) });
    this.#rows.set(id, row);
    return row.node;
  }

  #drawOption({ id, text, voteCount, voters }) {
    const { isOpen, chosen, voterCount, options } = this.#poll;
    // One that came while another was pressed has no row yet.
    this.#rows.get(id)?.draw({
      text, voteCount, isOpen, isChosen: chosen.includes(id), voters: voters.map((userId) => this.#person(userId)),
      share: voterCount > 0 ? voteCount / voterCount : 0,
      isFirst: !isOpen && voteCount > 0 && options.every((other) => other.voteCount <= voteCount),
    });
  }

  #drawFoot() {
    const { isOpen, isAnonymous, chosen, voterCount, allowsSuggestions, createdBy } = this.#poll;
    const manages = createdBy === this.#me.user_id || this.#channel.isOperator;
    const focused = this.#foot.contains(document.activeElement) && document.activeElement.dataset.does;
    const link = (does, label, onclick) => h("button", { type: "button", class: "link", "data-does": does, onclick }, label);
    const links = [
      !isAnonymous && voterCount > 0 && link("who", t("Who voted"), () => this.#showVoters()),
      isOpen && chosen.length > 0 && link("back", t("Take back"), () => this.#vote([])),
      isOpen && (allowsSuggestions || manages) && link("suggest", t("Add an option"), () => this.#ask()),
      isOpen && manages && link("edit", t("Edit"), () => this.#edit()),
      isOpen && manages && link("close", t("Close"), () => this.#close()),
    ];
    this.#foot.replaceChildren(h("span", {}, counted(voterCount, "{count} person voted", "{count} people voted")), ...links.filter(Boolean));
    if (focused) (this.#foot.querySelector(`[data-does="${focused}"]`) ?? this.#list.querySelector("input:enabled"))?.focus();
  }

  #person(userId) {
    return userId === this.#me.user_id ? this.#me : (this.#channel.members.get(userId) ?? { user_id: userId });
  }

  #toggle(id) {
    const { allowsSeveral, chosen } = this.#poll;
    if (!allowsSeveral) return this.#vote([id]);
    return this.#vote(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  }

  #vote(optionIds) {
    return this.#try(t("Your vote did not arrive."), () => this.#poll.vote(optionIds));
  }

  async #close() {
    const text = t("Nobody can vote any more, and it cannot be opened again.");
    if (!(await confirm({ title: t("Close this poll?"), text, action: t("Close") }))) return;
    await this.#try(t("The poll was not closed."), () => this.#poll.close());
  }

  /** A field for another option, in the card. */
  #ask() {
    const input = h("input", { class: "input", maxlength: "2000", "aria-label": t("New option"), placeholder: t("New option") });
    const done = () => {
      this.#suggestion.replaceChildren();
      this.#foot.querySelector("[data-does=suggest]")?.focus();
    };
    const submit = async (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (text === "" || (await this.#try(t("The option was not added."), () => this.#poll.suggest(text)))) done();
    };
    const keys = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") done();
    };
    const add = h("button", { type: "submit", class: "button small primary" }, t("Add"));
    this.#suggestion.replaceChildren(h("form", { class: "poll-suggest", onsubmit: submit, onkeydown: keys }, input, add));
    input.focus();
  }

  async #edit() {
    const { openPollEditor } = await import("./poll_dialog.js");
    openPollEditor(this.#poll);
  }

  async #showVoters() {
    const { openVoters } = await import("./poll_voters.js");
    openVoters(this.#poll);
  }

  /** Whether something went well; else it is said what did not. */
  async #try(problem, work) {
    try {
      await work();
      return true;
    } catch (failure) {
      toastFailure(problem, failure);
      return false;
    }
  }
}

customElements.define("chat-poll", PollCard);
