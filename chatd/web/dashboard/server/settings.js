import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { head, panel } from "../page.js";
import { Area, nothing } from "../states.js";
import { settings } from "./server.js";

/** All settings of the server as they are, and what they are for. They are changed in its configuration file. */
export function open() {
  let found = [];
  const content = h("div", { class: "stack" });
  const field = h("input", { class: "input small", type: "search", placeholder: "Find a setting", "aria-label": "Find a setting", oninput: () => draw() });
  const draw = () => content.replaceChildren(...sections(found, field.value));
  const area = new Area(async () => {
    [found] = await Promise.all([settings(), stylesheet("dashboard_server")]);
    draw();
    return content;
  });
  area.show();
  return h("div", { class: "page" }, head("Configuration", "It is changed in config.toml, and holds from the next start.", field), area.node);
}

function sections(found, text) {
  const words = text.toLowerCase().split(/\s+/);
  const shown = found.filter((each) => words.every((word) => `${each.section} ${each.name} ${each.about}`.toLowerCase().includes(word)));
  const groups = Map.groupBy(shown, ({ section }) => section);
  if (!groups.size) return [nothing("No setting is called so.")];
  return [...groups].map(([section, options]) => panel(`[${section}]`, h("dl", { class: "settings" }, options.map(option))));
}

function option({ name, value, default: usual, about }) {
  const isChanged = JSON.stringify(value) !== JSON.stringify(usual);
  return h("div", { class: isChanged ? "changed" : null },
    h("dt", {}, h("code", {}, name), isChanged && h("span", { class: "tag" }, "changed")),
    h("dd", {}, h("code", { class: "value" }, JSON.stringify(value)), isChanged && h("small", {}, `by default ${JSON.stringify(usual)}`), h("p", {}, about)));
}
