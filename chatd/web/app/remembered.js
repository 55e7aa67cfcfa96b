const KEY = "chatd.person";

/** Who is signed in at this browser, as the server said last: the page need not ask before it shows anything. */
export const remembered = {
  /** As Account.me, or null. */
  get person() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  },

  keep(person) {
    localStorage.setItem(KEY, JSON.stringify(person));
  },

  forget() {
    localStorage.removeItem(KEY);
  },
};
