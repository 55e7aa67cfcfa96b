import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { toast, toastFailure } from "./toast.js";

/** Whether the thread of a message is followed, to see and to change. */
export class FollowButton {
  #threads;
  #message;
  #following = null;
  #isClosed = false;

  constructor(threads, message) {
    this.#threads = threads;
    this.#message = message;
    this.node = iconButton("bell", t("Follow this thread"), () => this.#flip(), { "aria-pressed": "false" });
    this.#look().catch((failure) => console.info("thread not loaded:", failure.message));
  }

  close() {
    this.#isClosed = true;
    this.#following?.close();
  }

  async #look() {
    const following = await this.#threads.following(this.#message);
    if (this.#isClosed) return following.close();
    this.#following = following;
    following.changed.listen(() => this.#draw());
    this.#draw();
    await following.load();
  }

  get #isFollowed() {
    return this.#following?.isFollowed ?? false;
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
