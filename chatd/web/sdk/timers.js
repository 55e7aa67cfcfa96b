/** What is to happen later, as long as the chat is open: a program can end when its chat is closed. */
export class Timers {
  #running = new Set();

  /** Do some work after so many milliseconds; what this returns cancels it. */
  after(milliseconds, work) {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      work();
    }, milliseconds);
    this.#running.add(timer);
    return timer;
  }

  cancel(timer) {
    clearTimeout(timer);
    this.#running.delete(timer);
  }

  end() {
    this.#running.forEach((timer) => clearTimeout(timer));
    this.#running.clear();
  }
}

/** Do some work that ends by `signal` when it takes longer. */
export async function within(milliseconds, work) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), milliseconds);
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
  }
}
