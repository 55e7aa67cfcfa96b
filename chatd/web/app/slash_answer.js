import { h } from "./element.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { markdown } from "./markdown.js";
import { stylesheet } from "./stylesheet.js";

/**
 * Have a program answer a text that is one of its commands; false when there is no such command. What only this person is told
 * appears in `place` until they put it away. Rejects with a Failure.
 */
export async function runCommand(chat, channel, text, place) {
  if (!(await chat.slashCommands.knows(text))) return false;
  place.replaceChildren();
  const [answer] = await Promise.all([chat.slashCommands.run(channel, text), stylesheet("slash_answer")]);
  if (answer.response_type === "ephemeral" && answer.text) place.replaceChildren(note(text, answer.text, () => place.replaceChildren()));
  return true;
}

function note(command, text, close) {
  const head = h("p", { class: "slash-head" }, h("strong", {}, command), h("span", {}, t("Only you can see this")));
  return h("div", { class: "slash-answer" }, h("div", {}, head, h("div", { class: "slash-text", dir: "auto" }, markdown(text))), iconButton("close", t("Put away"), close, { class: "small" }));
}
