const KEY = "chatd.appearance";

/** "system", "light" or "dark"; kept in this browser. `first_paint.js` reads the same key. */
export const appearance = {
  choices: ["system", "light", "dark"],

  get chosen() {
    return document.documentElement.dataset.appearance ?? "system";
  },

  choose(name) {
    if (name === "system") {
      localStorage.removeItem(KEY);
      delete document.documentElement.dataset.appearance;
    } else {
      localStorage.setItem(KEY, name);
      document.documentElement.dataset.appearance = name;
    }
  },
};
