import { h, show } from "./element.js";
import { fileIcon, sizeText } from "./file_words.js";
import { iconButton } from "./icon.js";
import { counted, t } from "./language.js";
import { toast } from "./toast.js";

const MOST = 30;

/** Files that are chosen for the next message. `changed()` is called when there are more or fewer. */
export class Tray {
  files = [];
  node = h("ul", { class: "tray", "aria-label": t("Files to send"), hidden: true });

  #changed;
  #addresses = new Map();
  #input = h("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#chosen() });

  constructor(changed) {
    this.#changed = changed;
  }

  /** Ask the person for files. */
  choose() {
    this.#input.click();
  }

  add(files) {
    const room = MOST - this.files.length;
    if (files.length > room) toast(counted(MOST, "A message can have {count} file.", "A message can have {count} files."));
    this.files = [...this.files, ...[...files].slice(0, room)];
    this.#draw();
  }

  clear() {
    this.files = [];
    this.#draw();
  }

  #chosen() {
    this.add(this.#input.files);
    this.#input.value = "";
  }

  #remove(file) {
    this.files = this.files.filter((other) => other !== file);
    this.#draw();
  }

  #draw() {
    this.#forget();
    this.node.replaceChildren(...this.files.map((file) => this.#item(file)));
    show(this.node, this.files.length > 0);
    this.#changed();
  }

  #item(file) {
    const picture = file.type.startsWith("image/") ? h("img", { src: this.#address(file), alt: "" }) : fileIcon();
    const words = h("span", { class: "file-words" }, h("strong", { dir: "auto" }, file.name), h("small", {}, sizeText(file.size)));
    const remove = iconButton("close", t("Remove {name}", { name: file.name }), () => this.#remove(file), { class: "small" });
    return h("li", { class: "tray-file" }, picture, words, remove);
  }

  #address(file) {
    const known = this.#addresses.get(file) ?? URL.createObjectURL(file);
    this.#addresses.set(file, known);
    return known;
  }

  /** Pictures of files that are chosen no more take no memory. */
  #forget() {
    for (const [file, address] of this.#addresses) {
      if (this.files.includes(file)) continue;
      URL.revokeObjectURL(address);
      this.#addresses.delete(file);
    }
  }
}
