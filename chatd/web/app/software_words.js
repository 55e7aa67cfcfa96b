import { t } from "./language.js";

// In this order: others call themselves by these names too.
const BROWSERS = [["Edg/", "Edge"], ["OPR/", "Opera"], ["SamsungBrowser/", "Samsung Internet"], ["Firefox/", "Firefox"], ["FxiOS/", "Firefox"], ["CriOS/", "Chrome"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
const SYSTEMS = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["Mac OS X", "macOS"], ["CrOS", "ChromeOS"], ["Linux", "Linux"]];

/** What a browser calls itself, in words that people know: "Firefox on Linux". */
export function softwareText(software) {
  const browser = named(BROWSERS, software);
  const system = named(SYSTEMS, software);
  if (browser && system) return t("{browser} on {system}", { browser, system });
  return browser || system || software.slice(0, 60) || t("Unknown device");
}

export function isPhone(software) {
  return /iPhone|Android.*Mobile/.test(software);
}

function named(names, software) {
  return names.find(([mark]) => software.includes(mark))?.[1] ?? "";
}
