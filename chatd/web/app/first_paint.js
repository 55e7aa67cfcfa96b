// A classic script, run before the first paint: without it a chosen appearance would appear after a flash of the other.
(() => {
  const chosen = localStorage.getItem("chatd.appearance");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.appearance = chosen;
})();
