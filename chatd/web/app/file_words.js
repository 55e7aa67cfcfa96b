import { h } from "./element.js";
import { icon } from "./icon.js";
import { locale } from "./language.js";

const UNITS = ["kilobyte", "megabyte", "gigabyte"];

/** How large a file is, as people say it. */
export function sizeText(bytes) {
  const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 1), UNITS.length);
  const value = bytes / 1000 ** power;
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[power - 1], maximumFractionDigits }).format(value);
}

/** The sign of a file that is no picture. */
export function fileIcon() {
  return h("span", { class: "file-icon" }, icon("file"));
}
