import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { head, segmented } from "../page.js";
import { Area } from "../states.js";
import { cards } from "./cards.js";
import { connectionsNow } from "./connections.js";
import { FIGURES, TOTALS } from "./figures.js";
import { periodOf, RANGES } from "./period.js";
import { retention } from "./retention.js";
import { top } from "./top.js";
import { totals } from "./totals.js";
import { trend } from "./trend.js";

/** The figures of an application. */
export function open(place) {
  const overview = new Overview(place);
  return { node: overview.node, close: () => overview.close() };
}

class Overview {
  #place;
  #asked;
  #connections;
  #trend = null;
  #area = new Area(() => this.#content(), { class: "stack" });

  constructor(place) {
    this.#place = place;
    const { query } = place;
    const range = RANGES.some(([id]) => id === query.get("range")) ? query.get("range") : "30";
    const figure = FIGURES.some(({ id }) => id === query.get("figure")) ? query.get("figure") : "active_users";
    this.#asked = { range, figure, segment: query.get("segment") ?? "" };
    this.#connections = connectionsNow(place.application);
    const ranges = segmented("Time", RANGES, range, (value) => this.#ask({ range: value }, () => this.#area.show()));
    this.node = h("div", { class: "page" }, head("Overview", "", this.#connections.node, ranges), this.#area.node);
    this.#area.show();
  }

  close() {
    this.#connections.close();
    this.#trend?.close();
  }

  #ask(change, then) {
    Object.assign(this.#asked, change);
    this.#place.ask(this.#asked);
    then();
  }

  async #content() {
    const { application } = this.#place;
    const [found] = await Promise.all([figuresOf(application, this.#asked.range), stylesheet("dashboard_overview")]);
    const chart = h("div", {});
    const draw = () => {
      this.#trend?.close();
      const figure = FIGURES.find(({ id }) => id === this.#asked.figure);
      this.#trend = trend(application, figure, found, this.#asked.segment, (segment) => this.#ask({ segment }, draw));
      chart.replaceChildren(this.#trend.node);
    };
    draw();
    return [
      cards(FIGURES, found, this.#asked.figure, (figure) => this.#ask({ figure, segment: "" }, draw)),
      chart,
      h("div", { class: "pair" }, top("channels", this.#place, this.#asked.range), top("senders", this.#place, this.#asked.range)),
      retention(application),
      totals(FIGURES, found),
    ];
  }
}

/** The figures of a period and of the one before, by their names. */
async function figuresOf(application, range) {
  const period = periodOf(range);
  const metrics = [...FIGURES, ...TOTALS].map(({ id }) => id);
  const ask = (days) => application.call("statistics.range", { ...days, metrics });
  const [now, before] = (await Promise.all([ask(period.now), ask(period.before)])).map(({ metrics: found }) =>
    Object.fromEntries(found.map(({ metric_type, values }) => [metric_type, values])));
  return { now, before, period, isMonthly: period.isMonthly };
}
