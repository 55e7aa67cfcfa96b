import { avatar } from "./avatar.js";
import { h, show } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { StatusForm } from "./status_form.js";
import { submitForm } from "./submit.js";
import { toast, toastFailure } from "./toast.js";

/** How others see a person: picture, name, status. */
export class ProfilePage {
  #chat;
  #ending;
  #candidate = null;
  #picture = h("div", { class: "profile-picture" });
  #file = h("input", { type: "file", accept: "image/png,image/jpeg", hidden: true, onchange: () => this.#preview(this.#file.files[0]) });
  #choose = h("button", { type: "button", class: "button small", onclick: () => this.#file.click() }, t("Change picture"));
  #remove = h("button", { type: "button", class: "button small", onclick: () => this.#attempt(() => this.#chat.profile.removePicture()) }, t("Remove picture"));
  #use = h("button", { type: "button", class: "button small primary", onclick: () => this.#upload() }, t("Use this picture"));
  #cancel = h("button", { type: "button", class: "button small", onclick: () => this.#preview(null) }, t("Cancel"));
  #status;

  constructor({ chat }) {
    this.#chat = chat;
    this.#status = new StatusForm(chat);
    const buttons = h("div", { class: "profile-buttons" }, this.#choose, this.#remove, this.#use, this.#cancel, this.#file);
    this.node = h("div", { class: "settings-parts" }, h("div", { class: "profile-head" }, this.#picture, buttons), this.#nameForm(), this.#status.node);
    this.#ending = chat.meChanged.listen(() => this.#draw());
    this.#draw();
  }

  close() {
    this.#ending();
    this.#preview(null);
  }

  #draw() {
    const isNew = this.#candidate !== null;
    show(this.#choose, !isNew);
    show(this.#remove, !isNew && Boolean(this.#chat.me.profile_url));
    show(this.#use, isNew);
    show(this.#cancel, isNew);
    const face = isNew ? h("img", { src: this.#candidate.url, alt: t("Preview of your picture") }) : avatar(this.#chat.me, "large");
    this.#picture.replaceChildren(face);
  }

  #preview(file) {
    if (this.#candidate) URL.revokeObjectURL(this.#candidate.url);
    this.#candidate = file ? { file, url: URL.createObjectURL(file) } : null;
    this.#file.value = "";
    this.#draw();
  }

  async #upload() {
    const { file } = this.#candidate;
    await this.#attempt(async () => {
      await this.#chat.profile.setPicture(file);
      this.#preview(null);
    });
  }

  async #attempt(work) {
    try {
      await work();
    } catch (failure) {
      toastFailure(t("Your picture was not changed."), failure);
    }
  }

  #nameForm() {
    const chat = this.#chat;
    const field = new Field({ label: t("Name"), value: chat.me.nickname, maxlength: "80", autocomplete: "name", hint: t("This is how others see you.") });
    const work = async () => {
      const nickname = field.value.trim();
      if (!nickname) return field.complain(t("Enter a name."));
      await chat.profile.rename(nickname);
      toast(t("Saved"));
    };
    return submitForm({ fields: [field.node], button: t("Save name"), work });
  }
}
