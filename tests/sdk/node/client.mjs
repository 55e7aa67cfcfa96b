// Run by the tests: a sender or a receiver with the unmodified npm `centrifuge`.
// Usage: node client.mjs WAY ROLE SERVER TOKENS API_TOKEN CHANNEL, as python_client.py; WAY is one of ways.mjs.
import { call, makeClient, unpack } from "./ways.mjs";

const [way, role, server, tokens, apiToken, channel] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));

async function getToken() {
  const request = { method: "POST", headers: { "Api-Token": apiToken }, body: "{}" };
  const answer = await fetch(tokens, { ...request, signal: AbortSignal.timeout(10000) });
  return (await answer.json()).token;
}

const client = makeClient(way, server, { getToken, minReconnectDelay: 50, maxReconnectDelay: 300 });
const subscription = client.newSubscription("~", { recoverable: true, positioned: true });

const last = new Promise((resolve) => {
  subscription.on("publication", ({ data, offset }) => {
    const { type, message } = unpack(data);
    if (type !== "message.created") return;
    if (message.message === "last") resolve();
    else say({ message_id: message.message_id, req_id: message.req_id, offset });
  });
});
subscription.on("subscribed", ({ recovered }) => say({ recovered }));

async function send(message) {
  const params = { channel_url: channel, message, req_id: `${way} ${message}` };
  for (;;) {
    try {
      const answer = await call(client, way, "messages.send", params);
      say({ acknowledged: answer.message_id, req_id: params.req_id });
      return;
    } catch {
      say({ again: params.req_id });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function sendUntilTold() {
  let told = false;
  process.stdin.on("end", () => { told = true; });
  await new Promise((resolve) => process.stdin.on("data", resolve));
  for (let number = 0; !told; number += 1) await send(`message ${number}`);
  say({ sent: "all" });
}

client.connect();
subscription.subscribe();
await subscription.ready();
if (role === "send") await sendUntilTold();
await last;
client.disconnect();
