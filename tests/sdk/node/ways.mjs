// Every way in which the unmodified npm `centrifuge` can speak: a transport and an encoding.
import { Centrifuge } from "centrifuge";
import { Centrifuge as ProtobufCentrifuge } from "centrifuge/build/protobuf";
import { EventSource } from "eventsource";
import WebSocket from "ws";

export const WAYS = ["websocket json", "websocket protobuf", "http_stream json", "http_stream protobuf", "sse json"];

const isBinary = (way) => way.endsWith("protobuf");
export const pack = (way, value) => (isBinary(way) ? new TextEncoder().encode(JSON.stringify(value)) : value);
export const unpack = (data) => (data instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(data)) : data);

export const endpoint = (base, transport) => ({ transport, endpoint: address(base, transport) });
const address = (base, transport) =>
  `${transport === "websocket" ? base.replace("http", "ws") : base}/connection/${transport}`;

/** A client of the server at `base`, an http address. */
export function makeClient(way, base, { data, transports, ...options }) {
  const [transport] = way.split(" ");
  const Client = isBinary(way) ? ProtobufCentrifuge : Centrifuge;
  const only = transport === "websocket" ? address(base, transport) : [endpoint(base, transport)];
  return new Client(transports ?? only, {
    websocket: WebSocket,
    eventsource: EventSource,
    emulationEndpoint: `${base}/emulation`,
    data: data && pack(way, data),
    ...options,
  });
}

/** The result of an RPC. */
export async function call(client, way, method, params) {
  const answer = await client.rpc(method, pack(way, params));
  return unpack(answer.data);
}
