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

/** Pick a person to write to, or go on to several of them, or to a channel. */
export function openNewConversation(chat) {
  const picked = async (user) => {
    try {
      const channel = await chat.channels.openDirect(user.user_id);
      opened.close();
      route.open(channel.url);
    } catch (failure) {
      toastFailure(t("The conversation could not be started."), failure);
    }
  };
  const goOn = (open) => async () => {
    opened.close();
    await open();
  };
  const ways = h("div", {}, [
    way("people", t("New group"), goOn(() => openNewGroup(chat))),
    way("hash", t("New channel"), goOn(async () => (await import("./new_channel.js")).openNewChannel(chat))),
    way("search", t("Browse channels"), goOn(async () => (await import("./browse_dialog.js")).openBrowse(chat))),
  ]);
  const picker = new PersonPicker(chat.people, { picked });
  const opened = openDialog(t("New conversation"), [ways, picker.node]);
  picker.input.focus();
}

function way(drawing, label, onclick) {
  return h("button", { type: "button", class: "row-button", onclick }, h("span", { class: "avatar group medium sign" }, icon(drawing)), label);
}

function openNewGroup(chat) {
  const name = new Field({ label: t("Group name"), placeholder: t("For example: Spring release"), maxlength: "191", autofocus: true, hint: t("Without a name it is a conversation of these people.") });
  const picker = new PersonPicker(chat.people, { several: true });
  // The same for every attempt: a second press after a lost answer does not make a second group.
  const reqId = newIdentifier();
  const work = async () => {
    const title = name.value.trim();
    const userIds = [...picker.chosen.keys()];
    if (!title && userIds.length === 0) return name.complain(t("Give the group a name, or choose people."));
    const channel = title ? await chat.channels.create({ name: title, userIds, isPublic: false, reqId }) : await chat.channels.openTalk(userIds);
    opened.close();
    route.open(channel.url);
  };
  const form = submitForm({ fields: [name.node, h("p", { class: "label" }, t("Members")), picker.node], button: t("Create group"), work });
  const opened = openDialog(t("New group"), form);
  name.input.focus();
}
