import { h } from "./element.js";
import { stylesheet } from "./stylesheet.js";

/** The poll of a message, as soon as what draws polls is there. */
export function pollPlace({ chat, channel }, message) {
  const place = h("div", { class: "poll" }, h("p", { class: "poll-title", dir: "auto" }, message.message));
  draw(chat, channel, message, place);
  return place;
}

async function draw(chat, channel, message, place) {
  try {
    const parts = [import("./poll_card.js"), chat.polls.of(message.poll.id), stylesheet("poll")];
    const [{ PollCard }, poll] = await Promise.all(parts);
    place.replaceChildren(new PollCard(chat.me, channel, poll));
  } catch (failure) {
    console.info("poll not drawn:", failure.message);
  }
}
