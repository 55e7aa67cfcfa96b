import { avatar } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { submitForm } from "./submit.js";

/** Change how one is called. */
export function openProfile(chat) {
  const field = new Field({ label: t("Name"), value: chat.me.nickname, maxlength: "80", autocomplete: "name", autofocus: true, hint: t("This is how others see you.") });
  const picture = h("div", { class: "dialog-picture" });
  const draw = () => picture.replaceChildren(avatar({ ...chat.me, nickname: field.value.trim() }, "large"));
  field.input.addEventListener("input", draw);
  draw();
  const work = async () => {
    const nickname = field.value.trim();
    if (!nickname) return field.complain(t("Enter a name."));
    await chat.renameMe(nickname);
    opened.close();
  };
  const opened = openDialog(t("Your profile"), [picture, submitForm({ fields: [field.node], button: t("Save"), work })]);
}
