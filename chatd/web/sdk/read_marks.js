const PAUSE_MS = 400;

/** What this person has read is told to the server soon, the last of several marks of a channel only. */
export class ReadMarks {
  #connection;
  // url -> {message, timer}
  #waiting = new Map();

  constructor(connection) {
    this.#connection = connection;
  }

  mark({ url }, message) {
    const waiting = this.#waiting.get(url);
    if (waiting) {
      waiting.message = message;
      return;
    }
    this.#waiting.set(url, { message, timer: this.#connection.timers.after(PAUSE_MS, () => this.#send(url)) });
  }

  cancel({ url }) {
    this.#connection.timers.cancel(this.#waiting.get(url)?.timer);
    this.#waiting.delete(url);
  }

  async #send(url) {
    const { message } = this.#waiting.get(url);
    try {
      await this.#connection.call("channels.mark_read", { channel_url: url, message_id: message.message_id });
    } catch (failure) {
      // The message may be gone, or the connection: whoever looks at the channel marks it again.
      console.info("read mark not set:", failure.message);
    } finally {
      this.#waiting.delete(url);
    }
  }
}
