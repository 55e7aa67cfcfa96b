// Run by the tests: says what the unmodified npm `centrifuge` sees of the server's answers, line by line.
// Usage: node conversation.mjs WEBSOCKET TOKEN [NEXT_TOKEN], as python_conversation.py.
import { Centrifuge } from "centrifuge";
import WebSocket from "ws";

const [url, token, nextToken] = process.argv.slice(2);
const getToken = async () => {
  console.log("asked for a token");
  return nextToken;
};
const asks = nextToken ? { getToken } : {};
const client = new Centrifuge(url, { token, data: { stream: true }, websocket: WebSocket, ...asks });

client.on("connected", ({ data }) => console.log("connected", data.user.user_id));
client.on("disconnected", ({ code }) => console.log("disconnected", code));
client.on("subscribed", ({ channel, recoverable }) => console.log("stream", channel, recoverable ? "recoverable" : "lossy"));
const typing = new Promise((resolve) => {
  client.on("publication", ({ data, offset }) => {
    if (data.type !== "typing") return;
    console.log("typing", offset ? "with offset" : "without offset");
    resolve();
  });
});

async function talk() {
  const other = client.newSubscription("other");
  const refused = new Promise((resolve) => other.on("unsubscribed", resolve));
  other.subscribe();
  console.log("other", (await refused).code);
  for (const method of ["nothing.here", "users.create", "messages.send"]) {
    await client.rpc(method, {}).catch((error) => console.log(method, error.code));
  }
  await client.rpc("channels.typing", { channel_url: "kitchen" });
  await typing;
  client.disconnect();
}

client.connect();
const connected = await client.ready(5000).then(() => true, () => false);
if (connected) await talk();
