import assert from "node:assert/strict";
import { test } from "node:test";

import { fit, plain } from "../../../../chatd/web/app/fuzzy.js";

const order = (typed, ...texts) => texts.filter((text) => fit(typed, text) !== null).sort((a, b) => fit(typed, b) - fit(typed, a));

test("accents and capitals do not matter", () => {
  assert.equal(plain("Ärger in São Paulo"), "arger in sao paulo");
  assert.notEqual(fit("cafe MUN", "Café Münster"), null);
});

test("the beginning is better than a word, a word than a part, a part than letters", () => {
  const texts = ["Design", "Web design", "Redesign", "Dresden signs"];
  assert.deepEqual(order("design", ...texts), texts);
  assert.deepEqual(order("des", "Redesign", "Web design", "Design"), ["Design", "Web design", "Redesign"]);
});

test("every word has to be there, in any order", () => {
  assert.deepEqual(order("okafor ben", "Ben Okafor", "Ben Adams"), ["Ben Okafor"]);
});

test("letters at the beginnings of words are enough, letters anywhere are not", () => {
  assert.notEqual(fit("sr", "Spring release"), null);
  assert.equal(fit("xq", "Spring release"), null);
  assert.equal(fit("pgla", "Spring release x lag"), null);
});

test("of two that fit as well the shorter one goes first", () => {
  assert.deepEqual(order("gen", "General discussion", "General"), ["General", "General discussion"]);
});
