import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { head, panel } from "../page.js";
import { Area, problem } from "../states.js";
import { table } from "../table.js";
import { compact, number, precisely, when } from "../words.js";
import { amount } from "./amount.js";
import { problemList } from "./problems.js";
import { live } from "./server.js";
import { spark } from "./spark.js";

const EACH_MS = 2_000;
/** What is in tables is asked for every so many times: it takes the server longer, and is read more slowly. */
const TABLES_EACH = 5;
const KEPT = 90;

const milliseconds = (value) => `${number(value)} ms`;
/** What is shown: `of` takes it from a snapshot, or with `rate` a total of which the change per second is shown. */
const FIGURES = [
  { title: "Connections", of: ({ now }) => now.connections, shown: compact, note: ({ now }) => `${compact(now.users)} ${now.users === 1 ? "user" : "users"}` },
  { title: "Deliveries per second", rate: "deliveries", shown: compact, note: ({ totals }) => `${compact(totals.deliveries)} since the start` },
  { title: "Frames per second", rate: "frames", shown: compact, note: ({ totals }) => `${compact(totals.frames)} since the start` },
  { title: "Writes per second", rate: "writes", shown: compact, note: ({ now }) => `${compact(now.writes_waiting)} waiting` },
  { title: "Commit, median", of: ({ now }) => now.commit_p50, shown: milliseconds, note: ({ now }) => `99 % within ${milliseconds(now.commit_p99)}` },
  { title: "Loop lag", of: ({ now }) => now.loop_lag, shown: milliseconds, note: ({ now }) => `longest ${milliseconds(now.loop_lag_longest)}` },
  { title: "Backlog", of: ({ now }) => now.backlog_bytes, shown: amount, note: () => "for clients that read slowly" },
  { title: "Search behind", of: ({ now }) => now.search_behind, shown: compact, note: () => "events it does not know yet" },
];

/** How the server does at this moment, as long as the page is looked at. */
export function open() {
  const page = new Live();
  return { node: page.node, close: () => page.close() };
}

class Live {
  #last = null;
  #history = FIGURES.map(() => []);
  #cards = h("div", { class: "cards live", role: "group", "aria-label": "Now" });
  #problems = h("div", {});
  #closed = h("div", {});
  #software = h("div", {});
  #commands = h("div", {});
  #slowest = h("div", {});
  #area = new Area(() => this.#first(), { class: "stack" });
  #turn = 0;
  #timer = setInterval(() => this.#again(), EACH_MS);

  constructor() {
    this.node = h("div", { class: "page" }, head("Live", "The whole server, looked at every two seconds."), this.#area.node);
    this.#area.show();
  }

  close() {
    clearInterval(this.#timer);
  }

  async #first() {
    await Promise.all(["dashboard_overview", "dashboard_server"].map(stylesheet));
    this.#takeAll(await live());
    return [
      this.#problems,
      this.#cards,
      panel("Commands", this.#commands, { text: "The slowest: how long their callers waited in the last five to ten minutes, the commit included." }),
      panel("Clients", this.#software, { text: "What those who are connected say they are." }),
      panel("Slow calls", this.#slowest, { text: "The last calls that somebody waited for longer than 100 ms." }),
      panel("Connections that the server closed", this.#closed, { text: "By code, since the start." }),
    ];
  }

  async #again() {
    if (document.hidden || !this.#last) return;
    this.#turn += 1;
    try {
      if (this.#turn % TABLES_EACH) this.#take(await live(true));
      else this.#takeAll(await live());
    } catch (failure) {
      this.#problems.replaceChildren(problem(failure));
    }
  }

  #take(found) {
    FIGURES.forEach((figure, at) => this.#add(at, this.#valueOf(figure, found)));
    this.#last = found;
    this.#cards.replaceChildren(...FIGURES.map((figure, at) => card(figure, this.#history[at], found)));
    this.#problems.replaceChildren(problemList(found.problems));
  }

  #takeAll(found) {
    this.#take(found);
    this.#closed.replaceChildren(table("Closed connections", CODES, Object.entries(found.closed), { empty: "None." }));
    this.#commands.replaceChildren(table("Commands", COMMANDS, found.commands, { empty: "Nothing was called." }));
    this.#software.replaceChildren(table("Clients", SOFTWARE, found.software, { empty: "Nobody is connected." }));
    this.#slowest.replaceChildren(table("Slow calls", SLOW, found.slowest.slice(0, 10), { empty: "None: everything was answered at once." }));
  }

  #valueOf({ of, rate }, found) {
    if (!rate) return of(found);
    const seconds = this.#last ? (found.time - this.#last.time) / 1000 : 0;
    return seconds > 0 ? (found.totals[rate] - this.#last.totals[rate]) / seconds : null;
  }

  #add(at, value) {
    if (value === null) return;
    this.#history[at].push(value);
    if (this.#history[at].length > KEPT) this.#history[at].shift();
  }
}

function card({ title, shown, note }, values, found) {
  return h("div", { class: "figure" },
    h("span", { class: "figure-title" }, title),
    h("span", { class: "figure-line" }, h("strong", {}, values.length ? shown(values.at(-1)) : "–"), spark(values, KEPT)),
    h("small", {}, note(found)));
}

const CODES = [
  { title: "Code", cell: ([code]) => code },
  { title: "Connections", kind: "number", by: ([, count]) => count, cell: ([, count]) => number(count) },
];
const COMMANDS = [
  { title: "Command", cell: ({ name }) => h("code", {}, name) },
  { title: "Calls", kind: "number", by: ({ calls }) => calls, cell: ({ calls }) => compact(calls) },
  ...[["p50", "Half within"], ["p90", "90 % within"], ["p99", "99 % within"]].map(([part, title]) => ({ title, kind: "number", by: (each) => each[part], cell: (each) => milliseconds(each[part]) })),
];
const SOFTWARE = [
  { title: "Client", cell: ({ name }) => name.split(" ")[0] || "unknown" },
  { title: "Version", cell: ({ name }) => name.split(" ").slice(1).join(" ") },
  { title: "Connections", kind: "number", by: ({ connections }) => connections, cell: ({ connections }) => number(connections) },
];
const SLOW = [
  { title: "Command", cell: ({ name }) => h("code", {}, name) },
  { title: "When", by: ({ time }) => time, cell: ({ time }) => h("span", { title: precisely(time) }, when(time)) },
  { title: "Took", kind: "number", by: (each) => each.milliseconds, cell: (each) => milliseconds(each.milliseconds) },
];
