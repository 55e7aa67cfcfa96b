/** @import { Connection } from "./connection.js" */

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Ask the server until it answers or refuses for good: what is asked may be done twice. Rejects with the Failure that is no temporary one.
 * @template T
 * @param {Connection} connection
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function persist(connection, work) {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (/** @type {any} */ failure) {
      if (!failure.temporary) throw failure;
      await connection.calm(pause);
    }
  }
}
