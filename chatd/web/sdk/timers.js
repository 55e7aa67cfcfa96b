/** @typedef {ReturnType<typeof setTimeout>} Timer */

/** What is to happen later, as long as the chat is open: a program can end when its chat is closed. */
export class Timers {
  /** @type {Set<Timer>} */
  #running = new Set();

  /**
   * Do some work after so many milliseconds; what this returns cancels it.
   * @param {number} milliseconds
   * @param {() => void} work
   * @returns {Timer}
   */
  after(milliseconds, work) {
    /** @type {Timer} */
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      work();
    }, milliseconds);
    this.#running.add(timer);
    return timer;
  }

  /** @param {Timer | undefined} timer */
  cancel(timer) {
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#running.delete(timer);
  }

  end() {
    this.#running.forEach((timer) => clearTimeout(timer));
    this.#running.clear();
  }
}

/**
 * Do some work that ends by `signal` when it takes longer.
 * @param {number} milliseconds
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @template T
 */
export async function within(milliseconds, work) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), milliseconds);
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
  }
}
