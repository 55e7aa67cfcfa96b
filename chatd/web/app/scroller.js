import { h } from "./element.js";

const AT_END_PX = 48;
const NEAR_PX = 700;

/**
 * Scrolls a feed that grows at both ends. Whoever is at the end stays there; whoever reads further up keeps
 * what they read where it is, whatever comes above or below it.
 */
export class Scroller {
  /** Whether the end of the feed is in view. */
  atEnd = true;
  /** Whether what comes at the end is followed: not while the feed ends before now. */
  follows = true;

  #moved;
  #observer;

  /** `moved()` is called after each scrolling; `label` names what is scrolled. */
  constructor(feed, moved, label) {
    this.feed = feed;
    this.#moved = moved;
    this.node = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": label }, feed);
    this.node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // The feed may get higher, and the room for it lower, without a word from anybody: fonts, the keyboard, the composer.
    this.#observer = new ResizeObserver(() => this.#sticks && this.toEnd());
    this.#observer.observe(this.node);
    this.#observer.observe(feed);
  }

  close() {
    this.#observer.disconnect();
  }

  get nearTop() {
    return this.node.scrollTop < NEAR_PX;
  }

  get nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  /** Run `change`, which alters the feed, and keep what is in view in place. */
  keep(change) {
    const places = this.#sticks ? [] : this.#visible();
    change();
    if (this.#sticks) return this.toEnd();
    // The first of them may have been drawn anew: with more above it, it is no longer the first of its group.
    const kept = places.find(({ row }) => row.isConnected);
    if (kept) this.node.scrollTop += kept.row.getBoundingClientRect().top - kept.top;
    this.#measure();
  }

  toEnd() {
    this.atEnd = true;
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** Bring a row to the upper part of the view, unless all that follows it is in view at the end. */
  toRow(row) {
    this.toEnd();
    const top = row.getBoundingClientRect().top - this.node.getBoundingClientRect().top;
    if (top > 0) return;
    this.node.scrollTop += top - this.node.clientHeight * 0.2;
    this.#measure();
  }

  get #sticks() {
    return this.atEnd && this.follows;
  }

  /** The messages in view, each with its place on the screen. */
  #visible() {
    const { top, bottom } = this.node.getBoundingClientRect();
    const found = [];
    for (const row of this.feed.querySelectorAll(":scope > .message")) {
      const place = row.getBoundingClientRect();
      if (place.top >= bottom) break;
      if (place.bottom > top) found.push({ row, top: place.top });
    }
    return found;
  }

  #scrolled() {
    this.#measure();
    this.#moved();
  }

  #measure() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    this.atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
  }
}
