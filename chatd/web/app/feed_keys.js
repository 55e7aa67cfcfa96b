/**
 * The keys of a focused message: arrows, Home and End walk, E edits, Delete deletes, C copies, Q quotes, R reacts, T opens the thread, M shows more.
 * `find(id)` gives the message of a row.
 */
export function feedKeys(feed, actions, find) {
  return (event) => {
    const row = event.target;
    if (!row.matches(".message") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...feed.querySelectorAll(".message")];
    const at = rows.indexOf(row);
    const steps = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 };
    if (event.key in steps) rows[steps[event.key]]?.focus();
    else if (!act(event.key, find(Number(row.dataset.message)), row, actions)) return;
    event.preventDefault();
  };
}

/** What a person may not do with a message has no key either. */
function act(key, message, row, actions) {
  const may = (right) => row.dataset.rights.split(" ").includes(right);
  const press = (tool) => row.querySelector(`.tools [data-tool="${tool}"]`).click();
  if (!message) return false;
  if (key === "e" && may("edit")) actions.edit(message);
  else if (key === "Delete" && may("remove")) actions.remove(message);
  else if (key === "c") actions.copy(message);
  else if (key === "q" && message.message) actions.quote(message);
  else if (key === "r") press("react");
  else if (key === "t" && actions.hasThreads) actions.openThread(message);
  else if (key === "m") press("more");
  else return false;
  return true;
}
