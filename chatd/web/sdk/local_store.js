const STORE = "kept";

/** What a browser keeps of a chat between visits: values by keys, in IndexedDB. All of it rejects when the browser does. */
export class LocalStore {
  #database;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /**
   * What was kept in another `version` is thrown away.
   * @param {string} name
   * @param {number} version
   * @returns {Promise<LocalStore>}
   */
  static open(name, version) {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.onupgradeneeded = () => {
        const { result } = request;
        [...result.objectStoreNames].forEach((each) => result.deleteObjectStore(each));
        result.createObjectStore(STORE);
      };
      request.onblocked = () => reject(new Error("an older page holds it"));
      request.onerror = () => reject(request.error);
      // A later version of the page wants it: this one goes on without.
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(new LocalStore(request.result));
      };
    });
  }

  /**
   * Everything, as a Map.
   * @returns {Promise<Map<string, any>>}
   */
  all() {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(STORE);
      const store = transaction.objectStore(STORE);
      const [keys, values] = [store.getAllKeys(), store.getAll()];
      const found = () => new Map(keys.result.map((key, index) => [String(key), values.result[index]]));
      settle(transaction, () => resolve(found()), reject);
    });
  }

  /**
   * Put and delete, all or nothing: `puts` is a Map, `deletes` are keys.
   * @param {Map<string, unknown>} puts
   * @param {string[]} [deletes]
   */
  write(puts, deletes = []) {
    return this.#change((store) => {
      puts.forEach((value, key) => store.put(value, key));
      deletes.forEach((key) => store.delete(key));
    });
  }

  clear() {
    return this.#change((store) => store.clear());
  }

  close() {
    this.#database.close();
  }

  /**
   * @param {(store: IDBObjectStore) => void} work
   * @returns {Promise<void>}
   */
  #change(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(STORE, "readwrite");
      work(transaction.objectStore(STORE));
      settle(transaction, resolve, reject);
    });
  }
}

/**
 * @param {IDBTransaction} transaction
 * @param {() => void} resolve
 * @param {(reason: unknown) => void} reject
 */
function settle(transaction, resolve, reject) {
  transaction.oncomplete = () => resolve();
  transaction.onabort = () => reject(transaction.error ?? new Error("given up"));
}
