import { fromRpc } from "./failure.js";
import { webSocket } from "./platform.js";
import { Signal } from "./signal.js";
import { Timers } from "./timers.js";
import { Centrifuge } from "./transport.js";
/** @import { Timer } from "./timers.js" */
/** @import { Tokens } from "./tokens.js" */
/** @import { Event, Me, Method, Params, Position, Result } from "./types.js" */

const STREAM = "~";
const CALL_DEADLINE_MS = 8_000;
// A person is looking at the page: better to knock every few seconds than to wait the usual twenty.
const MAX_DELAY_MS = 6_000;
const CLOSED_BY_US = 0;
const SIGNED_OUT = 1;

/** @typedef {"connecting" | "connected" | "disconnected"} State */

/** The WebSocket: calls, the stream of events, and the state that a person sees. Reconnects by itself. */
export class Connection {
  /** @type {State} */
  state = "connecting";
  /**
   * (state)
   * @type {Signal<[State]>}
   */
  stateChanged = new Signal();
  /**
   * (data) of the server's answer to each connect.
   * @type {Signal<[{ user?: Partial<Me> }]>}
   */
  connected = new Signal();
  /**
   * (whole): the stream is there; `whole` when nothing was missed since it was there before.
   * @type {Signal<[boolean]>}
   */
  streaming = new Signal();
  /**
   * Up to where the stream has been told, {offset, epoch}; null before it is there.
   * @type {Position | null}
   */
  position = null;
  /**
   * (event) of the stream, in order.
   * @type {Signal<[Event]>}
   */
  event = new Signal();
  /**
   * The person is signed out: no token is to be had.
   * @type {Signal<[]>}
   */
  ended = new Signal();

  /** What is to happen later, as long as this is open. */
  timers = new Timers();

  #client;
  #revivals = 0;
  // The offset of what was told last.
  #told = 0;
  /** @type {Timer | undefined} */
  #revival;

  /**
   * `endpoint`: the address of the WebSocket. `tokens`: see Tokens. `websocket`: the class to use, where there is none.
   * @param {{ endpoint: string, tokens: Tokens, websocket?: unknown }} parts
   */
  constructor({ endpoint, tokens, websocket = webSocket() }) {
    this.#client = new Centrifuge(endpoint, {
      name: "chatd-js",
      websocket,
      token: tokens.first,
      timeout: CALL_DEADLINE_MS,
      maxReconnectDelay: MAX_DELAY_MS,
      getToken: () => tokens.renew().catch(refuse),
    });
    this.#follow();
  }

  /**
   * `since`: a position from which to go on, when one is known.
   * @param {Position | null} [since]
   */
  open(since = null) {
    if (!this.#client.getSubscription(STREAM)) this.#subscribe(since);
    this.#client.connect();
  }

  close() {
    this.timers.end();
    this.#client.disconnect();
  }

  /** Try again now instead of after the current pause. */
  hurry() {
    if (this.state === "connected") return;
    this.timers.cancel(this.#revival);
    this.#client.disconnect();
    this.open();
  }

  /**
   * Run a command; rejects with a Failure.
   * @param {M} method
   * @param {Params<M>} [params]
   * @template {Method} M
   * @returns {Promise<Result<M>>}
   */
  async call(method, params = {}) {
    try {
      return (await this.#client.rpc(method, params)).data;
    } catch (/** @type {any} */ error) {
      throw fromRpc(error);
    }
  }

  /**
   * Resolves when the stream is there, and after a pause if it is there now.
   * @param {number} pause
   * @returns {Promise<void>}
   */
  calm(pause) {
    return new Promise((resolve) => {
      if (this.state === "connected") return this.timers.after(pause, resolve);
      const end = this.streaming.listen(() => {
        end();
        resolve();
      });
    });
  }

  #follow() {
    this.#client.on("connecting", () => this.#become("connecting"));
    this.#client.on("connected", ({ data }) => {
      this.#revivals = 0;
      this.#become("connected");
      this.connected.emit(data ?? {});
    });
    this.#client.on("disconnected", ({ code }) => {
      if (code === CLOSED_BY_US) this.#become("disconnected");
      else if (code === SIGNED_OUT) this.#end();
      else this.#revive();
    });
  }

  /**
   * Subscribe to an open channel; returns the function that ends it. `entered(whole)`: it is there; `whole` when nothing was missed since
   * it was there before. `told(event)`: in order. `ended()`: the server has ended it for good.
   * @param {string} channel
   * @param {{ entered: (whole: boolean) => void, told: (event: Event) => void, ended: () => void }} does
   */
  enter(channel, { entered, told, ended }) {
    const subscription = this.#client.newSubscription(channel, { recoverable: true, positioned: true });
    subscription.on("subscribed", ({ wasRecovering, recovered }) => entered(wasRecovering && recovered));
    subscription.on("publication", ({ data }) => told(data));
    subscription.on("unsubscribed", () => {
      this.#client.removeSubscription(subscription);
      ended();
    });
    subscription.subscribe();
    return () => subscription.unsubscribe();
  }

  /** @param {Position | null} since */
  #subscribe(since) {
    const stream = this.#client.newSubscription(STREAM, { recoverable: true, positioned: true, ...(since && { since }) });
    stream.on("subscribed", ({ wasRecovering, recovered, streamPosition }) => {
      // What was missed is told next, in the same turn.
      const { offset, epoch } = /** @type {Position} */ (streamPosition);
      this.position = { offset, epoch };
      if (!recovered) this.#told = offset;
      this.streaming.emit(wasRecovering && recovered);
    });
    stream.on("publication", ({ data, offset = 0 }) => {
      // What comes twice was told already; an event may have several publications.
      if (offset > 0 && offset < this.#told) return;
      this.#told = Math.max(this.#told, offset);
      if (this.position && offset > this.position.offset) this.position = { ...this.position, offset };
      this.event.emit(data);
    });
    stream.subscribe();
  }

  /** The server has closed for good, perhaps because the token is too old: once more with a new one. */
  #revive() {
    this.#become("connecting");
    this.#client.setToken("");
    const delay = Math.min(500 * 2 ** this.#revivals++, 30_000);
    this.#revival = this.timers.after(delay, () => this.open());
  }

  #end() {
    this.#become("disconnected");
    this.ended.emit();
  }

  /** @param {State} state */
  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.stateChanged.emit(state);
  }
}

/**
 * @param {any} failure
 * @returns {never}
 */
function refuse(failure) {
  throw failure.status === 401 ? new Centrifuge.UnauthorizedError(failure.message) : failure;
}
