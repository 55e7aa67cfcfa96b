import { copyText } from "./clipboard.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { stylesheet } from "./stylesheet.js";
import { submitForm } from "./submit.js";
import { toast, toastFailure } from "./toast.js";

/** A part of the settings: codes from an app, needed beside the password. */
export class SecondFactor {
  #account;
  #body = h("div", {});

  constructor(account) {
    this.#account = account;
    const about = t("With codes from an authenticator app on your phone, a password alone is not enough to sign in.");
    this.node = h("section", { class: "settings-part" }, h("h3", { class: "label" }, t("Codes beside the password")), h("p", { class: "field-note" }, about), this.#body);
    this.#load();
  }

  async #load() {
    try {
      const { is_on: isOn } = await this.#account.secondFactor();
      this.#show(isOn ? this.#offForm() : this.#onForm());
    } catch (failure) {
      toastFailure(t("Your settings could not be loaded."), failure);
    }
  }

  #show(...nodes) {
    this.#body.replaceChildren(...nodes);
  }

  #onForm() {
    const password = passwordField();
    const work = async () => {
      if (!password.value) return password.complain(t("Enter your password."));
      const offer = await this.#account.offerSecondFactor(password.value);
      const [{ qrCode }] = await Promise.all([import("./qr_code.js"), stylesheet("second_factor")]);
      this.#show(h("p", {}, t("Scan this with your app, or type the key into it. Then enter the code that it shows.")),
        qrCode(offer.uri), h("p", {}, h("code", { class: "secret" }, offer.secret)), this.#confirmForm());
    };
    return submitForm({ fields: [password.node], button: t("Turn on"), work });
  }

  #confirmForm() {
    const code = codeField("");
    const work = async () => {
      const { recovery_codes: codes } = await this.#account.confirmSecondFactor(code.value.trim());
      this.#show(...this.#recovery(codes));
    };
    return submitForm({ fields: [code.node], button: t("Confirm"), work });
  }

  #recovery(codes) {
    const copy = async () => {
      await copyText(codes.join("\n"));
      toast(t("Copied."));
    };
    const about = t("Keep these codes in a safe place: each lets you in once when the phone is lost. They are not shown again.");
    return [
      h("p", { role: "status" }, about),
      h("ul", { class: "recovery-codes" }, codes.map((code) => h("li", {}, h("code", {}, code)))),
      h("div", { class: "dialog-actions" },
        h("button", { type: "button", class: "button", onclick: copy }, t("Copy")),
        h("button", { type: "button", class: "button primary", onclick: () => this.#load() }, t("Done"))),
    ];
  }

  #offForm() {
    const [password, code] = [passwordField(), codeField()];
    const work = async () => {
      await this.#account.removeSecondFactor(password.value, code.value.trim());
      await this.#load();
    };
    return submitForm({ fields: [password.node, code.node], button: t("Turn off"), work });
  }
}

function passwordField() {
  return new Field({ label: t("Password"), type: "password", autocomplete: "current-password" });
}

/** Where a code is typed: of the app, or a recovery code unless it has another hint. */
export function codeField(hint = t("From your authenticator app, or a recovery code.")) {
  return new Field({ label: t("Code"), autocomplete: "one-time-code", autocapitalize: "none", spellcheck: "false", dir: "ltr", hint });
}
