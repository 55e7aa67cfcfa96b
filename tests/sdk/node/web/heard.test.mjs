import assert from "node:assert/strict";
import { test } from "node:test";
import { Heard } from "../../../../chatd/web/sdk/heard.js";

test("one that was never told is not heard of, though later ones were", () => {
  const heard = new Heard();
  heard.restart(4);
  heard.add(7);
  assert.deepEqual([3, 4, 6, 7, 8].map((id) => heard.has(id)), [true, true, false, true, false]);
  assert.equal(heard.last, 7);
  heard.restart(8);
  assert.equal(heard.has(6), true);
});

test("of very many the oldest count as loaded", () => {
  const heard = new Heard();
  for (let id = 2; id < 3_000; id += 2) heard.add(id);
  assert.deepEqual([heard.has(3), heard.has(2_997), heard.has(2_998)], [true, false, true]);
});
