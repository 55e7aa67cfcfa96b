import { onLongPress } from "./long_press.js";

// What a finger on it is about by itself.
const OWN_MEANING = "a, button, input, textarea, audio, video, img";

/**
 * A finger on a message: touched it shows its tools, held its menu too.
 * `find(id)` gives the message of a row.
 */
export function touchMessages(feed, actions, find) {
  const rowAt = (target) => (target.closest(OWN_MEANING) ? null : target.closest(".message[data-message]:not(.editing)"));
  // Browsers that focus nothing by touch call this all the same.
  feed.addEventListener("click", ({ target, pointerType }) => pointerType === "touch" && rowAt(target)?.focus({ preventScroll: true }));
  onLongPress(feed, rowAt, (row) => hold(row, actions, find(Number(row.dataset.message))));
}

function hold(row, actions, message) {
  if (!message) return;
  row.focus({ preventScroll: true });
  const may = (right) => row.dataset.rights.split(" ").includes(right);
  actions.showMore(message, { edit: may("edit"), remove: may("remove") }, row.querySelector('.tools [data-tool="more"]'), { isHeld: true });
}
