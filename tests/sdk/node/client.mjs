// Run by the tests: a sender or a receiver with the unmodified npm `centrifuge`.
// Usage: node client.mjs ROLE WEBSOCKET TOKEN CHANNEL COUNT, as python_client.py.
import { Centrifuge } from "centrifuge";
import WebSocket from "ws";

const [role, url, token, channel, countText] = process.argv.slice(2);
const count = Number(countText);
const say = (line) => console.log(JSON.stringify(line));

const client = new Centrifuge(url, { token, websocket: WebSocket, minReconnectDelay: 50, maxReconnectDelay: 300 });
const subscription = client.newSubscription("~", { recoverable: true, positioned: true });

let left = count;
const all = new Promise((resolve) => {
  subscription.on("publication", ({ data, offset }) => {
    if (data.type !== "message.created") return;
    say({ message_id: data.message.message_id, req_id: data.message.req_id, offset });
    left -= 1;
    if (left === 0) resolve();
  });
});

async function sendAll() {
  for (let number = 0; number < count; number += 1) {
    const params = { channel_url: channel, message: `message ${number}`, req_id: `node-${number}` };
    for (;;) {
      try {
        const answer = await client.rpc("messages.send", params);
        say({ message_id: answer.data.message_id, req_id: params.req_id });
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

client.connect();
subscription.subscribe();
await subscription.ready();
say({ ready: true });
if (role === "send") await sendAll();
await all;
client.disconnect();
