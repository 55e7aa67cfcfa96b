import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { csvButton } from "../csv.js";
import { cards } from "../overview/cards.js";
import { FIGURES, TOTALS } from "../overview/figures.js";
import { periodOf, RANGES } from "../overview/period.js";
import { totals } from "../overview/totals.js";
import { trend } from "../overview/trend.js";
import { head, panel, segmented } from "../page.js";
import { named } from "../person.js";
import { Area } from "../states.js";
import { table } from "../table.js";
import { number } from "../words.js";
import { statistics } from "./server.js";

// Parts and peaks do not add up, and segments are those of an application.
const SUMMED = FIGURES.filter(({ id }) => !["stickiness", "peak_connections"].includes(id)).map((figure) => ({ ...figure, segments: undefined }));
const METRICS = [...SUMMED, ...TOTALS].map(({ id }) => id);

/** The figures of all applications together. */
export function open(place) {
  const page = new Whole(place);
  return { node: page.node, close: () => page.close() };
}

class Whole {
  #place;
  #asked;
  #trend = null;
  #area = new Area(() => this.#content(), { class: "stack" });

  constructor(place) {
    this.#place = place;
    const known = (name, choices, otherwise) => (choices.includes(place.query.get(name)) ? place.query.get(name) : otherwise);
    this.#asked = { range: known("range", RANGES.map(([id]) => id), "30"), figure: known("figure", SUMMED.map(({ id }) => id), "active_users") };
    const ranges = segmented("Time", RANGES, this.#asked.range, (range) => this.#ask({ range }, () => this.#area.show()));
    this.node = h("div", { class: "page" }, head("Whole server", "All applications together.", ranges), this.#area.node);
    this.#area.show();
  }

  close() {
    this.#trend?.close();
  }

  #ask(change, then) {
    Object.assign(this.#asked, change);
    this.#place.ask(this.#asked);
    then();
  }

  async #content() {
    const period = periodOf(this.#asked.range);
    const ask = (days) => statistics({ ...days, metrics: METRICS });
    const [now, before] = await Promise.all([ask(period.now), ask(period.before), stylesheet("dashboard_overview")]);
    const found = { now: byName(now), before: byName(before), period, isMonthly: period.isMonthly };
    const chart = h("div", {});
    const draw = () => {
      this.#trend?.close();
      this.#trend = trend(null, SUMMED.find(({ id }) => id === this.#asked.figure), found, "", () => {});
      chart.replaceChildren(this.#trend.node);
    };
    draw();
    return [cards(SUMMED, found, this.#asked.figure, (figure) => this.#ask({ figure }, draw)), chart, applications(this.#place, now.applications, period.isMonthly), totals(SUMMED, found)];
  }
}

function byName({ metrics }) {
  return Object.fromEntries(metrics.map(({ metric_type, values }) => [metric_type, values]));
}

/** Each application with what it had in the period. */
function applications({ link }, found, isMonthly) {
  const columns = [
    [isMonthly ? "Monthly active users" : "Daily active users", ({ active_users }) => active_users.mean],
    ["Active in 30 days", ({ mau }) => mau.last],
    ["New users", ({ created_users }) => created_users.sum],
    ["Messages", ({ messages }) => messages.sum],
    ["API calls", ({ api_calls }) => api_calls.sum],
  ].map(([title, of]) => ({ title, kind: "number", by: ({ figures }) => of(figures), cell: ({ figures }) => number(of(figures)) }));
  const name = { title: "Application", by: ({ app_name }) => app_name, cell: ({ app_name, app_id }) => named(app_name, app_id) };
  const rows = () => [["application", ...columns.map(({ title }) => title)], ...found.map((each) => [each.app_name, ...columns.map(({ by }) => by(each))])];
  const list = table("Applications", [name, ...columns], found, { to: ({ app_id }) => link(["overview"], {}, app_id), empty: "There are no applications." });
  return panel("Applications", list, { actions: [csvButton("applications", rows)] });
}
