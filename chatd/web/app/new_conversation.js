import { newIdentifier } from "../sdk/index.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { PersonPicker } from "./person_picker.js";
import { route } from "./route.js";
import { submitForm } from "./submit.js";
import { toastFailure } from "./toast.js";

/** Pick a person to write to, or go on to a group. */
export function openNewConversation(chat) {
  const picked = async (user) => {
    try {
      const channel = await chat.openDirect(user.user_id);
      opened.close();
      route.open(channel.url);
    } catch (failure) {
      toastFailure(t("The conversation could not be started."), failure);
    }
  };
  const group = () => {
    opened.close();
    openNewGroup(chat);
  };
  const picker = new PersonPicker(chat.people, { picked });
  const toGroup = h("button", { type: "button", class: "row-button", onclick: group }, h("span", { class: "avatar group medium sign" }, icon("people")), t("New group"));
  const opened = openDialog(t("New conversation"), [toGroup, picker.node]);
  picker.input.focus();
}

function openNewGroup(chat) {
  const name = new Field({ label: t("Group name"), placeholder: t("For example: Spring release"), maxlength: "191", autofocus: true });
  const picker = new PersonPicker(chat.people, { several: true });
  // The same for every attempt: a second press after a lost answer does not make a second group.
  const reqId = newIdentifier();
  const work = async () => {
    const title = name.value.trim();
    if (!title) return name.complain(t("Give the group a name."));
    const channel = await chat.createGroup(title, [...picker.chosen.keys()], reqId);
    opened.close();
    route.open(channel.url);
  };
  const form = submitForm({ fields: [name.node, h("p", { class: "label" }, t("Members")), picker.node], button: t("Create group"), work });
  const opened = openDialog(t("New group"), form);
  name.input.focus();
}
