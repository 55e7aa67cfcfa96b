import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { toast, toastFailure } from "./toast.js";

/** Whether the thread of a message is followed, to see and to change. */
export class FollowButton {
  #threads;
  #message;
  #ending;

  constructor(threads, message) {
    this.#threads = threads;
    this.#message = message;
    this.node = iconButton("bell", t("Follow this thread"), () => this.#flip(), { "aria-pressed": "false" });
    this.#ending = threads.changed.listen(() => this.#draw());
    threads.begin().catch((failure) => console.info("threads not loaded:", failure.message));
    this.#draw();
  }

  close() {
    this.#ending();
  }

  get #isFollowed() {
    return this.#threads.has(this.#message.message_id);
  }

  #draw() {
    this.node.setAttribute("aria-pressed", String(this.#isFollowed));
  }

  async #flip() {
    try {
      if (this.#isFollowed) {
        await this.#threads.unfollow(this.#message);
        toast(t("You follow this thread no longer"));
      } else {
        await this.#threads.follow(this.#message);
        toast(t("You follow this thread"));
      }
    } catch (failure) {
      toastFailure(t("That was refused."), failure);
    }
  }
}
