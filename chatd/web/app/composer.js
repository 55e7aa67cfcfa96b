import { comingMoment } from "./clock.js";
import { Completion } from "./completion.js";
import { h, show } from "./element.js";
import { formattingKeys } from "./field_keys.js";
import { icon, iconButton } from "./icon.js";
import { counted, number, t } from "./language.js";
import { menuButton, menuItem } from "./menu.js";
import { later } from "./later.js";
import { toast, toastFailure } from "./toast.js";
import { Tray } from "./tray.js";

const MAX_LENGTH = 5000;
const TELL_LENGTH = 4500;
const IDLE_MS = 4_000;
// On a phone's keyboard Enter is the only way to a new line.
const HAS_KEYBOARD = matchMedia("(pointer: fine)");

/**
 * Where a message is written. Enter sends, Shift+Enter begins a line, Up in the empty field edits the last message,
 * Alt+Up walks through the messages.
 */
export class Composer {
  #channel;
  #draft;
  #notice;
  #does;
  #label;
  #idle = 0;
  #completion;
  #vanishing = null;
  #ending;
  #tray = new Tray(() => this.#measure());
  #counter = h("span", { class: "counter", role: "status", hidden: true });
  #later = iconButton("clock", t("Send later"), () => this.#chooseTime(), { class: "later", "aria-haspopup": "menu", hidden: true });
  #send = h("button", { type: "submit", class: "send", "aria-label": t("Send"), title: t("Send") }, icon("send"));

  /**
   * `does`: {send(text, files, more), sendLater(time, text, files, more), editLast(), walk()}. `draft` keeps what was begun here. `label`: what the field is called,
   * unless it is for messages to the channel. `hasCommands`: whether slash commands are offered.
   */
  constructor(chat, channel, { notice, draft, does, label = "", hasCommands = false }) {
    this.#channel = channel;
    this.#label = label;
    this.#draft = draft;
    this.#ending = draft.changed.listen(() => this.#show(draft.text));
    this.#notice = notice;
    this.#does = does;
    this.input = h("textarea", {
      rows: "1", dir: "auto", "aria-keyshortcuts": "Alt+ArrowUp", enterkeyhint: HAS_KEYBOARD.matches ? "send" : "enter",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event),
    });
    formattingKeys(this.input);
    this.#completion = new Completion(this.input, { chat, channel, hasCommands });
    this.grow = h("div", { class: "grow" }, this.input);
    const attach = iconButton("attach", t("Attach"), () => {});
    menuButton(attach, t("Attach"), () => this.#attachments(chat, attach));
    const emoji = iconButton("smile", t("Emoji"), ({ currentTarget }) => this.#pickEmoji(currentTarget));
    const row = h("div", { class: "composer-row" }, attach, this.grow, this.#counter, emoji, this.#later, this.#send);
    this.node = h("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, this.#tray.node, row);
    this.draw();
    this.#show(draft.text);
  }

  /** The placeholder follows the channel's name. */
  draw() {
    const label = this.#label || t("Message {name}", { name: this.#channel.title });
    this.input.placeholder = label;
    this.input.setAttribute("aria-label", label);
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Take files to send with the next message. */
  attach(files) {
    this.#tray.add(files);
    this.focus();
  }

  /** Have a text that could not be sent here again, unless something else was begun. */
  restore(text) {
    if (this.input.value === "") this.insert(text);
  }

  close() {
    this.#ending();
    this.#completion.close();
    this.#tray.clear();
    clearTimeout(this.#idle);
    this.#notice.stopped();
  }

  #show(text) {
    this.input.value = text;
    this.#measure();
  }

  #typed() {
    this.#measure();
    clearTimeout(this.#idle);
    if (this.input.value.trim() === "") return this.#notice.stopped();
    this.#notice.began();
    this.#idle = setTimeout(() => this.#notice.stopped(), IDLE_MS);
  }

  #measure() {
    const { value } = this.input;
    // The field is as high as an invisible copy of its text.
    this.grow.dataset.text = `${value}\n`;
    this.#draft.write(value);
    const length = [...value].length;
    this.#counter.textContent = length > TELL_LENGTH ? number(MAX_LENGTH - length) : "";
    this.#counter.classList.toggle("over", length > MAX_LENGTH);
    show(this.#counter, length > TELL_LENGTH);
    this.#send.disabled = (value.trim() === "" && this.#tray.files.length === 0) || length > MAX_LENGTH;
    show(this.#later, !this.#send.disabled);
  }

  #key(event) {
    if (event.isComposing || this.#completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && HAS_KEYBOARD.matches) this.#submit(event);
    else if (event.key === "ArrowUp" && event.altKey) {
      event.preventDefault();
      this.#does.walk();
    } else if (event.key === "ArrowUp" && this.input.value === "") {
      event.preventDefault();
      this.#does.editLast();
    }
  }

  /** What goes with a message, or in its place. */
  #attachments(chat, button) {
    const ask = async () => {
      const { openPollDialog } = await import("./poll_dialog.js");
      openPollDialog(chat, (title, pollId) => this.#does.send(title, [], { poll_id: pollId }));
    };
    return [
      menuItem(icon("file"), t("Files"), () => this.#tray.choose()),
      menuItem(icon("poll"), t("Poll"), ask),
      menuItem(icon("timer"), t("Disappearing message…"), () => this.#vanish(button)),
    ];
  }

  /** Have the next message disappear after a time. */
  async #vanish(button) {
    const { Vanishing } = await import("./vanishing.js");
    if (!this.#vanishing) {
      this.#vanishing = new Vanishing(() => this.focus());
      this.node.prepend(this.#vanishing.node);
    }
    this.#vanishing.choose(button);
  }

  #pickEmoji(button) {
    later(() => import("./emoji_picker.js"), ({ pickEmoji }) => pickEmoji(button, (picked) => this.insert(picked)));
  }

  async #chooseTime() {
    const { openLaterMenu } = await import("./later_menu.js");
    openLaterMenu(this.#later, (time) => this.#schedule(time));
  }

  /** What is here goes when the server has it. */
  async #schedule(time) {
    if (this.#later.getAttribute("aria-busy") === "true") return;
    this.#later.setAttribute("aria-busy", "true");
    const text = this.input.value;
    try {
      await this.#does.sendLater(time, text.trim(), this.#tray.files, this.#more);
      if (this.input.value === text) this.#empty();
      this.focus();
      toast(t("It will be sent: {moment}", { moment: comingMoment(time) }));
    } catch (failure) {
      toastFailure(t("The message was not scheduled."), failure);
    } finally {
      this.#later.removeAttribute("aria-busy");
    }
  }

  /** Copied files and pictures; a copied text is for the field. */
  #paste(event) {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    this.attach(files);
  }

  /** Begin with a quotation, before what was written. */
  async quote(text) {
    const { quotation } = await import("./formatting.js");
    this.input.value = quotation(text) + this.input.value;
    this.#typed();
    this.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  /** Put a text where the cursor is. */
  insert(text) {
    const { selectionStart, selectionEnd } = this.input;
    this.input.setRangeText(text, selectionStart, selectionEnd, "end");
    this.#typed();
    this.focus();
  }

  #submit(event) {
    event.preventDefault();
    const surplus = [...this.input.value].length - MAX_LENGTH;
    if (surplus > 0) toast(counted(surplus, "The message is {count} character too long.", "The message is {count} characters too long."), "failure");
    if (this.#send.disabled) return;
    this.#does.send(this.input.value.trim(), this.#tray.files, this.#more);
    this.#empty();
    this.focus();
  }

  /** What else is said of the next message. */
  get #more() {
    return this.#vanishing?.params ?? {};
  }

  #empty() {
    this.#vanishing?.set(0);
    this.input.value = "";
    this.#draft.clear();
    this.#completion.close();
    this.#tray.clear();
    this.#typed();
  }
}
