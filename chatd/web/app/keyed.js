import { isPressed, whenReleased } from "./press.js";

const FOCUSABLE = "a[href], button, input, textarea, [tabindex]";

/**
 * Keeps the children of an element in step with a list of items {key, signature, render}.
 *
 * What is there stays the same node as long as its signature does, so focus, selection and scrolling survive. The focus
 * also survives when its item is drawn anew. While one of them is pressed all stay as they are: its click would be lost.
 */
export class KeyedChildren {
  #parent;
  #known = new Map();
  #items = [];
  #redraw;

  /** `redraw()` is called when what was pressed meanwhile is let go. */
  constructor(parent, redraw = () => this.update(this.#items)) {
    this.#parent = parent;
    this.#redraw = redraw;
  }

  get(key) {
    return this.#known.get(key)?.node ?? null;
  }

  update(items) {
    this.#items = items;
    if (isPressed(this.#parent)) return whenReleased(this, this.#redraw);
    const focused = this.#focused();
    const kept = this.#forgetAllBut(items);
    this.#known = new Map();
    let place = this.#parent.firstChild;
    for (const { key, signature, render } of items) {
      const entry = kept.get(key) ?? { node: render(), signature };
      this.#known.set(key, entry);
      if (entry.node === place) place = place.nextSibling;
      else this.#parent.insertBefore(entry.node, place);
    }
    if (focused) this.#refocus(focused);
  }

  /** {key, node, index}: the item with the focus, and on which of its parts, -1 for the whole; null when it is elsewhere. */
  #focused() {
    const { activeElement } = document;
    if (!this.#parent.contains(activeElement) || activeElement === this.#parent) return null;
    const [key, { node }] = [...this.#known].find(([, entry]) => entry.node.contains(activeElement)) ?? [null, {}];
    return node ? { key, node, index: [...node.querySelectorAll(FOCUSABLE)].indexOf(activeElement) } : null;
  }

  #refocus({ key, node, index }) {
    const entry = this.#known.get(key);
    if (!entry || entry.node === node) return;
    (entry.node.querySelectorAll(FOCUSABLE)[index] ?? entry.node).focus({ preventScroll: true });
  }

  /** What goes is taken out first: moving the rest around it would cost it the focus. */
  #forgetAllBut(items) {
    const wanted = new Map(items.map(({ key, signature }) => [key, signature]));
    const kept = new Map();
    for (const [key, entry] of this.#known) {
      if (wanted.get(key) === entry.signature) kept.set(key, entry);
      else entry.node.remove();
    }
    return kept;
  }
}
