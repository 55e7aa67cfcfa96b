// Waiting.

const DEADLINE = 10000;

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Until something is so; rejects when it does not become so. */
export async function until(reached, what = reached, deadline = DEADLINE) {
  for (const began = Date.now(); !reached(); await pause(2)) {
    if (Date.now() - began > deadline) throw new Error(`never came: ${typeof what === "string" ? what : reached}`);
  }
}
