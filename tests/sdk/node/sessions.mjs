// Run by the tests: sessions that expire or are revoked, over every transport.
// Usage: node sessions.mjs SERVER API_TOKEN. One JSON line for each way and story: how often the client connected and
// asked for a token, and the codes with which it ended.
import { Backend } from "./backend.mjs";
import { pause, until } from "./time.mjs";
import { Watcher } from "./watcher.mjs";
import { WAYS, call } from "./ways.mjs";

const backend = new Backend(...process.argv.slice(2));
const lasting = (milliseconds) => (user) => backend.session(user, { expires_at: Date.now() + milliseconds });
const expired = async (user) => {
  const token = await lasting(1000)(user);
  await pause(1010);
  return token;
};
const fresh = (user) => backend.session(user);
const unknown = async () => "nobody's";

const connected = (times) => ({ watcher }) => until(() => watcher.connections === times);
const renewed = async ({ watcher, asked }) => {
  await until(() => asked.length === 1);
  await pause(100);
  await call(watcher.client, watcher.way, "users.me", {});
};
const ended = ({ watcher }) => until(() => watcher.refusals.length);
const revoked = async (scene) => {
  await connected(1)(scene);
  await backend.call("DELETE", `/users/${scene.user}/token`);
  await ended(scene);
  await pause(100);
};

// The first token, those that the client gets when it asks, and what happens then.
const STORIES = {
  "expired before": [expired, [fresh], connected(1)],
  "expired twice before": [expired, [expired, fresh], connected(1)],
  "asks at first": [() => "", [fresh], connected(1)],
  "renewed in time": [lasting(1900), [fresh], renewed],
  "renewed with an expired one": [lasting(1900), [expired, fresh], connected(2)],
  "renewed with an unknown one": [lasting(1900), [unknown], ended],
  "unknown": [unknown, [fresh], ended],
  "revoked": [fresh, [fresh], revoked],
};

async function tell(way, name, [first, next, story], number) {
  const user = `${way} ${number}`.replaceAll(" ", "-");
  await backend.call("POST", "/users", { user_id: user, nickname: user });
  const asked = [];
  const getToken = async () => {
    asked.push(asked.length);
    return next[asked.length - 1](user);
  };
  const watcher = new Watcher(way, backend.base, await first(user), { getToken });
  await story({ watcher, user, asked });
  const { connections, refusals } = watcher;
  watcher.client.disconnect();
  console.log(JSON.stringify({ way, story: name, connections, asked: asked.length, codes: refusals.filter(Boolean) }));
}

const stories = Object.entries(STORIES);
await Promise.all(WAYS.flatMap((way) => stories.map(([name, story], number) => tell(way, name, story, number))));
