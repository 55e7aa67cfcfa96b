// The way between one client and the model: a socket that speaks the client protocol, over a network that a test can harm.
import { run } from "./commands.mjs";
import { Model } from "./model.mjs";
import { ME, Refusal } from "./people.mjs";

const STREAM = "~";
const TTL_SECONDS = 40;
const LATENCY_MS = 5;

/** A server and its network. All of it runs by the mocked clock. */
export class World {
  /** How far the server's clock is from the client's, in ms. */
  skew;
  model;
  /** How many ms the answers to the next calls wait for, beside the way. */
  delays = [];
  isDown = false;
  /** By the message that began it: the channel of each thread that was replied to. */
  opened = new Map();
  #sockets = new Set();
  #oldestToken = 0;
  #tokens = 0;

  constructor(urls, skew) {
    this.skew = skew;
    this.model = new Model(urls, { told: (entry) => this.#tell(entry), now: () => this.now() });
    const world = this;
    /** What the SDK is given as its WebSocket. */
    this.WebSocket = class extends Socket {
      constructor() {
        super(world);
        world.#sockets.add(this);
      }
    };
  }

  now() {
    return Date.now() + this.skew;
  }

  token() {
    this.#tokens += 1;
    return `${this.#tokens} ${this.now() + TTL_SECONDS * 1000}`;
  }

  /** Whether a token is good still. */
  accepts(token) {
    const [number, until] = token.split(" ").map(Number);
    return number > this.#oldestToken && until > this.now();
  }

  /** End all connections, with whatever is on its way in them. */
  cut(code = 1006) {
    for (const socket of this.#sockets) socket.lose(code);
    this.#sockets.clear();
  }

  /** No token of before is good any more. */
  expireTokens() {
    this.#oldestToken = this.#tokens;
    this.cut(3005);
  }

  /** Tell the last few publications once more. */
  repeat(count) {
    for (const socket of this.#sockets) socket.repeat(this.model.log.slice(-count));
  }

  gone(socket) {
    this.#sockets.delete(socket);
  }

  #tell(entry) {
    for (const socket of this.#sockets) socket.tell([entry]);
  }
}

/** One connection, as the client's library sees it. */
class Socket {
  readyState = 0;
  #world;
  #isOpen = true;
  #isSubscribed = false;

  constructor(world) {
    this.#world = world;
    this.#later(() => this.#begin());
  }

  send(text) {
    for (const line of text.split("\n")) if (line) this.#later(() => this.#answer(JSON.parse(line)));
  }

  close() {
    this.lose(1000);
  }

  lose(code) {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.readyState = 3;
    this.#world.gone(this);
    setTimeout(() => this.onclose?.({ code, reason: "", wasClean: code !== 1006 }), 0);
  }

  tell(entries) {
    if (this.#isSubscribed) for (const { offset, data } of entries) this.#push({ push: { channel: STREAM, pub: { offset, data: data() } } });
  }

  repeat(entries) {
    this.tell(entries.filter(({ data }) => data() !== null));
  }

  #begin() {
    if (this.#world.isDown) return this.lose(1006);
    this.readyState = 1;
    this.onopen?.({});
  }

  #later(work, delay = 0) {
    setTimeout(() => this.#isOpen && work(), LATENCY_MS + delay);
  }

  #push(reply) {
    if (reply.push && reply.push.pub.data === null) return;
    const text = JSON.stringify(reply);
    this.#later(() => this.onmessage?.({ data: text }));
  }

  #answer({ id, connect, subscribe, rpc, refresh }) {
    if (connect) this.#connect(id, connect);
    else if (refresh) this.#refresh(id, refresh);
    else if (subscribe) this.#subscribe(id, subscribe);
    else if (rpc) this.#rpc(id, rpc);
  }

  #connect(id, { token }) {
    if (!this.#world.accepts(token)) return this.#push({ id, error: { code: 109, message: "token expired", temporary: true } });
    const data = { user: { user_id: ME, nickname: ME, profile_url: "" } };
    this.#push({ id, connect: { client: "c", version: "model", expires: true, ttl: TTL_SECONDS, data } });
  }

  #refresh(id, { token }) {
    if (!this.#world.accepts(token)) return this.lose(3005);
    this.#push({ id, refresh: { client: "c", expires: true, ttl: TTL_SECONDS } });
  }

  #subscribe(id, { recover = false, offset = 0, epoch = "" }) {
    const { model } = this.#world;
    const missed = recover ? model.missed(offset, epoch) : null;
    this.#isSubscribed = true;
    const publications = (missed ?? []).map((entry) => ({ offset: entry.offset, data: entry.data() })).filter(({ data }) => data !== null);
    const place = { recoverable: true, positioned: true, epoch: String(model.epoch), offset: recover && missed ? offset : model.offset };
    if (missed?.length) place.offset = model.offset;
    this.#push({ id, subscribe: { ...place, was_recovering: recover, recovered: missed !== null, publications } });
  }

  /** It is done now; the answer may wait. */
  #rpc(id, { method, data }) {
    const reply = this.#done(id, method, data);
    setTimeout(() => this.#isOpen && this.#push(reply), this.#world.delays.shift() ?? 0);
  }

  #done(id, method, params) {
    try {
      return { id, rpc: { data: structuredClone(run(this.#world.model, method, params)) } };
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      return { id, error: { code: failure.code, message: failure.message, temporary: failure.temporary } };
    }
  }
}
