import { h, show } from "./element.js";
import { counted, listed, t } from "./language.js";

/** Says who is writing. Its room is always there, so that nothing moves when somebody begins. */
export class TypingLine {
  #channel;
  #text = h("span");
  #content = h("span", { class: "typing-content", hidden: true }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), this.#text);

  constructor(channel) {
    this.#channel = channel;
    this.node = h("p", { class: "typing-line" }, this.#content);
    this.draw();
  }

  draw() {
    const { names } = this.#channel.typists;
    if (names.length > 0) this.#text.textContent = sentence(names);
    show(this.#content, names.length > 0);
  }
}

function sentence(names) {
  if (names.length === 1) return t("{name} is typing", { name: names[0] });
  if (names.length === 2) return t("{names} are typing", { names: listed(names) });
  return counted(names.length, "{count} person is typing", "{count} people are typing");
}
