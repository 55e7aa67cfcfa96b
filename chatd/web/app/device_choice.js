import { device } from "./device.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { toastFailure } from "./toast.js";

const WORDS = {
  none: t("This browser shows no notifications here."),
  denied: t("You have forbidden notifications in this browser. Its settings for this page allow them again."),
  on: t("This browser notifies you while the page is in the background or closed."),
  off: t("This browser does not notify you."),
};

/** Whether this browser notifies, to look at and to choose. */
export function deviceChoice(notifications) {
  const node = h("div", { class: "device-choice" });
  const act = async (work) => {
    try {
      await work();
    } catch (failure) {
      toastFailure(t("Your choice was not kept."), failure);
    }
    draw();
    node.querySelector("button")?.focus();
  };
  const draw = () => {
    const { state } = device;
    const on = () => act(() => device.turnOn(notifications));
    const off = () => act(() => device.turnOff(notifications));
    const button = { on: [t("Turn off here"), off], off: [t("Turn on here"), on] }[state];
    node.replaceChildren(
      h("h3", { class: "label" }, t("On this device")),
      h("p", { class: "field-note", role: "status" }, WORDS[state]),
      ...(button ? [h("button", { type: "button", class: "button", onclick: button[1] }, button[0])] : []),
    );
  };
  draw();
  return node;
}
