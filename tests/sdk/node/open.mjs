// Run by the tests: the unmodified npm `centrifuge` in an open channel, line by line what it sees.
// Usage: node open.mjs WAY SERVER TOKEN; WAY is one of ways.mjs.
import { call, makeClient, unpack } from "./ways.mjs";

const [way, server, token] = process.argv.slice(2);
const channel_url = "hall";
const client = makeClient(way, server, { token });
const told = [];
let wake = () => {};

function subscribe(name) {
  const subscription = client.newSubscription(name);
  subscription.on("subscribed", ({ recoverable, positioned, wasRecovering, recovered }) => {
    console.log("entered", recoverable && positioned ? "recoverable" : "lossy", wasRecovering ? recovered : "anew");
  });
  subscription.on("unsubscribed", ({ code }) => console.log("left", code));
  subscription.on("publication", ({ data, offset }) => {
    const { type, message } = unpack(data);
    told.push([type, message?.message, offset]);
    wake();
  });
  subscription.subscribe();
  return subscription;
}

async function until(type, text) {
  while (!told.some((each) => each[0] === type && each[1] === text)) {
    await new Promise((resolve) => (wake = resolve));
  }
}

async function say(message) {
  return (await call(client, way, "messages.send", { channel_url, message })).message_id;
}

client.connect();
await client.ready(5000);
await call(client, way, "open_channels.create", { channel_url });
const nowhere = client.newSubscription("open:nowhere");
const refused = new Promise((resolve) => nowhere.on("unsubscribed", resolve));
nowhere.subscribe();
console.log("nowhere", (await refused).code);
const hall = subscribe(`open:${channel_url}`);
await hall.ready(5000);
await say("one");
await until("message.created", "one");
console.log("clients", Object.keys((await hall.presence()).clients).length, (await hall.presenceStats()).numUsers);
client.disconnect();
client.connect();
await client.ready(5000);
await say("two");
await until("message.created", "two");
const offsets = told.map((each) => each[2]).filter(Boolean);
console.log(offsets.every((each, n) => n === 0 || each > offsets[n - 1]) ? "in order" : "out of order");
await call(client, way, "open_channels.delete", { channel_url });
await until("channel.deleted", undefined);
await new Promise((resolve) => hall.state === "unsubscribed" ? resolve() : hall.on("unsubscribed", resolve));
client.disconnect();
