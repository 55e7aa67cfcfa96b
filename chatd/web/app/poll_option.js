import { avatar } from "./avatar.js";
import { h } from "./element.js";
import { number, t } from "./language.js";

const FACES = 3;

/** One option of a poll, drawn anew in place: who has just chosen it keeps the focus. */
export class PollOptionRow {
  #input;
  #text = h("span", { class: "poll-text", dir: "auto" });
  #faces = h("span", { class: "faces" });
  #figure = h("span", { class: "poll-count" });
  #bar = h("i");
  #label;
  #shown = "";

  /** `name`: the one that the radio buttons of one poll share. */
  constructor({ isSeveral, name, toggle }) {
    this.#input = h("input", { type: isSeveral ? "checkbox" : "radio", name, onchange: toggle });
    this.#label = h("label", { class: "poll-option" }, this.#input, this.#text, this.#faces, this.#figure, h("span", { class: "poll-bar" }, this.#bar));
    this.node = h("li", {}, this.#label);
  }

  /** `share`: of those who voted, from 0 to 1. `voters`: users. `isFirst`: nothing else has more votes, and the poll is closed. */
  draw({ text, voteCount, voters, share, isChosen, isOpen, isFirst }) {
    this.#input.checked = isChosen;
    this.#input.disabled = !isOpen;
    this.#text.textContent = text;
    this.#show(voters.slice(0, FACES));
    this.#figure.replaceChildren(number(voteCount), h("span", { class: "unseen" }, " ", t("votes")));
    this.#bar.style.inlineSize = `${Math.min(share, 1) * 100}%`;
    this.#label.classList.toggle("chosen", isChosen);
    this.#label.classList.toggle("first-place", isFirst);
  }

  /** Pictures that are drawn anew may flicker. */
  #show(voters) {
    const shown = JSON.stringify(voters.map(({ user_id, nickname, profile_url }) => [user_id, nickname, profile_url]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#faces.replaceChildren(...voters.map((user) => avatar(user, "tiny")));
  }
}
