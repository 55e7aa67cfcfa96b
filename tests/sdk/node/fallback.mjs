// Run by the tests: clients with a list of transports, behind proxies that do not let all of them pass.
// Usage: node fallback.mjs SERVER API_TOKEN. One JSON line for each network: which transports were used.
import assert from "node:assert";
import { Backend } from "./backend.mjs";
import { Network } from "./network.mjs";
import { until } from "./time.mjs";
import { Watcher } from "./watcher.mjs";
import { call, endpoint } from "./ways.mjs";

const backend = new Backend(...process.argv.slice(2));
const EVERY = ["websocket", "http_stream", "sse"];
const NETWORKS = [
  { way: "websocket json", transports: EVERY, rules: {} },
  { way: "websocket protobuf", transports: EVERY.slice(0, 2), rules: {} },
  { way: "websocket json", transports: EVERY, rules: { forbidden: ["http_stream"] } },
  { way: "websocket json", transports: EVERY, rules: { held: ["http_stream"] } },
];

async function chat(watcher, channel, message) {
  const sent = await call(watcher.client, watcher.way, "messages.send", { channel_url: channel, message });
  await watcher.reached(sent.message_id);
  return sent.message_id;
}

async function tell({ way, transports, rules }, number) {
  const [user, channel] = [`user-${number}`, `channel-${number}`];
  await backend.people(channel, user);
  const network = new Network(backend.base, rules);
  const base = await network.listen();
  const list = transports.map((transport) => endpoint(base, transport));
  const watcher = new Watcher(way, base, await backend.session(user), { transports: list, timeout: 2000 });
  await watcher.client.ready(10000);
  const said = [await chat(watcher, channel, "one"), await chat(watcher, channel, "two")];
  network.cut();
  await until(() => watcher.connections === 2);
  said.push(await chat(watcher, channel, "three"));
  assert.deepStrictEqual(watcher.events.slice(-3).map(([offset]) => offset), said);
  watcher.client.disconnect();
  network.close();
  console.log(JSON.stringify({ network: number, transports: watcher.transports }));
}

await Promise.all(NETWORKS.map(tell));
