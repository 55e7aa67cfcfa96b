// Run by the tests: a sender or a receiver with the unmodified npm `centrifuge`.
// Usage: node client.mjs ROLE WEBSOCKET TOKENS API_TOKEN CHANNEL, as python_client.py.
import { Centrifuge } from "centrifuge";
import WebSocket from "ws";

const [role, url, tokens, apiToken, channel] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));

async function getToken() {
  const request = { method: "POST", headers: { "Api-Token": apiToken }, body: "{}" };
  const answer = await fetch(tokens, { ...request, signal: AbortSignal.timeout(10000) });
  return (await answer.json()).token;
}

const client = new Centrifuge(url, { getToken, websocket: WebSocket, minReconnectDelay: 50, maxReconnectDelay: 300 });
const subscription = client.newSubscription("~", { recoverable: true, positioned: true });

const last = new Promise((resolve) => {
  subscription.on("publication", ({ data, offset }) => {
    if (data.type !== "message.created") return;
    say({ message_id: data.message.message_id, req_id: data.message.req_id, offset });
    if (data.message.message === "last") resolve();
  });
});
subscription.on("subscribed", ({ recovered }) => say({ recovered }));

async function send(message) {
  const params = { channel_url: channel, message, req_id: `node ${message}` };
  for (;;) {
    try {
      const answer = await client.rpc("messages.send", params);
      say({ acknowledged: answer.data.message_id, req_id: params.req_id });
      return;
    } catch {
      say({ again: params.req_id });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function sendUntilTold() {
  let told = false;
  process.stdin.on("end", () => { told = true; }).resume();
  for (let number = 0; !told; number += 1) await send(`message ${number}`);
  await send("last");
}

client.connect();
subscription.subscribe();
await subscription.ready();
if (role === "send") await sendUntilTold();
await last;
client.disconnect();
