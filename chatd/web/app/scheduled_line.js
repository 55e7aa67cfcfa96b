import { h, show } from "./element.js";
import { icon } from "./icon.js";
import { counted } from "./language.js";

/** Says above the field how many messages are scheduled here, and leads to them. */
export class ScheduledLine {
  #chat;
  #channel;
  #ending;

  constructor(chat, channel) {
    this.#chat = chat;
    this.#channel = channel;
    this.node = h("button", { type: "button", class: "scheduled-line", hidden: true, onclick: () => this.#open() });
    this.#ending = chat.scheduled.changed.listen(() => this.#draw());
    this.#draw();
  }

  close() {
    this.#ending();
  }

  #draw() {
    const items = this.#chat.scheduled.of(this.#channel.url);
    const failed = items.filter((item) => item.scheduled_status === "failed").length;
    const text = failed > 0
      ? counted(failed, "{count} scheduled message was not sent", "{count} scheduled messages were not sent")
      : counted(items.length, "{count} scheduled message", "{count} scheduled messages");
    this.node.classList.toggle("failed", failed > 0);
    this.node.replaceChildren(icon(failed > 0 ? "warning" : "clock"), text);
    show(this.node, items.length > 0);
  }

  async #open() {
    const { openScheduled } = await import("./scheduled_dialog.js");
    openScheduled(this.#chat, this.#channel);
  }
}
