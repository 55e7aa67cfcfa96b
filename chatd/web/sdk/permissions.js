import { Change } from "./signal.js";

/** What this person may do in a channel: operators all, the others what the channel lets them. */
export class Permissions {
  changed = new Change();

  #connection;
  #channel;
  #members = {};

  constructor(connection, channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  /** `deed` is one of the server's: "send", "invite", "edit_channel", "pin" and so on. What is not known yet is not allowed. */
  may(deed) {
    return this.#channel.isOperator || this.#members[deed] === true;
  }

  async load() {
    this.#take((await this.#connection.call("permissions.view", { channel_url: this.#channel.url })).permissions);
  }

  handle(event) {
    if (event.type === "channel.permissions_changed") this.#take(event.permissions);
    // Where nobody operates a channel its members may do more.
    else if (event.type === "operators.changed") this.load().catch((failure) => console.info("permissions not loaded:", failure.message));
  }

  #take(permissions) {
    this.#members = permissions;
    this.changed.mark();
  }
}
