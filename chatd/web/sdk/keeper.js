import { newIdentifier } from "./identifier.js";
import { LocalStore } from "./local_store.js";
import { browserLocks } from "./platform.js";
/** @import { Timer } from "./timers.js" */
/** @import { Locks, Message, Snapshot, Store, Unsent } from "./types.js" */

const NAME = "chatd";
// Of what is kept: another one makes pages begin anew instead of reading what they do not understand.
const VERSION = 1;
const PAUSE_MS = 1_500;
const HEAD = "head";
const TIMELINE = "timeline ";
const UNSENT = "unsent ";
const PAGE = "chatd.page.";
const WRITER = "chatd.keeper";
const ADOPTION = "chatd.adoption";

/**
 * Keeps what a person has seen in this browser, for a start without waiting: a snapshot of the chat with the place of the stream
 * that it goes up to, and messages that were not sent yet. It belongs to one person: another one finds nothing.
 *
 * Of several pages one writes snapshots, and each sends the messages that were written in it; those of a page that is gone are
 * taken over by another (Web Locks). Where the browser keeps nothing, or breaks, the chat goes on without; that is told once.
 */
export class Keeper {
  #owner;
  #open;
  #locks;
  #page = newIdentifier();
  /** @type {Store | null} */
  #store = null;
  #isWriter = false;
  /** @type {Array<(value?: unknown) => void>} */
  #releases = [];
  #isEnded = false;
  /** @type {() => Snapshot | null} */
  #snapshot = () => null;
  /** @type {Map<string, Message[] | null>} */
  #written = new Map();
  /** @type {Timer | undefined} */
  #timer;

  /**
   * `owner`: whose it is. `open()`: resolves to what LocalStore.open does. `locks`: as navigator.locks, or undefined.
   * @param {string} owner
   * @param {{ open?: () => Promise<Store>, locks?: Locks }} [more]
   */
  constructor(owner, { open = () => LocalStore.open(NAME, VERSION), locks = browserLocks() } = {}) {
    this.#owner = owner;
    this.#open = open;
    this.#locks = locks;
  }

  /**
   * What was kept, as `snapshot()` gave it; null when there is nothing. `snapshot()` is null while nothing can be kept.
   * @param {() => Snapshot | null} snapshot
   * @returns {Promise<Snapshot | null>}
   */
  async begin(snapshot) {
    this.#snapshot = snapshot;
    if (!this.#owner || !this.#locks) return null;
    return this.#attempt(async () => {
      const store = (this.#store = await this.#open());
      const all = await store.all();
      const head = all.get(HEAD);
      const isOwn = head?.owner === this.#owner;
      if (!isOwn) await this.#take(store);
      await this.#hold(PAGE + this.#page);
      this.#hold(WRITER).then(() => this.#beginWriting());
      if (!isOwn || !head.position) return null;
      const timelines = [...all].filter(([key]) => key.startsWith(TIMELINE)).map(([, value]) => value);
      return { ...head, timelines };
    });
  }

  /** Something is different now. */
  touch() {
    this.#timer ||= setTimeout(() => this.#write(), PAUSE_MS);
  }

  /**
   * A message is on its way, or was refused: what is needed to send it after a reload. Its files may be too much for a browser.
   * @param {Unsent} item
   */
  put(item) {
    return this.#attempt(async () => {
      try {
        await this.#store?.write(new Map([[UNSENT + item.reqId, { ...item, owner: this.#owner, page: this.#page }]]));
      } catch (/** @type {any} */ failure) {
        if (failure?.name !== "QuotaExceededError" || !item.files?.length) throw failure;
        console.info("a message with files is not kept in this browser:", failure.message);
      }
    });
  }

  /**
   * A message is on its way no more.
   * @param {string} reqId
   */
  drop(reqId) {
    return this.#attempt(async () => this.#store?.write(new Map(), [UNSENT + reqId]));
  }

  /**
   * Messages of this page and of pages that are gone, oldest first: they are this one's now.
   * @returns {Promise<Unsent[]>}
   */
  async adopt() {
    const [store, locks] = [this.#store, this.#locks];
    if (!store || !locks) return [];
    const adopted = () => locks.request(ADOPTION, () => this.#adopt(store, locks));
    return (await this.#attempt(async () => /** @type {Unsent[]} */ (await adopted()))) ?? [];
  }

  /** The person signs out: nothing stays. */
  async wipe() {
    const store = this.#store;
    const isUsed = this.#owner && this.#locks;
    this.end();
    if (isUsed) await this.#attempt(async () => (store ?? (await this.#open())).clear());
  }

  end() {
    this.#isEnded = true;
    this.#store = null;
    clearTimeout(this.#timer);
    this.#releases.forEach((release) => release());
  }

  /**
   * Nothing of somebody else is there any more before something of this person is.
   * @param {Store} store
   */
  async #take(store) {
    await store.clear();
    await store.write(new Map([[HEAD, { owner: this.#owner, position: null }]]));
  }

  #beginWriting() {
    return this.#attempt(async () => {
      const all = (await this.#store?.all()) ?? new Map();
      [...all.keys()].filter((key) => key.startsWith(TIMELINE)).forEach((key) => this.#written.set(key, null));
      this.#isWriter = true;
      await this.#write();
    });
  }

  /**
   * Resolves when this page has a lock, which it keeps until it ends.
   * @param {string} name
   * @returns {Promise<void>}
   */
  #hold(name) {
    return new Promise((resolve) => {
      this.#locks?.request(name, () => {
        if (this.#isEnded) return undefined;
        resolve();
        return new Promise((release) => this.#releases.push(release));
      });
    });
  }

  async #write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const store = this.#store;
    if (!this.#isWriter || !store) return;
    const snapshot = this.#snapshot();
    if (!snapshot) return;
    const { timelines, ...rest } = snapshot;
    /** @type {Map<string, unknown>} */
    const puts = new Map([[HEAD, { ...rest, owner: this.#owner }]]);
    for (const timeline of timelines) {
      const key = TIMELINE + timeline.url;
      if (this.#written.get(key) !== timeline.mark) puts.set(key, { ...timeline, mark: null });
    }
    const current = new Map(timelines.map(({ url, mark }) => [TIMELINE + url, mark]));
    const gone = [...this.#written.keys()].filter((key) => !current.has(key));
    this.#written = current;
    await this.#attempt(() => store.write(puts, gone));
  }

  /**
   * @param {Store} store
   * @param {Locks} locks
   * @returns {Promise<Unsent[]>}
   */
  async #adopt(store, locks) {
    const { held = [] } = await locks.query();
    const pages = new Set(held.map(({ name }) => name));
    const unsent = [...(await store.all())].filter(([key]) => key.startsWith(UNSENT));
    const orphans = unsent.filter(([, { page }]) => page === this.#page || !pages.has(PAGE + page));
    // A page of another person may have been open still, and have written.
    const [own, foreign] = [true, false].map((isOwn) => orphans.filter(([, { owner }]) => (owner === this.#owner) === isOwn));
    await store.write(new Map(own.map(([key, item]) => [key, { ...item, page: this.#page }])), foreign.map(([key]) => key));
    return own.map(([, item]) => item).sort((a, b) => a.createdAt - b.createdAt);
  }

  /**
   * From the first failure on there is nothing kept.
   * @param {() => Promise<T>} work
   * @template T
   * @returns {Promise<T | null>}
   */
  async #attempt(work) {
    try {
      return (await work()) ?? null;
    } catch (/** @type {any} */ failure) {
      if (!this.#isEnded) console.info("nothing is kept in this browser:", failure?.message ?? failure);
      this.end();
      return null;
    }
  }
}
