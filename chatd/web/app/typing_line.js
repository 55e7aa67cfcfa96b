import { h, show } from "./element.js";

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
  if (names.length === 1) return `${names[0]} is typing`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`;
  return `${names.length} people are typing`;
}
