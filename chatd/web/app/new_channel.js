import { newIdentifier } from "../sdk/index.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { PersonPicker } from "./person_picker.js";
import { route } from "./route.js";
import { submitForm } from "./submit.js";

/** Make a channel with a name: one that everybody here can find and join, or one for those who are added. */
export function openNewChannel(chat, { isPublic = true } = {}) {
  const name = new Field({ label: t("Channel name"), placeholder: t("For example: Spring release"), maxlength: "191", autofocus: true });
  const picker = new PersonPicker(chat.people, { several: true });
  const kinds = h("fieldset", { class: "choices" }, h("legend", { class: "label" }, t("Who can join?")), [
    kind("public", t("Public: everybody here can find and join it"), isPublic),
    kind("private", t("Private: only those who are added"), !isPublic),
  ]);
  // The same for every attempt: a second press after a lost answer does not make a second channel.
  const reqId = newIdentifier();
  const work = async () => {
    const title = name.value.trim();
    if (!title) return name.complain(t("Give the channel a name."));
    const isOpen = kinds.querySelector("input:checked").value === "public";
    const channel = await chat.channels.create({ name: title, userIds: [...picker.chosen.keys()], isPublic: isOpen, reqId });
    opened.close();
    route.open(channel.url);
  };
  const form = submitForm({ fields: [name.node, kinds, h("p", { class: "label" }, t("Members")), picker.node], button: t("Create channel"), work });
  const opened = openDialog(t("New channel"), form);
  name.input.focus();
}

function kind(value, label, checked) {
  return h("label", { class: "choice" }, h("input", { type: "radio", name: "kind", value, checked }), label);
}
