/** Open the list of keys on Ctrl+/, and on "?" where no text is written: at a message or in the list. Returns the end of that. */
export function listenForHelp() {
  const hear = (event) => {
    const isAsked = event.key === "/" && (event.ctrlKey || event.metaKey);
    const isSign = event.key === "?" && event.target.matches(".message, .channel a, .scroller");
    if ((!isAsked && !isSign) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    openShortcuts();
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}

export async function openShortcuts() {
  const { openShortcutsDialog } = await import("./shortcuts_dialog.js");
  await openShortcutsDialog();
}
