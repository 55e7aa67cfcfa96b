/**
 * Keeps a chat in memory, for the next Chat of the same person in this process to begin with. One chat at a time uses it.
 * A store of your own, such as one on a phone's disk, has the same functions.
 */
export class MemoryStore {
  /** @type {Map<string, unknown>} */
  #kept = new Map();

  /** Everything, as a Map. */
  async all() {
    return new Map(this.#kept);
  }

  /**
   * Put and delete, all or nothing: `puts` is a Map, `deletes` are keys.
   * @param {Map<string, unknown>} puts
   * @param {string[]} [deletes]
   */
  async write(puts, deletes = []) {
    puts.forEach((value, key) => this.#kept.set(key, value));
    deletes.forEach((key) => this.#kept.delete(key));
  }

  async clear() {
    this.#kept.clear();
  }
}

/** Locks for a store that only one chat uses: there is nobody to wait for. */
export class Alone {
  /** @type {Set<string>} */
  #held = new Set();

  /**
   * @param {string} name
   * @param {() => unknown} work
   */
  async request(name, work) {
    this.#held.add(name);
    try {
      return await work();
    } finally {
      this.#held.delete(name);
    }
  }

  async query() {
    return { held: [...this.#held].map((name) => ({ name })) };
  }
}
