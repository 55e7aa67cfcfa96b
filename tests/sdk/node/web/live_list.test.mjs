import assert from "node:assert/strict";
import { test } from "node:test";

import { LiveList } from "../../../../chatd/web/sdk/live_list.js";

/** A list of which the test answers each page, with events that add and drop. */
function listed() {
  const asked = [];
  const page = (token) => new Promise((resolve, reject) => asked.push({ token, resolve, reject }));
  const list = new LiveList(page, (event) => {
    if (event.drop) list.drop([event.drop]);
    else if (!list.has(event.add)) list.set([item(event.add), ...list.items]);
  });
  return { asked, list, ids: () => list.items.map(({ message_id }) => message_id) };
}

const item = (id) => ({ message_id: id });
const answer = (ids, next = "") => ({ items: ids.map(item), next });

test("what comes while a page is on its way is in it, whether the page has it or not", async () => {
  const { asked, list, ids } = listed();
  const begun = list.begin();
  list.handle({ add: 4 });
  list.handle({ drop: 2 });
  asked[0].resolve(answer([3, 2, 1]));
  await begun;
  assert.deepEqual(ids(), [4, 3, 1]);
  list.handle({ add: 4 });
  assert.deepEqual(ids(), [4, 3, 1]);
});

test("what happens before the first page is there makes it not loaded", async () => {
  const { asked, list, ids } = listed();
  const begun = list.begin();
  list.handle({ add: 4 });
  assert.deepEqual([list.loaded, ids()], [false, [4]]);
  asked[0].resolve(answer([3]));
  await begun;
  assert.deepEqual([list.loaded, ids()], [true, [4, 3]]);
});

test("it is loaded once, and again after a failure", async () => {
  const { asked, list } = listed();
  assert.equal(list.begun, false);
  const [one, other] = [list.begin(), list.begin()];
  assert.equal(asked.length, 1);
  assert.equal(list.begun, true);
  asked[0].reject(new Error("no"));
  await assert.rejects(one);
  await assert.rejects(other);
  assert.equal(list.begun, false);
  const again = list.begin();
  asked[1].resolve(answer([1]));
  await again;
  assert.equal(list.loaded, true);
});

test("a further page of what was loaded anew meanwhile is not added", async () => {
  const { asked, list, ids } = listed();
  const begun = list.begin();
  asked[0].resolve(answer([4, 3], "a"));
  await begun;
  const more = list.loadMore();
  const anew = list.load();
  asked[2].resolve(answer([6, 5], "b"));
  await anew;
  asked[1].resolve(answer([2, 1]));
  await more;
  assert.deepEqual(ids(), [6, 5]);
  assert.equal(list.hasMore, true);
});

test("there is nothing after the last page", async () => {
  const { asked, list } = listed();
  const begun = list.begin();
  asked[0].resolve(answer([2, 1]));
  await begun;
  await list.loadMore();
  assert.equal(asked.length, 1);
});

test("a subclass that loads only what was begun does so", async () => {
  class Lazy extends LiveList {
    async load() {
      if (this.begun) await super.load();
    }
  }
  const asked = [];
  const list = new Lazy((token) => (asked.push(token), Promise.resolve(answer([1]))), () => {});
  await list.load();
  assert.equal(asked.length, 0);
  await list.begin();
  await list.load();
  assert.equal(asked.length, 2);
});
