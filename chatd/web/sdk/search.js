import { Change } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Failure } from "./failure.js" */
/** @import { FoundMessage, Params, SearchResults } from "./types.js" */

const PAGE = 20;
const SHORTEST = 2;
// Written without spaces between words: what was written of them is found as it is.
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}]/u;

/** Messages by what is written in them. */
export class Search {
  changed = new Change();
  /**
   * "idle", "searching", "ready" or "failed".
   * @type {"idle" | "searching" | "ready" | "failed"}
   */
  state = "idle";
  /**
   * Messages with `highlights`: from and to which character of their text they match.
   * @type {FoundMessage[]}
   */
  results = [];
  /** How many there are, about. */
  total = 0;
  /**
   * Why it failed.
   * @type {Failure | null}
   */
  failure = null;

  #connection;
  /** @type {Params<"messages.search"> | null} */
  #asked = null;
  #next = "";
  #runs = 0;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  get hasMore() {
    return this.#next !== "";
  }

  /**
   * Look for something: `filters` are parameters of `messages.search`. Without a text there is nothing to find.
   * @param {string} text
   * @param {Partial<Params<"messages.search">>} [filters]
   */
  async find(text, filters = {}) {
    const run = ++this.#runs;
    this.#asked = { query: asTyped(text.trim()), sort_field: "ts", limit: PAGE, include_thread_info: true, ...filters };
    if (text.trim() === "") return this.#become("idle", { results: [], next: "", total_count: 0 });
    this.#become("searching", null);
    await this.#ask(run, "", (page) => page);
  }

  /** The next page, behind what is here. */
  async more() {
    if (!this.hasMore || this.state === "searching") return;
    this.#become("searching", null);
    const { results, total } = this;
    await this.#ask(++this.#runs, this.#next, (page) => ({ ...page, results: [...results, ...page.results], total_count: total }));
  }

  /**
   * @param {number} run
   * @param {string} token
   * @param {(page: SearchResults) => SearchResults} join
   */
  async #ask(run, token, join) {
    if (!this.#asked) return;
    try {
      const page = await this.#connection.call("messages.search", { ...this.#asked, token });
      if (run === this.#runs) this.#become("ready", join(page));
    } catch (/** @type {any} */ failure) {
      this.failure = failure;
      if (run === this.#runs) this.#become("failed", null);
    }
  }

  /**
   * @param {"idle" | "searching" | "ready" | "failed"} state
   * @param {Pick<SearchResults, "results" | "next" | "total_count"> | null} page
   */
  #become(state, page) {
    this.state = state;
    if (page) Object.assign(this, { results: page.results, total: page.total_count });
    if (page) this.#next = page.next;
    this.changed.mark();
  }
}

/**
 * What somebody has typed so far, its last word a beginning: "good morn" finds "good morning".
 * @param {string} text
 */
export function asTyped(text) {
  const isOpen = (text.match(/"/g)?.length ?? 0) % 2 === 1;
  const last = /(?<=^|\s)[\p{L}\p{N}]+$/u.exec(text)?.[0] ?? "";
  if (isOpen || last.length < SHORTEST || DENSE.test(last)) return text;
  return `${text}*`;
}
