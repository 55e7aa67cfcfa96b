const loaded = new Map();

/** Link a style sheet of what is loaded on use; resolves when it applies. */
export function stylesheet(name) {
  if (!loaded.has(name)) loaded.set(name, link(new URL(`../css/${name}`, import.meta.url)));
  return loaded.get(name);
}

function link(href) {
  return new Promise((resolve) => {
    const node = document.createElement("link");
    // Without it things look plain, and work.
    Object.assign(node, { rel: "stylesheet", href, onload: resolve, onerror: resolve });
    document.head.append(node);
  });
}
