// Run by the tests: clients that keep their own state, and whose place in the stream is no longer known.
// Usage: node state.mjs SERVER API_TOKEN. One JSON line for each way: the events heard since each
// state that was loaded, and those missed.
import { Backend } from "./backend.mjs";
import { until } from "./time.mjs";
import { WAYS, call, makeClient } from "./ways.mjs";
import { Watcher } from "./watcher.mjs";

const backend = new Backend(...process.argv.slice(2));
const user = "keeper";
await backend.people("states", user);
const witness = new Watcher("websocket json", backend.base, await backend.session(user));
await witness.stream.ready(5000);
const { offset, epoch } = witness.positions[0];
const sent = await call(witness.client, witness.way, "messages.send", { channel_url: "states", message: "missed" });
await witness.reached(sent.message_id);
const missed = witness.after(offset).map(([each]) => each);

async function tell(way) {
  const states = [{ offset, epoch: "of a log that is gone" }, { offset, epoch }];
  const loaded = [];
  const getState = async () => {
    loaded.push([]);
    return states.shift();
  };
  const client = makeClient(way, backend.base, { token: await backend.session(user) });
  const subscription = client.newSubscription("~", { recoverable: true, getState });
  subscription.on("publication", (publication) => loaded.at(-1).push(publication.offset));
  subscription.subscribe();
  client.connect();
  await until(() => loaded.at(-1)?.includes(sent.message_id), way);
  client.disconnect();
  console.log(JSON.stringify({ way, loaded, missed }));
}

await Promise.all(WAYS.map(tell));
witness.client.disconnect();
