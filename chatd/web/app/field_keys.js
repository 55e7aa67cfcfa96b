const APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform);
// By the key, after "Shift+" where it needs that.
const MARKS = { b: "**", i: "_", e: "`", "Shift+x": "~~" };
const ADDRESS = /^https?:\/\/\S+$/;

/**
 * Keys and pasting for a field in which Markdown is written: Ctrl+B bold, Ctrl+I italic, Ctrl+E code, Ctrl+Shift+X struck out
 * (with Cmd on Apple's), and an address pasted over a selected text makes it a link.
 */
export function formattingKeys(field) {
  field.addEventListener("keydown", async (event) => {
    const mark = MARKS[`${event.shiftKey ? "Shift+" : ""}${event.key.toLowerCase()}`];
    if (!mark || event.altKey || event.isComposing || !(APPLE ? event.metaKey : event.ctrlKey)) return;
    event.preventDefault();
    (await import("./formatting.js")).toggleMark(field, mark);
  });
  field.addEventListener("paste", async (event) => {
    const { selectionStart: start, selectionEnd: end } = field;
    const address = event.clipboardData.getData("text/plain").trim();
    const isLink = start !== end && ADDRESS.test(address) && !ADDRESS.test(field.value.slice(start, end));
    if (!isLink || event.clipboardData.files.length > 0) return;
    event.preventDefault();
    (await import("./formatting.js")).makeLink(field, address);
  });
}
