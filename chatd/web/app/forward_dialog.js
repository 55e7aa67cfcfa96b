import { newIdentifier } from "../sdk/index.js";
import { ConversationPicker } from "./conversation_picker.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { counted, t } from "./language.js";
import { messageEntry } from "./message_entry.js";
import { stylesheet } from "./stylesheet.js";
import { submitForm } from "./submit.js";
import { toast } from "./toast.js";

/** Send a message to other conversations, with some words of one's own before it. */
export async function openForward(chat, message) {
  await Promise.all([stylesheet("entry"), stylesheet("forward")]);
  const picker = new ConversationPicker(chat.channels, { several: true });
  const comment = h("textarea", { class: "input", rows: "2", maxlength: "5000", placeholder: t("Add words of your own"), "aria-label": t("Words of your own"), dir: "auto" });
  // Those who have it already are not sent it again when the rest has to be repeated.
  const reqIds = new Map();
  const work = async () => {
    const targets = [...picker.chosen.values()];
    if (targets.length === 0) return picker.input.focus();
    for (const channel of targets) {
      if (!reqIds.has(channel.url)) reqIds.set(channel.url, newIdentifier());
      await chat.forward(message, channel, comment.value.trim(), reqIds.get(channel.url));
    }
    opened.close();
    toast(counted(targets.length, "Forwarded to {count} conversation", "Forwarded to {count} conversations"));
  };
  const what = h("ul", { class: "forwarded", inert: true }, messageEntry(message));
  const opened = openDialog(t("Forward message"), submitForm({ fields: [what, picker.node, comment], button: t("Forward"), work }));
  picker.input.focus();
}
