import { Failure, Signal } from "../sdk/index.js";

const DEADLINE_MS = 15_000;

/**
 * The page around the widget. Which sites may be that is for the server to say (`embedding_origins`), and for the browser to see to;
 * only what comes from that page is heard, and only to its origin anything is said.
 */
export class WidgetHost {
  /** The channel_url that the page has named, or "". */
  channelUrl = "";
  /** Whether who is at the page needs no account. */
  takesVisitors = false;
  /** (isShown) */
  shown = new Signal();

  #origin;
  #waiting = [];

  /** Resolves when the page has answered. */
  static meet() {
    return new Promise((resolve) => {
      const hear = ({ source, origin, data }) => {
        if (source !== window.parent || data?.chatd !== "hello") return;
        window.removeEventListener("message", hear);
        resolve(new WidgetHost(origin, String(data.channel), data.takesVisitors === true));
      };
      window.addEventListener("message", hear);
      // Nothing secret: who answers is not known yet.
      window.parent.postMessage({ chatd: "hello" }, "*");
    });
  }

  constructor(origin, channelUrl, takesVisitors) {
    this.#origin = origin;
    this.channelUrl = channelUrl;
    this.takesVisitors = takesVisitors;
    window.addEventListener("message", (event) => this.#hear(event));
  }

  say(chatd, values = {}) {
    window.parent.postMessage({ chatd, ...values }, this.#origin);
  }

  /** A session token of the visitor, from the site's own backend. */
  token() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(""), DEADLINE_MS);
      this.#waiting.push({ resolve, reject, timer });
      this.say("token");
    });
  }

  #hear({ source, origin, data }) {
    if (source !== window.parent || origin !== this.#origin) return;
    if (data?.chatd === "shown") this.shown.emit(data.isShown === true);
    if (data?.chatd !== "token") return;
    if (typeof data.channel === "string") this.channelUrl = data.channel;
    this.#settle(String(data.token ?? ""));
  }

  #settle(token) {
    for (const { resolve, reject, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      if (token) resolve(token);
      else reject(new Failure("The server cannot be reached.", { temporary: true }));
    }
  }
}
