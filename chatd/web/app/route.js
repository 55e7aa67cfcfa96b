import { Signal } from "../sdk/index.js";

const PATTERN = /^#\/([^/]+)(?:\/(\d{1,15})(\/thread)?)?$/;

/**
 * Which conversation the address names, and which message of it: `#/channel_url`, `#/channel_url/message_id`; or the thread
 * of a message: `#/channel_url/message_id/thread`.
 */
class Route {
  changed = new Signal();

  constructor() {
    window.addEventListener("hashchange", () => this.changed.emit());
  }

  get channelUrl() {
    const [, url] = PATTERN.exec(location.hash) ?? [];
    return url ? decode(url) : null;
  }

  /** Null when the address names only a conversation. */
  get messageId() {
    const [, , id] = PATTERN.exec(location.hash) ?? [];
    return id ? Number(id) : null;
  }

  /** Whether the address names the thread of the message. */
  get isThread() {
    const [, , , thread] = PATTERN.exec(location.hash) ?? [];
    return thread !== undefined;
  }

  /** What a link to the thread of a message points to. */
  toThread(channelUrl, messageId) {
    return `${this.to(channelUrl, messageId)}/thread`;
  }

  /** What a link to a conversation, or to a message in it, points to. */
  to(channelUrl, messageId = null) {
    const place = messageId === null ? "" : `/${messageId}`;
    return `#/${encodeURIComponent(channelUrl)}${place}`;
  }

  open(channelUrl) {
    location.hash = this.to(channelUrl);
  }

  /** Go where a link of `to` leads. */
  go(link) {
    location.hash = link.replace(/^\/?#/, "");
  }

  /** Back to the list. */
  close() {
    location.hash = "#/";
  }

  /** Open without a step in the browser's history. */
  replace(channelUrl) {
    history.replaceState(null, "", channelUrl === null ? "#/" : this.to(channelUrl));
    this.changed.emit();
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

export const route = new Route();
