import { h } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { backward, forward, number, t } from "./language.js";

/** Pictures over the whole window, one at a time: arrows walk, Escape closes. */
export function openGallery(files, start) {
  let at = start;
  const image = h("img", { alt: "" });
  const title = h("h2", { dir: "auto" });
  const count = h("span", { class: "gallery-count", role: "status" });
  const save = h("a", { class: "icon-button", "aria-label": t("Save"), title: t("Save") }, icon("download"));
  const dialog = h("dialog", { class: "gallery", "aria-label": t("Pictures") });
  const draw = () => {
    const { url, name } = files[at];
    image.src = url;
    image.alt = title.textContent = name;
    count.textContent = files.length > 1 ? t("{number} of {count}", { number: number(at + 1), count: number(files.length) }) : "";
    save.href = url;
    save.download = name;
  };
  const walk = (step) => {
    at = (at + step + files.length) % files.length;
    draw();
  };
  const close = () => dialog.close();
  const head = h("header", { class: "gallery-head" }, title, count, save, iconButton("close", t("Close"), close));
  const arrows = files.length > 1 && [iconButton("previous", t("Previous"), () => walk(-1)), iconButton("next", t("Next"), () => walk(1))];
  dialog.append(head, h("div", { class: "gallery-stage" }, image, arrows));
  dialog.addEventListener("keydown", ({ key }) => files.length > 1 && key in STEPS && walk(STEPS[key]));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => target.matches(".gallery-stage") && close());
  document.body.append(dialog);
  draw();
  dialog.showModal();
}

const STEPS = { [backward]: -1, [forward]: 1 };
