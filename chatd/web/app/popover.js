import { h } from "./element.js";

const GAP = 6;
const EDGE = 8;

/**
 * Something small that opens beside a button, and closes on Escape or a click elsewhere; the focus goes back then.
 * Returns {close}.
 */
export function openPopover(button, label, content) {
  const node = h("div", { class: "popover", popover: "auto", role: "dialog", "aria-label": label }, content);
  const close = () => node.hidePopover();
  node.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    if (node.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    node.remove();
  });
  document.body.append(node);
  node.showPopover();
  place(node, button.getBoundingClientRect());
  return { close };
}

/** Above the button where there is room, else below it, and never beyond the window. */
function place(node, anchor) {
  const { width, height } = node.getBoundingClientRect();
  const above = anchor.top - height - GAP;
  const top = above >= EDGE ? above : Math.min(anchor.bottom + GAP, innerHeight - height - EDGE);
  const left = Math.min(Math.max(anchor.left + anchor.width / 2 - width / 2, EDGE), innerWidth - width - EDGE);
  node.style.top = `${Math.max(top, EDGE)}px`;
  node.style.left = `${left}px`;
}
