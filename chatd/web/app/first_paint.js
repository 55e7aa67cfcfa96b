// A classic script, run before the first paint: without it a chosen appearance, or the direction of a language, would appear after a flash
// of the other, and so would the typeface. `data-languages` says which languages the page has beside English.
(() => {
  const { dataset, lang: english } = document.documentElement;
  const chosen = localStorage.getItem("chatd.appearance");
  if (chosen === "light" || chosen === "dark") dataset.appearance = chosen;
  // See typeface.js: a browser that has the typeface need not show another one first.
  const typeface = { rel: "stylesheet", href: "/web/css/typeface.css" };
  if (localStorage.getItem("chatd.typeface")) document.head.append(Object.assign(document.createElement("link"), typeface));
  const offered = [english, ...(document.currentScript.dataset.languages ?? "").split(" ")];
  const wished = [localStorage.getItem("chatd.language") ?? "", ...navigator.languages].map((tag) => tag.split("-")[0]);
  const language = wished.find((tag) => tag && offered.includes(tag)) ?? english;
  if (language === english) return;
  Object.assign(document.documentElement, { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
  const catalogue = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `/web/languages/${language}.json` };
  document.head.append(Object.assign(document.createElement("link"), catalogue));
})();
