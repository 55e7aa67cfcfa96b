import { newIdentifier } from "./identifier.js";
/** @import { KeptOutgoing, Marked, SendMore, Sender, Upload } from "./types.js" */

// Files of one message that outlive a reload.
const MOST_KEPT_BYTES = 50 * 1024 * 1024;

/** A message on its way, or one that the server refused: `failed`, with `reason`. */
export class Outgoing {
  failed = false;
  reason = "";
  createdAt = Date.now();
  attempts = 0;
  reqId = newIdentifier();
  /** Of its files: {file, sent, fileId}; `sent` is in bytes, `fileId` is empty until the server has all of it. */
  attachments;

  #more;
  #ending = new AbortController();

  /**
   * @param {string} text
   * @param {Upload[]} [files]
   * @param {SendMore} [more]
   */
  constructor(text, files = [], more = {}) {
    this.text = text;
    this.#more = more;
    this.attachments = files.map((file) => ({ file, sent: 0, fileId: "" }));
  }

  /**
   * One that was written before the page was loaded anew.
   * @param {KeptOutgoing} kept
   */
  static restored({ text, files = [], more, reqId, createdAt, failed, reason }) {
    return Object.assign(new Outgoing(text, files, more), { reqId, createdAt, failed, reason });
  }

  /**
   * What `restored` needs; null of one with more bytes than a browser should keep twice.
   * @returns {KeptOutgoing | null}
   */
  get kept() {
    const files = this.attachments.map(({ file }) => file);
    if (files.reduce((sum, { size }) => sum + size, 0) > MOST_KEPT_BYTES) return null;
    const { text, reqId, createdAt, failed, reason } = this;
    return { text, files, more: this.#more, reqId, createdAt, failed, reason };
  }

  /** Whether the server has all of its files. */
  get isReady() {
    return this.attachments.every(({ fileId }) => fileId !== "");
  }

  /** How much of its files has gone, from 0 to 1. */
  get progress() {
    const total = this.attachments.reduce((sum, { file }) => sum + file.size, 0);
    const sent = this.attachments.reduce((sum, each) => sum + (each.fileId ? each.file.size : each.sent), 0);
    return total > 0 ? Math.min(sent / total, 1) : 0;
  }

  /**
   * The parameters of `messages.send` that say what it says.
   * @returns {SendMore}
   */
  get content() {
    const said = { ...this.#more, message: this.text };
    if (this.attachments.length === 0) return { ...said, message_type: "MESG" };
    return { ...said, message_type: "FILE", files: this.attachments.map(({ fileId }) => ({ file_id: fileId })) };
  }

  /**
   * Send the files that the server has not, one after the other. Rejects with a Failure.
   * @param {Sender} uploads
   * @param {Marked} changed
   */
  async upload(uploads, changed) {
    for (const attachment of this.attachments.filter(({ fileId }) => fileId === "")) {
      const progress = (/** @type {number} */ bytes) => {
        attachment.sent = bytes;
        changed.mark();
      };
      attachment.fileId = await uploads.send(attachment.file, { progress, signal: this.#ending.signal });
      changed.mark();
    }
  }

  /** Nobody waits for it any more. */
  end() {
    this.#ending.abort();
  }
}
