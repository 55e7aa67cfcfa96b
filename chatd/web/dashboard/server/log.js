import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { choice, head } from "../page.js";
import { Area, nothing } from "../states.js";
import { log } from "./server.js";

const EACH_MS = 3_000;
const SHOWN = 500;
const LEVELS = [["debug", "All lines"], ["info", "Info and worse"], ["warning", "Warnings and worse"], ["error", "Errors"]];
const FIXED = new Set(["time", "level", "event", "number", "traceback"]);

/** The last lines of the log, the newest first; new ones come by themselves. */
export function open({ query, ask }) {
  const page = new Log(query, ask);
  return { node: page.node, close: () => page.close() };
}

class Log {
  #ask;
  #level;
  #text;
  #last = 0;
  #turn = 0;
  #list = h("ol", { class: "log", "aria-label": "Log" });
  #area = new Area(() => this.#anew());
  #timer = setInterval(() => this.#more(), EACH_MS);

  constructor(query, ask) {
    this.#ask = ask;
    this.#level = LEVELS.some(([level]) => level === query.get("level")) ? query.get("level") : "debug";
    this.#text = query.get("text") ?? "";
    const level = choice("Level", LEVELS, this.#level, (value) => this.#narrow({ level: value }));
    const field = h("input", { class: "input small", type: "search", placeholder: "Find in the log", "aria-label": "Find in the log", value: this.#text,
      onchange: ({ target }) => this.#narrow({ text: target.value.trim() }) });
    this.node = h("div", { class: "page" }, head("Log", "What the server wrote last; it keeps a thousand lines here, all of them on standard error.", field, level), this.#area.node);
    this.#area.show();
  }

  close() {
    clearInterval(this.#timer);
  }

  #narrow({ level = this.#level, text = this.#text }) {
    [this.#level, this.#text] = [level, text];
    this.#ask({ level: level === "debug" ? "" : level, text });
    this.#area.show();
  }

  async #anew() {
    this.#turn += 1;
    const [lines] = await Promise.all([log(0, this.#level, this.#text), stylesheet("dashboard_server")]);
    this.#list.replaceChildren();
    this.#add(lines);
    return lines.length ? this.#list : nothing("No such lines.", this.#text ? "Try another word, or all lines." : "");
  }

  async #more() {
    if (document.hidden || !this.#list.isConnected) return;
    const turn = this.#turn;
    // Without an answer the next one has these lines too.
    const lines = await log(this.#last, this.#level, this.#text).catch(() => []);
    if (turn === this.#turn) this.#add(lines);
  }

  #add(lines) {
    this.#list.prepend(...lines.map(lineOf).reverse());
    this.#last = lines.at(-1)?.number ?? this.#last;
    while (this.#list.childElementCount > SHOWN) this.#list.lastElementChild.remove();
  }
}

function lineOf(line) {
  const fields = Object.entries(line).filter(([name]) => !FIXED.has(name));
  return h("li", { class: line.level },
    h("time", { datetime: line.time, title: line.time }, new Date(line.time).toLocaleTimeString()),
    h("span", { class: "level" }, line.level),
    h("div", {}, h("span", { class: "event" }, line.event),
      fields.map(([name, value]) => [" ", h("span", { class: "field-name" }, `${name}=`), String(value)]),
      line.traceback && h("pre", { tabindex: "0" }, line.traceback)));
}
