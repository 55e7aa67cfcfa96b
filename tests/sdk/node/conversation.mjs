// Run by the tests: says what the unmodified npm `centrifuge` sees of the server's answers, line by line.
// Usage: node conversation.mjs WAY SERVER TOKEN; WAY is one of ways.mjs.
import { call, makeClient, unpack } from "./ways.mjs";

const [way, server, token] = process.argv.slice(2);
const client = makeClient(way, server, { token, data: { stream: true } });

client.on("connected", ({ data }) => console.log("connected", unpack(data).user.user_id));
client.on("disconnected", ({ code }) => console.log("disconnected", code));
client.on("subscribed", ({ channel, recoverable }) => console.log("stream", channel, recoverable ? "recoverable" : "lossy"));
const typing = new Promise((resolve) => {
  client.on("publication", ({ data, offset }) => {
    if (!unpack(data).typing) return;
    console.log("typing", offset ? "with offset" : "without offset");
    resolve();
  });
});

async function talk() {
  await client.ready(5000);
  const other = client.newSubscription("other");
  const refused = new Promise((resolve) => other.on("unsubscribed", resolve));
  other.subscribe();
  console.log("other", (await refused).code);
  for (const method of ["nothing.here", "users.create", "messages.send"]) {
    await call(client, way, method, {}).catch((error) => console.log(method, error.code));
  }
  await call(client, way, "channels.typing", { channel_url: "kitchen" });
  await typing;
  await call(client, way, "channels.typing", { channel_url: "kitchen", typing: false });
  client.disconnect();
}

client.connect();
await talk();
