import { stylesheet } from "./stylesheet.js";

const KEY = "chatd.typeface";

/**
 * Have the page use its typeface, once there is something to read: it weighs as much as all else that is needed first.
 * From then on the browser has it, and `first_paint.js` asks for it at once.
 */
export async function typeface() {
  if (localStorage.getItem(KEY)) return;
  await stylesheet("typeface");
  await document.fonts.ready;
  localStorage.setItem(KEY, "here");
}
