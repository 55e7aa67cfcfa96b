import { Journal } from "./journal.js";
import { isMentioned } from "./mentions.js";
import { isQuiet, quietHours, quietWeek } from "./quiet_hours.js";
import { Change } from "./signal.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Event, Me, Message, NotificationTrigger, Params, PushPreference, QuietHours, QuietWeek } from "./types.js" */

/** When this person is notified: of what, in which channel, and not for now. The same on all devices. */
export class Notifications {
  changed = new Change();

  #connection;
  #journal = new Journal();
  #preference = /** @type {PushPreference | null} */ (null);

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** Until when there is a pause, in ms; 0 for none. */
  get pausedUntil() {
    if (!this.#preference) return 0;
    const { snooze_enabled, snooze_start_ts, snooze_end_ts } = this.#preference;
    const now = Date.now();
    return snooze_enabled && snooze_start_ts <= now && now < snooze_end_ts ? snooze_end_ts : 0;
  }

  /** The quiet hours of each day, {start, end} in "HH:MM" in a timezone; null when there are none. */
  get quietHours() {
    return this.#preference && quietHours(this.#preference);
  }

  /** The quiet times of the week, {times, timezone} with {day, start, end} each; null when there are none. */
  get quietWeek() {
    return this.#preference && quietWeek(this.#preference);
  }

  /** What is kept in the browser. */
  get snapshot() {
    return this.#preference;
  }

  /**
   * Begin with what was kept: what was missed is told before there is an answer.
   * @param {PushPreference | null} preference
   */
  restore(preference) {
    this.#preference = preference;
  }

  async load() {
    await this.#journal.join(
      () => this.#connection.call("users.view_push_preference", {}),
      (preference) => this.#take(preference),
      (event) => this.#apply(event),
    );
  }

  /** Of what this person is notified where nothing else is chosen: "all", "mention_only" or "off". */
  get trigger() {
    return this.#preference?.push_trigger_option ?? "all";
  }

  /** @param {NotificationTrigger} trigger */
  chooseForAll(trigger) {
    return this.#update({ push_trigger_option: trigger });
  }

  /**
   * Have a pause until a moment, in ms.
   * @param {number} until
   */
  pause(until) {
    return this.#update({ snooze_enabled: true, snooze_start_ts: 0, snooze_end_ts: until });
  }

  resume() {
    return this.#update({ snooze_enabled: false });
  }

  /**
   * Have quiet hours each day, or quiet times of the week, in a time zone, or that of this browser; with null, none.
   * @param {QuietHours | QuietWeek | null} quiet
   */
  async keepQuiet(quiet) {
    const { quietParams } = await import("./quiet_params.js");
    await this.#update(quietParams(quiet));
  }

  /**
   * Be notified in a channel of "default" (what is set for all), "all", "mention_only" or "off".
   * @param {Channel} channel
   * @param {NotificationTrigger | "default"} option
   */
  async choose(channel, option) {
    const params = { channel_url: channel.url, push_trigger_option: option };
    const { push_trigger_option, enable } = await this.#connection.call("channels.update_push_preference", params);
    channel.prefer({ push_trigger_option, is_push_enabled: enable });
  }

  /** The key for which this browser is to subscribe to Web Push. */
  async webKey() {
    return (await this.#connection.call("push.web_key", {})).public_key;
  }

  /**
   * Notify this person by a subscription of Web Push: {endpoint, keys}.
   * @param {{ endpoint: string, keys: { p256dh: string, auth: string } }} subscription
   */
  async addDevice({ endpoint, keys }) {
    await this.#connection.call("push_tokens.add", { token_type: "web", token: endpoint, p256dh: keys.p256dh, auth: keys.auth });
  }

  /** @param {string} endpoint */
  async removeDevice(endpoint) {
    await this.#connection.call("push_tokens.remove", { token_type: "web", token: endpoint });
  }

  /**
   * Whether a message is one to notify this person of now.
   * @param {Channel} channel
   * @param {Message} message
   * @param {Me} me
   */
  wants(channel, message, me) {
    if (channel.isHidden || this.pausedUntil || (this.#preference && isQuiet(this.#preference, Date.now()))) return false;
    return !this.#isPassedOver(message, me) && this.#triggers(channel, message, me);
  }

  /**
   * Whether it is of no interest, whatever it says: it asks for no notice, is one's own, or an unwanted bot's.
   * @param {Message} message
   * @param {Me} me
   */
  #isPassedOver({ message_events, user }, me) {
    if (user?.is_bot && this.#preference?.block_push_from_bots) return true;
    return message_events.send_push_notification === "none" || user?.user_id === me.user_id;
  }

  /**
   * What is chosen in a channel goes before what is chosen for all, unless that is to be told nothing.
   * @param {Channel} channel
   * @param {Message} message
   * @param {Me} me
   */
  #triggers(channel, message, me) {
    const chosen = channel.notifications === "default" ? this.trigger : channel.notifications;
    if (chosen === "off" || this.trigger === "off") return false;
    const hasReplies = this.#preference?.enable_push_for_replies ?? true;
    return (chosen === "all" && (hasReplies || !message.parent_message_id)) || isMentioned(message, me);
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "push_preference.changed") this.#take(event.push_preference);
  }

  /** @param {Params<"users.update_push_preference">} change */
  async #update(change) {
    this.#take(await this.#connection.call("users.update_push_preference", change));
  }

  /** @param {PushPreference} preference */
  #take(preference) {
    this.#preference = preference;
    this.changed.mark();
  }
}
