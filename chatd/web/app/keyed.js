/**
 * Keeps the children of an element in step with a list of items {key, signature, render}.
 *
 * What is there stays the same node as long as its signature does, so focus, selection and scrolling survive.
 */
export class KeyedChildren {
  #parent;
  #known = new Map();

  constructor(parent) {
    this.#parent = parent;
  }

  get(key) {
    return this.#known.get(key)?.node ?? null;
  }

  update(items) {
    const kept = this.#forgetAllBut(items);
    this.#known = new Map();
    let place = this.#parent.firstChild;
    for (const { key, signature, render } of items) {
      const entry = kept.get(key) ?? { node: render(), signature };
      this.#known.set(key, entry);
      if (entry.node === place) place = place.nextSibling;
      else this.#parent.insertBefore(entry.node, place);
    }
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
