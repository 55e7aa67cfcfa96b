import assert from "node:assert/strict";
import { test } from "node:test";
import { People } from "../../../../chatd/web/sdk/people.js";

const person = (user_id, nickname) => ({ user_id, nickname });

/** People of a server that looks at `looked` of them for an answer, in the order of their names. */
function among(everybody, looked) {
  const asked = [];
  const call = async (method, { search, nickname_startswith: beginning, token = "0", limit }) => {
    asked.push(search === undefined ? "beginning" : "search");
    if (beginning !== undefined) {
      return { users: everybody.filter(({ nickname }) => nickname.toLowerCase().startsWith(beginning)).slice(0, limit), next: "" };
    }
    const from = Number(token);
    const users = everybody.slice(from, from + looked).filter(({ nickname }) => nickname.toLowerCase().split(" ").some((word) => word.startsWith(search)));
    return { users, next: from + looked < everybody.length ? String(from + looked) : "" };
  };
  return { people: new People({ call }, { user_id: "me" }), asked };
}

test("in a team one answer has everybody but oneself, by name", async () => {
  const { people, asked } = among([person("a", "Ann Okafor"), person("me", "Me Okafor"), person("b", "Ben Okafor"), person("c", "Cid")], 100);
  assert.deepEqual((await people.search(" okafor")).map(({ user_id }) => user_id), ["a", "b"]);
  assert.deepEqual(asked, ["search"]);
});

test("among very many somebody is found by how the name begins, wherever they stand", async () => {
  const many = Array.from({ length: 1000 }, (_, number) => person(`u${number}`, `Guest ${String(number).padStart(4, "0")}`));
  const { people, asked } = among([...many, person("z", "Zoe")], 10);
  assert.deepEqual((await people.search("zoe")).map(({ user_id }) => user_id), ["z"]);
  assert.equal(asked.length, 4);
  assert.deepEqual((await people.search("0021")).map(({ user_id }) => user_id), ["u21"]);
});

test("nobody is there twice", async () => {
  const { people } = among(Array.from({ length: 30 }, (_, number) => person(`u${number}`, `Guest ${number}`)), 10);
  const found = (await people.search("guest")).map(({ user_id }) => user_id);
  assert.equal(new Set(found).size, found.length);
  assert.equal(found.length, 30);
});
