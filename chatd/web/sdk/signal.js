/** A thing that happens, and those who want to know of it. */
export class Signal {
  #listeners = new Set();

  /** Call `listener` each time; returns the function that ends it. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(...values) {
    for (const listener of [...this.#listeners]) listener(...values);
  }
}

/** "Something about this is different now": told once per turn of the event loop, however often it is marked. */
export class Change {
  #signal = new Signal();
  #marked = false;

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
