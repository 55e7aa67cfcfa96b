// A classic script, run before the first paint of the widget: its appearance and language are those that the page around it asks for.
(() => {
  const asked = new URLSearchParams(location.search);
  const theme = asked.get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.appearance = theme;
  const offered = ["en", ...document.currentScript.dataset.languages.split(" ")];
  const wished = [asked.get("language") ?? "", ...navigator.languages].map((tag) => tag.split("-")[0]);
  const language = wished.find((tag) => offered.includes(tag)) ?? "en";
  Object.assign(document.documentElement, { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
})();
