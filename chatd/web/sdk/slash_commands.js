/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { SlashCommand } from "./types.js" */

const NAME = /^\/([a-z0-9][a-z0-9_-]{0,31})(?:\s|$)/;

/** The commands that programs answer when somebody writes them after a slash. */
export class SlashCommands {
  #connection;
  /** @type {Promise<SlashCommand[]> | null} */
  #list = null;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** [{name, description, usage_hint}] by name, asked for once while the page is open. Rejects with a Failure. */
  list() {
    this.#list ??= this.#load().catch((failure) => {
      this.#list = null;
      throw failure;
    });
    return this.#list;
  }

  /**
   * Whether a text could be a command.
   * @param {string} text
   */
  static mayBe(text) {
    return NAME.test(text);
  }

  /**
   * Whether a text is a command that there is. Rejects with a Failure.
   * @param {string} text
   */
  async knows(text) {
    const [, name] = NAME.exec(text) ?? [];
    return name !== undefined && (await this.list()).some((command) => command.name === name);
  }

  /**
   * Have it answered: {response_type, text, message}; "ephemeral" is for this person alone. Rejects with a Failure.
   * @param {Channel} channel
   * @param {string} text
   */
  run(channel, text) {
    return this.#connection.call("slash_commands.run", { channel_url: channel.url, message: text });
  }

  async #load() {
    return (await this.#connection.call("slash_commands.list", {})).slash_commands;
  }
}
