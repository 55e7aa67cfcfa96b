import { deviceChoice } from "./device_choice.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { pauseChoices } from "./pause_dialog.js";
import { QuietForm } from "./quiet_form.js";
import { selectField } from "./select_field.js";
import { toast } from "./toast.js";

const TRIGGERS = { all: t("All messages"), mention_only: t("Only mentions"), off: t("Nothing") };

/** Of what a person is notified, and when not. */
export class NotificationsPage {
  #notifications;
  #quiet;
  #ending;
  #parts = h("div", { class: "settings-parts" });

  constructor({ chat }) {
    this.#notifications = chat.notifications;
    this.#quiet = new QuietForm(chat.notifications, saved);
    this.node = h("div", { class: "settings-parts" }, deviceChoice(chat.notifications), this.#parts, this.#quiet.node);
    this.#ending = chat.notifications.changed.listen(() => this.#draw());
    this.#draw();
  }

  close() {
    this.#ending();
  }

  #draw() {
    const { trigger } = this.#notifications;
    const hint = t("What a conversation is set to goes before.");
    const choice = selectField({ label: t("Notify me of"), options: TRIGGERS, value: trigger, hint, choose: (value) => this.#notifications.chooseForAll(value) });
    const hadFocus = this.#parts.contains(document.activeElement);
    this.#parts.replaceChildren(choice.node, pauseChoices(this.#notifications, saved));
    if (hadFocus) choice.select.focus();
    this.#quiet.refresh();
  }
}

function saved() {
  toast(t("Saved"));
}
