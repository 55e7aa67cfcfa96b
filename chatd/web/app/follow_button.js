import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { toast, toastFailure } from "./toast.js";

/** Whether the thread of a message is followed, to see and to change. */
export class FollowButton {
  #threads;
  #message;
  #following;
  #ending;

  constructor(threads, message) {
    this.#threads = threads;
    this.#message = message;
    this.node = iconButton("bell", t("Follow this thread"), () => this.#flip(), { "aria-pressed": "false" });
    this.#following = threads.following(message);
    this.#ending = this.#following.changed.listen(() => this.#draw());
    this.#following.load().catch((failure) => console.info("thread not loaded:", failure.message));
    this.#draw();
  }

  close() {
    this.#ending();
    this.#following.close();
  }

  #draw() {
    this.node.setAttribute("aria-pressed", String(this.#following.isFollowed));
  }

  async #flip() {
    try {
      if (this.#following.isFollowed) {
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
