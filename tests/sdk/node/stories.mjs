// What happens while a connection is cut. Each story returns the offset of its last event.
import { call } from "./ways.mjs";

/** The client sends until that is acknowledged; sending again does no harm. */
async function send({ watcher: { client, way }, channel, name }, text) {
  const message = `${name} ${text}`;
  const params = { channel_url: channel, message, req_id: message };
  for (;;) {
    try {
      return (await call(client, way, "messages.send", params)).message_id;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

/** The friend sends. */
const hear = async ({ friend, channel, name }, text) =>
  (await call(friend, "", "messages.send", { channel_url: channel, message: `${name} ${text}` })).message_id;

/** Both send, and the friend types and reads. */
async function talk(scene) {
  const { friend, channel } = scene;
  const sent = [send(scene, "one"), send(scene, "two")];
  await hear(scene, "hello");
  await Promise.all(["typing", "mark_read"].map((each) => call(friend, "", `channels.${each}`, { channel_url: channel })));
  await Promise.all(sent);
  return hear(scene, "bye");
}

const tick = () => new Promise(setImmediate);

/** The client cannot decide whether it wants the stream: in one tick, while publications come, and as one comes. */
async function waver(scene) {
  const { stream } = scene.watcher;
  const again = () => (stream.unsubscribe(), stream.subscribe());
  const heard = ["one", "two", "three"].map((text) => hear(scene, text));
  again();
  again();
  stream.once("publication", again);
  await heard[0];
  again();
  stream.unsubscribe();
  await tick();
  stream.subscribe();
  await Promise.all(heard);
  again();
  return hear(scene, "bye");
}

/** The server has subscribed the client, which tries to subscribe too. */
async function subscribeBeside(scene) {
  const { client } = scene.watcher;
  const beside = client.newSubscription("~");
  beside.subscribe();
  await client.ready();
  const heard = hear(scene, "one");
  beside.unsubscribe();
  beside.subscribe();
  beside.unsubscribe();
  await heard;
  beside.subscribe();
  await hear(scene, "two");
  beside.unsubscribe();
  return hear(scene, "bye");
}

export const STORIES = [
  { name: "talk", byServer: false, tell: talk },
  { name: "talk by server", byServer: true, tell: talk },
  { name: "waver", byServer: false, tell: waver },
  { name: "subscribe beside", byServer: true, tell: subscribeBeside },
];
