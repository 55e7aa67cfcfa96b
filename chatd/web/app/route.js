import { Signal } from "../sdk/index.js";

/** Which conversation the address names: `#/channel_url`, or none. */
class Route {
  changed = new Signal();

  constructor() {
    window.addEventListener("hashchange", () => this.changed.emit());
  }

  get channelUrl() {
    const [, url] = /^#\/(.+)$/.exec(location.hash) ?? [];
    return url ? decode(url) : null;
  }

  /** What a link to a conversation points to. */
  to(channelUrl) {
    return `#/${encodeURIComponent(channelUrl)}`;
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
