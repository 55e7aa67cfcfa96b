import { t } from "./language.js";

const KEY = "chatd.sections";

/** The parts of the list of conversations, in their order. */
export const SECTIONS = {
  starred: { name: t("Starred"), holds: (channel, stars) => stars.has(channel.url) && !channel.isHidden },
  channels: { name: t("Channels"), holds: (channel) => !channel.isTalk && !channel.isHidden },
  direct: { name: t("Direct messages"), holds: (channel) => !channel.isHidden },
  archived: { name: t("Archived"), holds: () => true },
};

/** Which of them are folded, in this browser. */
const folded = new Set(read());

export function isFolded(key) {
  return folded.has(key);
}

export function fold(key, isFolded) {
  if (isFolded) folded.add(key);
  else folded.delete(key);
  localStorage.setItem(KEY, JSON.stringify([...folded]));
}

/** Channels by the section that they belong to: the first that holds them. */
export function grouped(channels, stars) {
  const groups = Object.fromEntries(Object.keys(SECTIONS).map((key) => [key, []]));
  for (const channel of channels) {
    const [key] = Object.entries(SECTIONS).find(([, { holds }]) => holds(channel, stars));
    groups[key].push(channel);
  }
  return groups;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? ["archived"];
  } catch {
    return ["archived"];
  }
}
