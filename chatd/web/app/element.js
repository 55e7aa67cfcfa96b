const SVG = "http://www.w3.org/2000/svg";

/**
 * A DOM element. `properties`: `onclick` and the like are listeners, the rest are attributes; false, null and
 * undefined are left out. Children are nodes or text, lists of them at any depth, or nothing. Text is only ever text.
 */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for a drawing. */
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/** Show or hide without taking out of the document. */
export function show(element, visible) {
  element.hidden = !visible;
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
