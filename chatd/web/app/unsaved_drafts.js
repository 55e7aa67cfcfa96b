const KEY = "chatd.unsaved";

/** Keep what a person is writing until the page is back: it may be gone before the server is told. */
export function keepUnsaved({ drafts }, userId) {
  if (drafts.unsaved.length) localStorage.setItem(KEY, JSON.stringify({ userId, drafts: drafts.unsaved }));
  drafts.flush();
}

/** Go on with it, if it is of the same person. */
export function restoreUnsaved({ drafts }, userId) {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  localStorage.removeItem(KEY);
  if (kept.userId === userId) drafts.restore(kept.drafts);
}
