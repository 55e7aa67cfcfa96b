import { h } from "./element.js";

const GAP = 6;
const EDGE = 8;

/**
 * Something small that opens beside a button, and closes on Escape or a click elsewhere; the focus goes back then.
 * `isHeld`: what asked for it is still pressed, and letting go of that does not close it. Returns {close}.
 */
export function openPopover(button, content, { isHeld = false } = {}) {
  const node = h("div", { class: "popover", popover: isHeld ? "manual" : "auto" }, content);
  const ended = new AbortController();
  const close = () => node.hidePopover();
  node.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    sizes.disconnect();
    ended.abort();
    if (node.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    node.remove();
  });
  // Nothing outside of a modal dialog can be used.
  (button.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  // At once: what is shown only with the focus in it stays for as long as it is expanded.
  button.setAttribute("aria-expanded", "true");
  // What comes later may need more room.
  const sizes = new ResizeObserver(() => button.isConnected && place(node, button.getBoundingClientRect()));
  sizes.observe(node);
  if (isHeld) closeElsewhere(node, close, ended.signal);
  return { close };
}

/** As the browser does it with one that was not asked for by holding something. */
function closeElsewhere(node, close, signal) {
  addEventListener("pointerdown", ({ target }) => node.contains(target) || close(), { capture: true, signal });
  addEventListener("keydown", ({ key }) => key === "Escape" && close(), { capture: true, signal });
}

/** Below the button where there is room, else above it, and never beyond the window. */
function place(node, anchor) {
  const { width, height } = node.getBoundingClientRect();
  const below = anchor.bottom + GAP;
  const top = below + height <= innerHeight - EDGE ? below : anchor.top - height - GAP;
  const left = Math.min(Math.max(anchor.left + anchor.width / 2 - width / 2, EDGE), innerWidth - width - EDGE);
  node.style.top = `${Math.min(Math.max(top, EDGE), innerHeight - height - EDGE)}px`;
  node.style.left = `${left}px`;
}
