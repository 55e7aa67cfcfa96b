import { Signal } from "../sdk/index.js";

const PATTERN = /^#\/([^/]+)(?:\/(\d{1,15}))?$/;

/** Which conversation the address names, and which message of it: `#/channel_url`, `#/channel_url/message_id`. */
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

  /** What a link to a conversation, or to a message in it, points to. */
  to(channelUrl, messageId = null) {
    const place = messageId === null ? "" : `/${messageId}`;
    return `#/${encodeURIComponent(channelUrl)}${place}`;
  }

  open(channelUrl) {
    location.hash = this.to(channelUrl);
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
