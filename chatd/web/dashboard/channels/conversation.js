import { h, show } from "../../app/element.js";
import { KeyedChildren } from "../../app/keyed.js";
import { button } from "../acts.js";
import { attempt } from "../form.js";
import { loading, nothing, problem } from "../states.js";
import { messageRow } from "./message.js";

const EACH_MS = 3_000;
const PAGE = 50;
const NEAR_END_PX = 60;

/** The messages of a channel, followed as they come. Returned by way of `node`; `close()` when nobody looks any more. */
export class Conversation {
  #place;
  #url;
  #messages = new Map();
  #list = h("ol", { class: "talk-list" });
  #rows = new KeyedChildren(this.#list);
  #earlier = button("Earlier messages", () => this.#loadEarlier(), "quiet");
  #notice = h("div", {}, loading());
  #scroller = h("div", { class: "talk", tabindex: "0", role: "log", "aria-label": "Conversation" }, h("div", { class: "talk-earlier" }, this.#earlier), this.#notice, this.#list);
  #timer;

  constructor(place, url) {
    this.#place = place;
    this.#url = url;
    this.#earlier.hidden = true;
    this.node = h("section", { class: "panel talk-panel", "aria-label": "Messages" },
      h("header", { class: "panel-head" }, h("h2", {}, "Conversation"), h("p", { class: "live" }, h("span", { class: "live-dot" }), "live")),
      this.#scroller, place.application.may("messages.send") && this.#composer());
    this.#timer = setInterval(() => document.hidden || this.#follow(), EACH_MS);
    this.#follow();
  }

  close() {
    clearInterval(this.#timer);
  }

  /** Up to a page before a place. The server looks through so many, also deleted ones, and is asked to go on. */
  async #ask(params) {
    const { messages, prev_message_id } = await this.#place.application.call("messages.list", { channel_url: this.#url, next_limit: 0, prev_limit: PAGE, include_reply_type: "ALL", ...params });
    if (!prev_message_id) return messages;
    const limit = (params.prev_limit ?? PAGE) - messages.length;
    return [...await this.#ask({ message_id: prev_message_id, include: false, prev_limit: limit }), ...messages];
  }

  /** The newest ones: what is between them and is listed no more was deleted. */
  async #follow() {
    try {
      const messages = await this.#ask({ message_ts: Number.MAX_SAFE_INTEGER });
      const oldest = messages.length < PAGE ? 0 : messages[0].message_id;
      const isApart = oldest > Math.max(0, ...this.#messages.keys());
      for (const id of [...this.#messages.keys()]) if (isApart || id >= oldest) this.#messages.delete(id);
      this.#keep(messages);
      // Between what is far from it and these there may be others: whoever wants them asks for earlier ones.
      if (isApart || this.#messages.size === messages.length) show(this.#earlier, messages.length === PAGE);
      this.#notice.replaceChildren(...(this.#messages.size ? [] : [nothing("No messages yet.")]));
    } catch (failure) {
      this.#notice.replaceChildren(problem(failure));
    }
  }

  async #loadEarlier() {
    const [first] = this.#list.children;
    const message_id = Math.min(...this.#messages.keys());
    await attempt(async () => {
      const messages = await this.#ask({ message_id, include: false });
      this.#keep(messages);
      show(this.#earlier, messages.length === PAGE);
    });
    first?.scrollIntoView();
  }

  #keep(messages) {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    for (const message of messages) this.#messages.set(message.message_id, message);
    const sorted = [...this.#messages.values()].sort((one, other) => one.message_id - other.message_id);
    this.#rows.update(sorted.map((message) => ({
      key: message.message_id,
      signature: `${message.updated_at} ${message.message}`,
      render: () => messageRow(this.#place, message, () => this.#follow()),
    })));
    if (isAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** What is posted comes from nobody: it is an admin message. */
  #composer() {
    const field = h("input", { class: "input", "aria-label": "Admin message", placeholder: "Post an admin message", maxlength: 5000, autocomplete: "off" });
    const submit = async (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      const sent = await attempt(() => this.#place.application.call("messages.send", { channel_url: this.#url, message_type: "ADMM", message: text }));
      if (!sent) return;
      field.value = "";
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
      this.#follow();
    };
    return h("form", { class: "talk-form", onsubmit: submit }, field, h("button", { type: "submit", class: "button primary" }, "Post"));
  }
}
