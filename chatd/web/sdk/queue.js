/** Does one thing after the other, in the order in which they were asked for. */
export class Queue {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * Settles as `work` does, which begins when what was asked for before has ended.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  next(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
