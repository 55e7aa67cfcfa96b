/**
 * A thing that happens, and those who want to know of it.
 * @template {unknown[]} [T=[]]
 */
export class Signal {
  /** @type {Set<(...values: T) => void>} */
  #listeners = new Set();

  /**
   * Call `listener` each time; returns the function that ends it.
   * @param {(...values: T) => void} listener
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {T} values */
  emit(...values) {
    for (const listener of [...this.#listeners]) listener(...values);
  }
}

/** "Something about this is different now": told once per turn of the event loop, however often it is marked. */
export class Change {
  #signal = new Signal();
  #marked = false;

  /** @param {() => void} listener */
  listen(listener) {
    return this.#signal.listen(listener);
  }

  mark() {
    if (this.#marked) return;
    this.#marked = true;
    queueMicrotask(() => {
      this.#marked = false;
      this.#signal.emit();
    });
  }
}
