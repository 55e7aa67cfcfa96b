import { Failure, unreachable } from "./failure.js";
import { Change } from "./signal.js";
import { within } from "./timers.js";
/** @import { Connection } from "./connection.js" */
/** @import { Tokens } from "./tokens.js" */
/** @import { Event, Me, Params } from "./types.js" */

const DEADLINE_MS = 30_000;

/** What a person says of themselves: name, picture, status, and who may see whether they are online. */
export class Profile {
  changed = new Change();
  /** "everybody", "contacts" or "nobody"; "" until it is loaded. */
  visibleTo = "";

  #connection;
  #origin;
  #tokens;
  #know;

  /**
   * `know(user)` is told what the person is now.
   * @param {Connection} connection
   * @param {{ origin: string, tokens: Tokens, know: (user: Partial<Me>) => void }} more
   */
  constructor(connection, { origin, tokens, know }) {
    this.#connection = connection;
    this.#origin = origin;
    this.#tokens = tokens;
    this.#know = know;
  }

  /** @param {string} nickname */
  async rename(nickname) {
    this.#know(await this.#connection.call("users.update", { nickname }));
  }

  /**
   * Say something of the moment until a time in ms, 0 for until it is changed; without text and emoji nothing.
   * @param {{ text?: string, emoji?: string, expiresAt?: number }} status
   */
  async setStatus({ text = "", emoji = "", expiresAt = 0 }) {
    const status = await this.#connection.call("users.set_status", { text, emoji, expires_at: expiresAt });
    this.#know({ status });
  }

  /**
   * A JPEG or PNG, of which the server makes a square.
   * @param {Blob} file
   */
  async setPicture(file) {
    const response = await this.#send(file);
    const answer = await response.json().catch(() => null);
    if (!response.ok) throw new Failure(answer?.message ?? "The picture was not taken.", { code: answer?.code, status: response.status });
    this.#know(answer);
  }

  /**
   * The languages that this person reads, as tags, the best first; at most 4.
   * @param {string[]} tags
   */
  async preferLanguages(tags) {
    this.#know(await this.#connection.call("users.update", { preferred_languages: tags }));
  }

  async removePicture() {
    this.#know(await this.#connection.call("users.update", { profile_url: "" }));
  }

  async loadVisibility() {
    this.#see(await this.#connection.call("users.view_presence_preference", {}));
  }

  /** @param {Params<"users.update_presence_preference">["visible_to"]} visibleTo */
  async showTo(visibleTo) {
    this.#see(await this.#connection.call("users.update_presence_preference", { visible_to: visibleTo }));
  }

  /** @param {Event} event */
  handle(event) {
    if (event.type === "presence_preference.changed") this.#see(event);
  }

  /** @param {{ visible_to: string }} preference */
  #see({ visible_to }) {
    this.visibleTo = visible_to;
    this.changed.mark();
  }

  /** @param {Blob} file */
  async #send(file) {
    const headers = { Authorization: `Bearer ${await this.#tokens.renew()}`, "Content-Type": file.type };
    const request = { method: "POST", headers, body: file };
    try {
      return await within(DEADLINE_MS, (signal) => fetch(`${this.#origin}/client/v1/avatar`, { ...request, signal }));
    } catch {
      throw unreachable();
    }
  }
}
