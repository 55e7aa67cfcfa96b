// One client, and what it sees of the stream.
import { until } from "./time.mjs";
import { makeClient, unpack } from "./ways.mjs";

const DELAYS = { minReconnectDelay: 1, maxReconnectDelay: 20 };
const STREAM = { recoverable: true, positioned: true, minResubscribeDelay: 1, maxResubscribeDelay: 20 };

export class Watcher {
  events = []; // [offset, what happened], without those that have no offset
  transports = []; // of each time that it connected
  positions = []; // each time the stream was there: where it stood, and whether everything missed was recovered
  refusals = []; // codes with which the stream or the client ended

  /** It subscribes `since` a position, or is subscribed by the server. */
  constructor(way, base, token, { byServer = false, since, ...options } = {}) {
    this.way = way;
    this.client = makeClient(way, base, { token, data: byServer && { stream: true }, ...DELAYS, ...options });
    this.stream = byServer ? this.client : this.client.newSubscription("~", { ...STREAM, since });
    this.stream.on("publication", ({ data, offset }) => this.#heard(unpack(data), offset));
    this.stream.on("subscribed", ({ streamPosition, recovered }) => this.positions.push({ ...streamPosition, recovered }));
    this.client.on("connected", ({ transport }) => this.transports.push(transport));
    this.client.on("disconnected", ({ code }) => this.refusals.push(code));
    if (!byServer) this.stream.subscribe();
    this.client.connect();
  }

  /** How often it connected. */
  get connections() {
    return this.transports.length;
  }

  /** The events after an offset. */
  after(start) {
    return this.events.filter(([offset]) => offset > start);
  }

  /** Until an event with this offset, or a later one, has come. */
  async reached(offset) {
    await until(() => this.events.length && this.events.at(-1)[0] >= offset, `${offset}; ${JSON.stringify(this)}`);
  }

  #heard(data, offset) {
    if (offset === undefined) return;
    this.events.push([offset, `${data.type} ${data.message?.message ?? ""}`]);
  }

  toJSON() {
    const { way, events, transports, positions, refusals } = this;
    return { way, events, transports, positions, refusals, state: this.client.state };
  }
}
