import { h } from "./element.js";

const GAP = 6;
const EDGE = 8;

/**
 * Something small that opens beside a button, and closes on Escape or a click elsewhere; the focus goes back then.
 * Returns {close}.
 */
export function openPopover(button, content) {
  const node = h("div", { class: "popover", popover: "auto" }, content);
  const close = () => node.hidePopover();
  node.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) return;
    sizes.disconnect();
    if (node.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    node.remove();
  });
  // Nothing outside of a modal dialog can be used.
  (button.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  // What comes later may need more room.
  const sizes = new ResizeObserver(() => button.isConnected && place(node, button.getBoundingClientRect()));
  sizes.observe(node);
  return { close };
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
