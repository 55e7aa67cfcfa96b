import { copyText } from "../app/clipboard.js";
import { h } from "../app/element.js";
import { iconButton } from "../app/icon.js";

/** A block of code with its name, and a button that copies it. */
export function code(name, text) {
  const copy = iconButton("copy", `Copy: ${name}`, async () => {
    await copyText(text);
    copy.classList.add("done");
    setTimeout(() => copy.classList.remove("done"), 1200);
  });
  return h("figure", { class: "code" },
    h("figcaption", {}, name, copy),
    // What is wider than its place can be scrolled to by keyboard too.
    h("pre", { tabindex: "0", "aria-label": name }, h("code", {}, text)),
  );
}
