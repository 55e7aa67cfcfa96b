import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { stylesheet } from "./stylesheet.js";

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const CTRL = IS_APPLE ? "⌘" : t("Ctrl");
const ALT = IS_APPLE ? "⌥" : t("Alt");
const SHIFT = t("Shift");
const ENTER = t("Enter");
const ESC = t("Esc");

/** What there is: [what the keys are for, [[what one does, [keys that are pressed together], others that do the same …] …]]. */
const GROUPS = [
  [t("Everywhere"), [
    [t("Go to a conversation, a person, or an action"), [CTRL, "K"]],
    [t("Go to a conversation, a person, or an action"), [CTRL, "K"]],
    [t("Search messages"), [CTRL, SHIFT, "F"]],
    [t("Show these shortcuts"), [CTRL, "/"]],
    [t("Close what is open"), [ESC]],
  ]],
  [t("In the list of conversations"), [
    [t("Walk"), ["↑"], ["↓"]],
    [t("Open the conversation"), [ENTER]],
  ]],
  [t("While you write"), [
    [t("Send"), [ENTER]],
    [t("Begin a new line"), [SHIFT, ENTER]],
    [t("Edit your last message, from the empty field"), ["↑"]],
    [t("Go to the messages"), [ALT, "↑"]],
    [t("Bold"), [CTRL, "B"]],
    [t("Italic"), [CTRL, "I"]],
    [t("Code"), [CTRL, "E"]],
    [t("Struck out"), [CTRL, SHIFT, "X"]],
    [t("Mention somebody"), ["@"]],
    [t("Emoji"), [":"]],
    [t("Commands"), ["/"]],
  ]],
  [t("At a message"), [
    [t("Walk"), ["↑"], ["↓"]],
    [t("React"), ["R"]],
    [t("Open the thread"), ["T"]],
    [t("Edit"), ["E"]],
    [t("Copy text"), ["C"]],
    [t("Delete"), [t("Del")]],
    [t("More"), ["M"]],
    [t("Show these shortcuts"), ["?"]],
    [t("Back to writing"), [ESC]],
  ]],
];

export async function openShortcutsDialog() {
  await stylesheet("shortcuts");
  const { dialog } = openDialog(t("Keyboard shortcuts"), GROUPS.map(group));
  // There is nothing in it to walk to: the keys scroll it.
  dialog.querySelector(".dialog-body").tabIndex = 0;
}

function group([title, entries]) {
  return h("section", { class: "shortcuts" }, h("h3", { class: "label" }, title), h("dl", {}, entries.map(entry)));
}

function entry([meaning, ...ways]) {
  return h("div", {}, h("dt", {}, meaning), ways.map((keys) => h("dd", {}, keys.map((key) => h("kbd", {}, key)))));
}
