import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";

/** Takes files that are dropped onto an element, and says so while they are above it. */
export class DropZone {
  #node;
  #sign = h("div", { class: "drop-sign", "aria-hidden": "true" }, icon("attach"), h("span", {}, t("Drop files to attach them")));
  // Entering a child comes before leaving its parent.
  #depth = 0;

  constructor(node, dropped) {
    this.#node = node;
    node.addEventListener("dragenter", (event) => isFiles(event) && this.#enter(event));
    node.addEventListener("dragover", (event) => isFiles(event) && event.preventDefault());
    node.addEventListener("dragleave", (event) => isFiles(event) && this.#leave());
    node.addEventListener("drop", (event) => isFiles(event) && this.#drop(event, dropped));
  }

  #enter(event) {
    event.preventDefault();
    this.#depth += 1;
    this.#node.append(this.#sign);
  }

  #leave() {
    this.#depth -= 1;
    if (this.#depth <= 0) this.#end();
  }

  #drop(event, dropped) {
    event.preventDefault();
    this.#end();
    dropped(event.dataTransfer.files);
  }

  #end() {
    this.#depth = 0;
    this.#sign.remove();
  }
}

function isFiles({ dataTransfer }) {
  return dataTransfer?.types.includes("Files");
}
