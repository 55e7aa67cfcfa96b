import { h } from "./element.js";
import { fileIcon, sizeText } from "./file_words.js";
import { icon, iconButton } from "./icon.js";
import { t } from "./language.js";
import { later } from "./later.js";

// What the server serves as a picture; others, such as SVG, are files to save.
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
const WIDEST = 380;
const HIGHEST = 300;

/** The files of a message as nodes, null when there are none. */
export function attachments(message) {
  const files = filesOf(message);
  if (files.length === 0) return null;
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  const shown = pictures.length > 0 && h("div", { class: pictures.length > 1 ? "pictures several" : "pictures" }, pictures.map((file) => picture(file, pictures)));
  return h("div", { class: "attachments" }, shown, others.map(other));
}

/** The files of a message on its way, and how far they are. */
export function outgoingAttachments(outgoing, actions) {
  const { attachments: files, failed, progress } = outgoing;
  if (files.length === 0) return null;
  const rows = files.map(({ file }) => card(file.name, file.size));
  const bar = h("progress", { max: "1", value: String(progress), "aria-label": t("Sent so far") });
  const stop = iconButton("close", t("Stop sending"), () => actions.discard(outgoing), { class: "small" });
  return h("div", { class: "attachments" }, rows, !failed && h("div", { class: "upload" }, bar, stop));
}

/** [{name, type, size, url, width, height, thumbnails}] of a message with one file or several. */
export function filesOf({ file, files, thumbnails }) {
  if (files) return files.map((each) => ({ ...each, name: each.file_name, type: each.file_type, size: each.file_size }));
  return file?.url ? [{ ...file, thumbnails: thumbnails ?? [] }] : [];
}

export function isPicture({ type }) {
  return PICTURES.has(type);
}

/** A picture in the conversation keeps its place free before it is there. */
function picture(file, all) {
  const small = file.thumbnails.find(({ width }) => width >= WIDEST) ?? file.thumbnails.at(-1) ?? file;
  const open = () => later(() => import("./gallery.js"), ({ openGallery }) => openGallery(all, all.indexOf(file)));
  const image = h("img", { src: small.url, alt: file.name, loading: "lazy", decoding: "async", ...shownSize(file) });
  return h("button", { type: "button", class: "picture", title: file.name, "aria-label": t("Open {name}", { name: file.name }), onclick: open }, image);
}

function shownSize({ width, height }) {
  if (!width || !height) return {};
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function other(file) {
  const label = file.name;
  if (file.type.startsWith("audio/")) return h("figure", { class: "sound" }, h("figcaption", { dir: "auto" }, label), player("audio", file));
  if (file.type.startsWith("video/")) return h("figure", { class: "film" }, player("video", file));
  const save = { class: "file", href: file.url, download: file.name, title: t("Save {name}", { name: file.name }) };
  return h("a", save, fileIcon(), words(file.name, file.size), icon("download"));
}

function player(kind, { url, name }) {
  return h(kind, { src: url, controls: true, preload: "metadata", "aria-label": name });
}

function card(name, size) {
  return h("div", { class: "file" }, fileIcon(), words(name, size));
}

function words(name, size) {
  return h("span", { class: "file-words" }, h("strong", { dir: "auto" }, name), h("small", {}, sizeText(size)));
}
