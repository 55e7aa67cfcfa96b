import { h } from "./element.js";

/** The poll of a message, as soon as what draws polls is there. */
export function pollPlace({ chat, channel }, message) {
  const place = h("div", { class: "poll" }, h("p", { class: "poll-title", dir: "auto" }, message.message));
  draw(chat, channel, message, place);
  return place;
}

async function draw(chat, channel, message, place) {
  try {
    const [{ PollCard }, poll] = await Promise.all([import("./poll_card.js"), chat.polls.of(message.poll.id)]);
    place.replaceChildren(new PollCard(chat.me, channel, poll));
  } catch (failure) {
    console.info("poll not drawn:", failure.message);
  }
}
