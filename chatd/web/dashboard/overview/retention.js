import { h } from "../../app/element.js";
import { csvButton } from "../csv.js";
import { panel, segmented } from "../page.js";
import { area, nothing } from "../states.js";
import { dayName, number, percent } from "../words.js";
import { lastDays } from "./period.js";

const SPANS = { day: 14, week: 84 };

/** Of the users who were made in a day or week, how many came back. */
export function retention(application) {
  let cohort = "week";
  let cohorts = [];
  const shown = area(async () => {
    const { start_date, end_date } = lastDays(SPANS[cohort]);
    ({ cohorts } = await application.call("statistics.retention", { start_date, end_date, cohort }));
    return cohorts.some(({ users }) => users) ? grid(cohorts, cohort) : nothing("No new users in this time.");
  });
  const kinds = segmented("Cohorts by", [["day", "Days"], ["week", "Weeks"]], cohort, (value) => ((cohort = value), shown.show()));
  const rows = () => [["cohort", "users", ...cohorts.map((_, at) => `${cohort} ${at}`)], ...cohorts.map(({ date, users, active }) => [date, users, ...active])];
  return panel("Retention", shown.node, { text: "Of the users made in a day or week: how many were active in it, and in each after it.", actions: [kinds, csvButton("retention", rows)] });
}

function grid(cohorts, cohort) {
  return h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Cohorts" }, h("table", { class: "cohorts" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Made"), h("th", { scope: "col", class: "number" }, "Users"), cohorts.map((_, at) => h("th", { scope: "col", class: "number" }, at === 0 ? `Same ${cohort}` : `+${at}`)))),
    h("tbody", {}, cohorts.filter(({ users }) => users).map(({ date, users, active }) => h("tr", {},
      h("th", { scope: "row" }, dayName(date)), h("td", { class: "number" }, number(users)), active.map((count) => cell(count, users)))))));
}

function cell(count, users) {
  const part = count / users;
  return h("td", { class: "number cohort", "data-level": Math.ceil(part * 5), title: `${count} of ${users}` }, percent(part));
}
