import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { localMoment } from "./moment_field.js";
import { stylesheet } from "./stylesheet.js";
import { submitForm } from "./submit.js";

const HOUR_MS = 3_600_000;
const FEWEST = 2;
const MOST = 50;
const LONGEST = "2000";

/** Ask for a poll and make it; `made(title, id)` is told then. */
export async function openPollDialog(chat, made) {
  await stylesheet("poll");
  const title = titleField();
  const options = new Options();
  const several = checkbox(t("Several answers"), t("Everybody may choose more than one."));
  const anonymous = checkbox(t("Anonymous"), t("Nobody learns who chose what."));
  const suggestions = checkbox(t("Suggestions"), t("Others may add options."));
  const closing = new Closing();
  const work = async () => {
    const texts = options.texts;
    if (!title.value.trim()) return title.complain(t("What do you want to ask?"));
    if (texts.length < FEWEST) return options.complain(t("Give two options at least."));
    if (new Set(texts).size < texts.length) return options.complain(t("An option stands there twice."));
    if (!closing.isValid) return closing.complain();
    const asked = title.value.trim();
    const id = await chat.polls.create({
      title: asked, options: texts, closesAt: closing.time, allowsSeveral: several.input.checked,
      allowsSuggestions: suggestions.input.checked, isAnonymous: anonymous.input.checked,
    });
    opened.close();
    made(asked, id);
  };
  const choices = h("fieldset", { class: "poll-choices" }, several.node, anonymous.node, suggestions.node);
  const opened = openDialog(t("New poll"), submitForm({ fields: [title.node, options.node, choices, closing.node], button: t("Send poll"), work }));
  title.input.focus();
}

/** Change what a poll asks, and when it closes. */
export async function openPollEditor(poll) {
  await stylesheet("poll");
  const title = titleField(poll.title);
  const closing = new Closing(poll.closesAt);
  const work = async () => {
    if (!title.value.trim()) return title.complain(t("What do you want to ask?"));
    if (!closing.isValid) return closing.complain();
    await poll.update({ title: title.value.trim(), closesAt: closing.time });
    opened.close();
  };
  const opened = openDialog(t("Edit poll"), submitForm({ fields: [title.node, closing.node], button: t("Save"), work }));
  title.input.focus();
}

function titleField(value = "") {
  return new Field({ label: t("Question"), value, maxlength: LONGEST, placeholder: t("For example: Where shall we have lunch?") });
}

/** Fields for the options: there is always an empty one at the end. */
class Options {
  #list = h("div", { class: "poll-fields" });
  #note = h("p", { class: "field-note", role: "alert" });

  constructor() {
    this.node = h("fieldset", { class: "field poll-fieldset" }, h("legend", {}, t("Options")), this.#list, this.#note);
    for (let index = 0; index < FEWEST; index++) this.#add();
  }

  get texts() {
    return this.#inputs.map((input) => input.value.trim()).filter(Boolean);
  }

  complain(text) {
    this.#note.textContent = text;
    this.#note.classList.add("wrong");
    (this.#inputs.find((input) => input.value.trim() === "") ?? this.#inputs[0]).focus();
  }

  get #inputs() {
    return [...this.#list.children];
  }

  #add() {
    const label = t("Option {count}", { count: this.#list.childElementCount + 1 });
    const attributes = { class: "input", maxlength: LONGEST, "aria-label": label, placeholder: label, autocomplete: "off" };
    this.#list.append(h("input", { ...attributes, oninput: () => this.#typed(), onkeydown: (event) => this.#key(event) }));
  }

  #typed() {
    this.#note.textContent = "";
    if (this.#inputs.at(-1).value !== "" && this.#inputs.length < MOST) this.#add();
  }

  /** Enter goes on to the next one; from the empty one at the end it is for the form. */
  #key(event) {
    if (event.key !== "Enter" || event.isComposing || event.target.value === "") return;
    event.preventDefault();
    event.target.nextElementSibling?.focus();
  }
}

/** When a poll closes. */
class Closing {
  #note = h("p", { class: "field-note" });
  #moment = h("input", { type: "datetime-local", class: "input", "aria-label": t("Closes at"), hidden: true });
  #choice;

  /** `time`: when it closes so far, in ms; 0 for never. */
  constructor(time = 0) {
    const choices = [
      ["", t("When somebody closes it")], [String(HOUR_MS), t("In an hour")], [String(24 * HOUR_MS), t("In a day")],
      [String(7 * 24 * HOUR_MS), t("In a week")], ["pick", t("At a time…")],
    ];
    const changed = () => (this.#moment.hidden = this.#choice.value !== "pick");
    this.#choice = h("select", { class: "input", id: "poll-closing", onchange: changed }, choices.map(([value, label]) => h("option", { value }, label)));
    if (time > 0) {
      this.#choice.value = "pick";
      this.#moment.value = localMoment(time);
      changed();
    }
    this.node = h("div", { class: "field" }, h("label", { for: "poll-closing" }, t("Closes")), this.#choice, this.#moment, this.#note);
  }

  /** In ms; 0 for never. */
  get time() {
    const { value } = this.#choice;
    if (value === "pick") return new Date(this.#moment.value).getTime();
    return value ? Date.now() + Number(value) : 0;
  }

  get isValid() {
    return this.time === 0 || this.time > Date.now();
  }

  complain() {
    this.#note.textContent = t("Choose a time that is still to come.");
    this.#note.classList.add("wrong");
    this.#moment.focus();
  }
}

function checkbox(label, hint) {
  const input = h("input", { type: "checkbox" });
  return { input, node: h("label", { class: "poll-choice" }, input, h("span", {}, label, h("small", {}, hint))) };
}
