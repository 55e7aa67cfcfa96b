// Run by the tests. Usage: node laws.mjs RUNS SEED [bare]; with "bare" without what React Native and Node 18 have not. What a client shows is what the server has, whatever happened on the way.
// Writes a JSON line: {runs, steps}; on a failure the shortest history that shows it.
import assert from "node:assert/strict";
import { mock } from "node:test";
import fc from "fast-check";
import { NOON } from "./besides.mjs";
import { check, checkOwn, checkSent, isLoading } from "./checks.mjs";
import { URLS, steps, take } from "./history.mjs";
import { World } from "./network.mjs";
import { ME, OTHER } from "./people.mjs";

const [runs, seed] = process.argv.slice(2, 4).map(Number);
if (process.argv[4] === "bare") makeBare();
const { Chat } = await import("../../../../chatd/web/sdk/chatd.js");
// After a network is whole again, calls that wait for an answer and pauses before the next attempt take so long.
const CALM_MS = 240_000;
const turn = setImmediate;
// After these what was not sent yet is refused.
const ENDS = ["leave", "delete the channel"];
const skews = fc.constantFrom(0, -3_600_000, 3_600_000, 86_400_000);
let taken = 0;

function makeBare() {
  for (const name of ["crypto", "navigator", "URL", "WebSocket", "TransformStream", "CompressionStream"]) delete globalThis[name];
  delete AbortSignal.timeout;
  for (const name of ["toSpliced", "with", "toSorted", "toReversed"]) delete Array.prototype[name];
}

async function settle() {
  for (let count = 0; count < 3; count += 1) await new Promise((resolve) => turn(resolve));
}

async function pass(ms) {
  for (let left = ms; left > 0; ) {
    const part = Math.min(left, left > 1_000 ? 500 : 5);
    mock.timers.tick(part);
    left -= part;
    await settle();
  }
}

async function live(history, skew) {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOON });
  const world = new World(URLS, skew);
  for (const url of URLS) for (const userId of [ME, OTHER]) world.model.send(url, userId, `first of ${userId}`);
  const said = new Map();
  const getToken = async () => world.token();
  const chat = new Chat({ url: "https://chat.example.com", getToken, websocket: world.WebSocket });
  try {
    chat.open();
    await pass(50);
    for (const url of URLS) [chat.timeline, chat.pins, chat.files].forEach((shown) => shown.call(chat, chat.channels.get(url)));
    for (const list of [chat.saved, chat.threads]) list.begin();
    for (const url of URLS) await chat.polls.of(world.model.polls.idOf(url));
    await pass(50);
    for (const step of history) {
      taken += 1;
      if (step.name === "wait") await pass(step.ms);
      else take(step, chat, world, said);
    }
    Object.assign(world, { isDown: false, delays: [] });
    await pass(CALM_MS);
    assert.equal(chat.state, "connected");
    // Whoever came back to a channel begins with a new timeline, which asks several times for what it shows.
    for (let left = 100; left > 0 && (URLS.some((url) => isLoading(chat, world, url)) || left > 90); left -= 1) await pass(10);
    for (const url of URLS) await check(chat, world, url);
    checkOwn(chat, world.model);
    const isLeft = (url) => history.some((step) => ENDS.includes(step.name) && step.url === url);
    for (const url of URLS) if (!isLeft(url)) checkSent(world, url, said.get(url) ?? []);
  } finally {
    chat.close();
    mock.timers.reset();
  }
}

mock.method(console, "info", () => {});
let failed = null;
process.on("unhandledRejection", (reason) => (failed ??= reason));
process.on("uncaughtException", (reason) => (failed ??= reason));

const property = fc.asyncProperty(steps, skews, async (history, skew) => {
  failed = null;
  await live(history, skew);
  await settle();
  if (failed) throw failed;
});
const found = await fc.check(property, { numRuns: runs, seed, interruptAfterTimeLimit: 500_000 });
if (found.failed) {
  console.log(JSON.stringify({ seed: found.seed, path: found.counterexamplePath, history: found.counterexample }, null, 1));
  console.log(found.errorInstance?.stack ?? found.error);
  process.exit(1);
}
console.log(JSON.stringify({ runs: found.numRuns, steps: taken }));
process.exit(0);
