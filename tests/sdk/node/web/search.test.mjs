import assert from "node:assert/strict";
import { test } from "node:test";
import { asTyped, Search } from "../../../../chatd/web/sdk/search.js";

test("the last word of what is typed is a beginning", () => {
  assert.equal(asTyped("good morn"), "good morn*");
  assert.equal(asTyped("Müll"), "Müll*");
});

test("what says already what it is stays so", () => {
  for (const text of ['"good morn', "good -morn", "morn*", "a", "東京", "well-kno", 'say "it"']) assert.equal(asTyped(text), text);
});

test("an answer that comes late is not shown", async () => {
  const waiting = [];
  const search = new Search({ call: (_, { query }) => new Promise((resolve) => waiting.push(() => resolve({ results: [query], next: "", total_count: 1 }))) });
  const first = search.find("one");
  const second = search.find("two");
  waiting[1]();
  await second;
  waiting[0]();
  await first;
  assert.deepEqual(search.results, ["two*"]);
});

test("pages follow each other", async () => {
  const pages = { "": { results: [1, 2], next: "n", total_count: 3 }, n: { results: [3], next: "" } };
  const search = new Search({ call: async (_, { token }) => pages[token] });
  await search.find("word");
  await search.more();
  await search.more();
  assert.deepEqual([search.results, search.total, search.hasMore], [[1, 2, 3], 3, false]);
});
