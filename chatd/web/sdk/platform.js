/** What browsers, Node and React Native offer differs, and only this asks for it. */

/** The WebSocket that is there; undefined in Node before 22, where one is to be given. */
export function webSocket() {
  return globalThis.WebSocket;
}

/** Locks between the pages of a browser that keeps values (Web Locks, IndexedDB); undefined elsewhere. */
export function browserLocks() {
  return typeof indexedDB === "undefined" ? undefined : globalThis.navigator?.locks;
}

/** Whether requests tell how much of a file has gone; where they do not, the file is counted as it is read. */
export function tellsProgress() {
  return typeof XMLHttpRequest !== "undefined";
}

/**
 * Random bytes, unique rather than secret: Node 18 and React Native have no `crypto` by themselves.
 * @param {number} count
 */
export function randomBytes(count) {
  const bytes = new Uint8Array(count);
  if (globalThis.crypto) return globalThis.crypto.getRandomValues(bytes);
  return bytes.map(() => Math.floor(Math.random() * 256));
}
