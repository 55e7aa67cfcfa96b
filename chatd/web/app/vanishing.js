import { h } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { counted, t } from "./language.js";
import { menuItem, openMenu } from "./menu.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const SPANS = [60, HOUR, DAY, 7 * DAY];

/** How long a message is there, in words; the time is in seconds. */
export function spanText(seconds) {
  if (seconds >= DAY) return counted(Math.round(seconds / DAY), "{count} day", "{count} days");
  if (seconds >= HOUR) return counted(Math.round(seconds / HOUR), "{count} hour", "{count} hours");
  if (seconds >= 60) return counted(Math.round(seconds / 60), "{count} minute", "{count} minutes");
  return counted(seconds, "{count} second", "{count} seconds");
}

/** After how long the next message disappears. `node` says so above the field, and takes it back. */
export class Vanishing {
  /** In seconds; 0 for never. */
  seconds = 0;
  node = h("p", { class: "vanishing", role: "status", hidden: true });

  #chosen;

  /** `chosen()`: it is another time now. */
  constructor(chosen) {
    this.#chosen = chosen;
  }

  /** The parameters of `messages.send` for it. */
  get params() {
    return this.seconds > 0 ? { message_survival_seconds: this.seconds } : {};
  }

  choose(button) {
    const items = SPANS.map((seconds) => menuItem(icon("timer"), t("After {time}", { time: spanText(seconds) }), () => this.#choose(seconds)));
    openMenu(button, t("Let the next message disappear"), items);
  }

  #choose(seconds) {
    this.set(seconds);
    this.#chosen();
  }

  set(seconds) {
    this.seconds = seconds;
    this.node.hidden = seconds === 0;
    if (seconds === 0) return;
    const text = t("The next message disappears after {time}.", { time: spanText(seconds) });
    this.node.replaceChildren(icon("timer"), h("span", {}, text), iconButton("close", t("Keep it"), () => this.#choose(0), { class: "small" }));
  }
}
