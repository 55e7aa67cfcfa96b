import { listMessages } from "./history.js";
/** @import { ChannelList } from "./channel_list.js" */
/** @import { Connection } from "./connection.js" */
/** @import { GroupChannel, PublicChannel } from "./types.js" */

const PAGE = 30;
const PREVIEWED = 20;
// Later than any message, whatever this device thinks that the time is (ms).
const END_OF_TIME = 4_000_000_000_000;

/** The public channels, to look at and to join. All of it rejects with a Failure. */
export class Directory {
  #connection;
  #channels;

  /**
   * @param {Connection} connection
   * @param {ChannelList} channels
   */
  constructor(connection, channels) {
    this.#connection = connection;
    this.#channels = channels;
  }

  /**
   * A page of channels that have `text` in their name: {channels: [{url, name, memberCount, topic, isJoined}], next}.
   * @param {string} text
   * @param {string} [token]
   * @returns {Promise<{ channels: PublicChannel[], next: string }>}
   */
  async search(text, token = "") {
    const { channels, next } = await this.#connection.call("channels.list_public", { name_contains: text.trim(), limit: PAGE, show_metadata: true, token });
    return { channels: channels.map((resource) => this.#entry(resource)), next };
  }

  /**
   * What was said last in a public channel, the oldest first, without being in it.
   * @param {string} url
   */
  async preview(url) {
    const params = { channel_url: url, message_ts: END_OF_TIME, prev_limit: PREVIEWED, next_limit: 0 };
    return listMessages(this.#connection, params);
  }

  /**
   * Become a member; the channel.
   * @param {string} url
   */
  async join(url) {
    await this.#connection.call("channels.join", { channel_url: url });
    return this.#channels.find(url);
  }

  /**
   * @param {GroupChannel} resource
   * @returns {PublicChannel}
   */
  #entry({ channel_url: url, name, member_count: memberCount, metadata, is_access_code_required: isLocked }) {
    return { url, name: name || url, memberCount, topic: metadata?.topic ?? "", isLocked, isJoined: this.#channels.get(url) !== null };
  }
}
