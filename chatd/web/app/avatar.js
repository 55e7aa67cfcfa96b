import { nameOf } from "../sdk/index.js";
import { h } from "./element.js";
import { icon } from "./icon.js";

const COLOURS = 10;

/** The picture of a person: an image of theirs, or initials on a colour that is always the same for them. */
export function avatar(user, size = "medium") {
  const node = h("span", { class: `avatar ${size}`, "data-colour": colourOf(user.user_id), "aria-hidden": "true" });
  node.append(initialsOf(nameOf(user)));
  if (isPicture(user.profile_url)) node.append(picture(user.profile_url));
  return node;
}

/** The picture of a conversation. */
export function channelAvatar(channel, size = "medium") {
  if (channel.partner) return avatar(channel.partner, size);
  const node = h("span", { class: `avatar group ${size}`, "data-colour": colourOf(channel.url), "aria-hidden": "true" });
  node.append(channel.name ? initialsOf(channel.name, 1) : icon("people"));
  return node;
}

function picture(url) {
  return h("img", { src: url, alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: ({ target }) => target.remove() });
}

/** One of this server, or any that comes over https. */
function isPicture(url) {
  if (!url || !URL.canParse(url, location.href)) return false;
  const { origin, protocol } = new URL(url, location.href);
  return protocol === "https:" || origin === location.origin;
}

function initialsOf(name, most = 2) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > most ? [words[0], words.at(-1)].slice(0, most) : words;
  return chosen.map((word) => [...word][0].toLocaleUpperCase()).join("") || "?";
}

function colourOf(text) {
  // FNV-1a: people whose ids differ in one letter get different colours.
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193) >>> 0;
  return (hash >>> 8) % COLOURS;
}
