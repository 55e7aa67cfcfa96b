import { h, svg } from "./element.js";

// Outlines on a 24 by 24 grid.
const PATHS = {
  compose: ["M13.5 5H7a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3v-6.5", "M18.3 3.7a1.8 1.8 0 0 1 2.5 2.5L12.5 14.5 9 15.5l1-3.5z"],
  search: ["M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z", "m20 20-4-4"],
  back: ["M15 5l-7 7 7 7"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  people: ["M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M2.5 19.5c0-3 2.9-5 6.5-5s6.5 2 6.5 5", "M16 4.8a3.5 3.5 0 0 1 0 6.5", "M18 14.9c2.1.7 3.5 2.3 3.5 4.6"],
  "person-add": ["M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M3 19.5c0-3 3.1-5 7-5 1.5 0 2.9.3 4 .8", "M18 14v6", "M15 17h6"],
  smile: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M8.5 14.2a4.2 4.2 0 0 0 7 0", "M9.2 9.5v.01", "M14.8 9.5v.01"],
  attach: ["M19.5 11.5l-7.8 7.8a5 5 0 0 1-7-7l8.2-8.2a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5"],
  file: ["M6 3.5h8l4.5 4.5v12.5H6z", "M14 3.5V8h4.5"],
  download: ["M12 4v11", "M7 10.5l5 5 5-5", "M5 20h14"],
  previous: ["M15 5l-7 7 7 7"],
  next: ["M9 5l7 7-7 7"],
  reply: ["M9.5 7 4.5 12l5 5", "M5 12h8.5c3.6 0 6 2 6 6"],
  more: ["M5 12a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0", "M11.2 12a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0", "M17.4 12a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0"],
  calendar: ["M4.5 6h15v14h-15z", "M4.5 10.5h15", "M8.5 3.5V8", "M15.5 3.5V8"],
  send: ["M5 12 4 4.5 20.5 12 4 19.5z", "M5 12h7"],
  edit: ["M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19z", "M14 7l3 3"],
  trash: ["M4.5 7h15", "M9 7V4.5h6V7", "M6.5 7l1 13h9l1-13", "M10 11v5", "M14 11v5"],
  copy: ["M9 9h10v11H9z", "M15 9V4H5v11h4"],
  timer: ["M12 20.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z", "M12 9v4l2 1.5", "M9.5 2.5h5"],
  quote: ["M10 7H5v6h4c0 2-1 3-3 3.5", "M20 7h-5v6h4c0 2-1 3-3 3.5"],
  poll: ["M6 20v-7", "M12 20V4", "M18 20V9"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  up: ["M12 19V5", "M6 11l6-6 6 6"],
  down: ["M12 5v14", "M6 13l6 6 6-6"],
  leave: ["M14 4H6v16h8", "M11 12h10", "M17 8l4 4-4 4"],
  clock: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M12 8v4.5l3 1.5"],
  warning: ["M12 4 2.5 20h19z", "M12 10v5", "M12 17.5v.010"],
  bell: ["M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z", "M10 20.5h4"],
  keyboard: ["M3.5 7h17v10.5h-17z", "M7 10.5v.01", "M10.5 10.5v.01", "M14 10.5v.01", "M17 10.5v.01", "M8 14h8"],
  globe: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M3.5 12h17", "M12 3.5c2.4 2.3 3.6 5.1 3.6 8.5s-1.2 6.2-3.6 8.5c-2.4-2.3-3.6-5.1-3.6-8.5s1.2-6.2 3.6-8.5z"],
  pin: ["M9 4.5h6l-.7 5.5 3.2 3v1.5h-11V13l3.2-3z", "M12 14.5V20"],
  unpin: ["M9 4.5h6l-.7 5.5 3.2 3v1.5h-11V13l3.2-3z", "M12 14.5V20", "M4 4l16 16"],
  bookmark: ["M7 4h10v16l-5-4-5 4z"],
  forward: ["M14.5 7l5 5-5 5", "M19 12h-8.5c-3.6 0-6 2-6 6"],
  "bell-off": ["M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z", "M10 20.5h4", "M4 4l16 16"],
  go: ["M7 17 17 7", "M9 7h8v8"],
  list: ["M4.5 7h15", "M4.5 12h15", "M4.5 17h15"],
  talk: ["M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 19 16h-7l-4.5 4V16H5a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 5 5z"],
  updown: ["M8 9.5 12 5.5l4 4", "M8 14.5l4 4 4-4"],
  chart: ["M4.5 20V4", "M4.5 20H20", "M8.5 16.5v-4", "M12.5 16.5v-8", "M16.5 16.5V11"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  ban: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M6 6l12 12"],
  mute: ["M5 9.5v5h3.5L13 18.5v-13L8.5 9.5z", "M16.5 9.5l5 5", "M21.5 9.5l-5 5"],
  at: ["M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M16 8.5V13a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-3.6 7.2"],
  fold: ["M5 9l7 7 7-7"],
  plus: ["M12 5.5v13", "M5.5 12h13"],
  filter: ["M4 6.5h16", "M7 12h10", "M10 17.5h4"],
  person: ["M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 20.5c0-3.3 3.4-5.5 7.5-5.5s7.5 2.2 7.5 5.5"],
  sun: ["M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M12 3v2", "M12 19v2", "M3 12h2", "M19 12h2", "M5.6 5.6 7 7", "M17 17l1.4 1.4", "M5.6 18.4 7 17", "M17 7l1.4-1.4"],
  device: ["M3.5 5h17v11h-17z", "M9 20h6", "M12 16v4"],
  key: ["M8 16.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M12 12.5h8.5v3", "M17 12.5v2.5"],
  star: ["M12 4l2.5 5.2 5.6.8-4 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4-4 5.6-.8z"],
  archive: ["M4 5h16v4H4z", "M5.5 9v10.5h13V9", "M10 13h4"],
  hash: ["M9.5 4 7.5 20", "M16.5 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  settings: ["M4 7h9", "M17 7h3", "M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4z", "M4 17h3", "M11 17h9", "M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"],
  bolt: ["M13 3.5 5.5 13.5H12l-1 7 7.5-10H12z"],
  link: ["M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2", "M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"],
};

// Drawings that point somewhere turn round where texts run from right to left.
const POINTING = new Set(["back", "previous", "next", "reply", "forward", "leave", "send"]);

/** A drawing without a meaning of its own: what contains it carries the label. */
export function icon(name) {
  const paths = PATHS[name].map((d) => svg("path", { d }));
  return svg("svg", { viewBox: "0 0 24 24", class: POINTING.has(name) ? "icon pointing" : "icon", "aria-hidden": "true", focusable: "false" }, paths);
}

/** A button that is only a drawing; `label` is its name and its tooltip. */
export function iconButton(name, label, onclick, more = {}) {
  const { class: extra = "", ...properties } = more;
  const attributes = { type: "button", class: `icon-button ${extra}`, "aria-label": label, title: label, onclick };
  return h("button", { ...attributes, ...properties }, icon(name));
}
