import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Drafts } from "../../../../chatd/web/sdk/drafts.js";
import { Timers } from "../../../../chatd/web/sdk/timers.js";

const PAUSE_MS = 800;
const LATEST_MS = 4_000;

/** A connection that notes what it is told, and answers when it is let. */
class Server {
  state = "connected";
  timers = new Timers();
  told = [];
  #waiting = [];

  call(method, params) {
    if (method === "drafts.list") return Promise.resolve({ drafts: this.kept ?? [], next: "" });
    this.told.push(params.message);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async answer(failure = null) {
    const { resolve, reject } = this.#waiting.shift();
    if (failure) reject(failure);
    else resolve({});
    await settled();
  }
}

async function settled() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function begin() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  mock.method(console, "info", () => {});
  const server = new Server();
  const drafts = new Drafts(server);
  return { server, drafts, draft: drafts.at("garden") };
}

const told = (message, channel_url = "garden") => ({ type: "draft.changed", draft: { channel_url, parent_message_id: 0, message } });

test("it is told after a pause, and without one every few seconds", () => {
  const { server, draft } = begin();
  draft.write("a");
  draft.write("ab");
  mock.timers.tick(PAUSE_MS);
  assert.deepEqual(server.told, ["ab"]);
  const busy = begin();
  for (let at = 0; at < 2 * LATEST_MS; at += 100) {
    busy.draft.write(`x${at}`);
    mock.timers.tick(100);
  }
  assert.equal(busy.server.told.length, 1);
});

test("what is written while it is told is told after it", async () => {
  const { server, draft } = begin();
  draft.write("first");
  mock.timers.tick(PAUSE_MS);
  draft.write("second");
  mock.timers.tick(PAUSE_MS);
  assert.deepEqual(server.told, ["first"]);
  await server.answer();
  mock.timers.tick(1);
  assert.deepEqual(server.told, ["first", "second"]);
});

test("an echo changes nothing, what comes after it does", async () => {
  const { server, drafts, draft } = begin();
  draft.write("mine");
  mock.timers.tick(PAUSE_MS);
  drafts.handle(told("older, of another device"));
  assert.equal(draft.text, "mine");
  drafts.handle(told("mine"));
  drafts.handle(told("newer, of another device"));
  assert.equal(draft.text, "newer, of another device");
  await server.answer();
  mock.timers.tick(LATEST_MS);
  assert.deepEqual(server.told, ["mine"]);
});

test("what was written without a connection is newer than what the server has", async () => {
  const { server, drafts, draft } = begin();
  drafts.at("elsewhere").take("gone meanwhile");
  server.state = "connecting";
  draft.write("offline");
  mock.timers.tick(PAUSE_MS);
  assert.deepEqual(server.told, []);
  server.state = "connected";
  server.kept = [told("old").draft];
  await drafts.load();
  assert.deepEqual([draft.text, server.told], ["offline", ["offline"]]);
  assert.equal(drafts.has("elsewhere"), false);
});

test("a sent one is removed at once, and a text too long for the server stays here", () => {
  const { server, drafts, draft } = begin();
  draft.write("x".repeat(5001));
  mock.timers.tick(LATEST_MS);
  assert.equal(drafts.has("garden"), true);
  drafts.handle(told("short"));
  assert.equal(draft.text.length, 5001);
  draft.clear();
  assert.deepEqual(server.told, [""]);
});

test("what did not arrive is told again, what was refused is not", async () => {
  const { server, draft } = begin();
  draft.write("text");
  mock.timers.tick(PAUSE_MS);
  await server.answer(Object.assign(new Error("late"), { temporary: true }));
  mock.timers.tick(LATEST_MS);
  assert.deepEqual(server.told, ["text", "text"]);
  await server.answer(Object.assign(new Error("no member"), { temporary: false }));
  mock.timers.tick(LATEST_MS);
  assert.deepEqual(server.told, ["text", "text"]);
});

test("who goes back to what was there before, while that is told, keeps it", async () => {
  const { server, drafts, draft } = begin();
  draft.write("begun");
  mock.timers.tick(PAUSE_MS);
  draft.write("");
  drafts.handle(told("begun"));
  assert.equal(draft.text, "");
  await server.answer();
  mock.timers.tick(PAUSE_MS);
  assert.deepEqual(server.told, ["begun", ""]);
  drafts.handle(told(""));
  await server.answer();
  drafts.handle(told("from another device"));
  assert.equal(draft.text, "from another device");
});

test("also when no answer came, although it had arrived", async () => {
  const { server, drafts, draft } = begin();
  draft.write("begun");
  mock.timers.tick(PAUSE_MS);
  draft.write("");
  await server.answer(Object.assign(new Error("late"), { temporary: true }));
  drafts.handle(told("begun"));
  assert.equal(draft.text, "");
  mock.timers.tick(LATEST_MS);
  assert.deepEqual(server.told, ["begun", ""]);
});
