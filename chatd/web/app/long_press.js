const RESTS_MS = 500;
const STAYS_PX = 10;
// A click may come so long after the finger was lifted.
const CLICKS_WITHIN_MS = 400;

/**
 * Have `open(found)` called when a finger rests on what `find(target)` finds there, in a node; what it does not find is left to the browser.
 * Browsers of iOS ask for no context menu then, and where others do, this is it.
 */
export function onLongPress(node, find, open) {
  const down = (event) => {
    const found = event.pointerType === "touch" && event.isPrimary ? find(event.target) : null;
    if (found) watch(event, () => open(found));
  };
  node.addEventListener("pointerdown", down, { passive: true });
}

function watch(start, open) {
  const ended = new AbortController();
  const during = { capture: true, signal: ended.signal };
  let isOpen = false;
  const timer = setTimeout(() => {
    isOpen = true;
    open();
  }, RESTS_MS);
  const end = () => {
    clearTimeout(timer);
    setTimeout(() => ended.abort(), isOpen ? CLICKS_WITHIN_MS : 0);
  };
  const swallow = (event) => {
    if (event.type === "click" && !(isOpen && event.target.contains(start.target))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("pointermove", (event) => isAway(start, event) && end(), during);
  ["pointerup", "pointercancel", "scroll"].forEach((name) => addEventListener(name, end, during));
  ["click", "contextmenu"].forEach((name) => addEventListener(name, swallow, during));
}

function isAway(start, { clientX, clientY }) {
  return Math.hypot(clientX - start.clientX, clientY - start.clientY) > STAYS_PX;
}
