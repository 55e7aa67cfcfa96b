const ENDS = ["pointerup", "pointercancel", "contextmenu", "scroll", "blur"];

let pressed = null;
const waiting = new Map();

addEventListener("pointerdown", ({ button, target }) => button === 0 && (pressed = target), { capture: true });
ENDS.forEach((name) => addEventListener(name, release, { capture: true, passive: true }));

/** Whether the pointer went down in a node and was not let go yet. */
export function isPressed(node) {
  return pressed !== null && node.contains(pressed);
}

/** Do something once, however often it is asked for by the same `who`, when what is pressed was let go and its click has been heard; else now. */
export function whenReleased(who, work) {
  if (pressed === null) work();
  else waiting.set(who, work);
}

function release({ type, target }) {
  if (pressed === null || (type === "blur" && target !== globalThis) || (type === "scroll" && !target.contains(pressed))) return;
  // The click comes in this turn.
  setTimeout(() => {
    pressed = null;
    const works = [...waiting.values()];
    waiting.clear();
    works.forEach((work) => work());
  });
}
