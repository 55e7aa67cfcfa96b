import { h } from "./element.js";

const LOWEST = 48;

/** What the page behind a link of a message says of itself; null when there is nothing to show. `og_tag` as messages have it. */
export function linkPreview({ og_tag: found, is_removed }) {
  if (!found || is_removed || !isWeb(found["og:url"]) || !found["og:title"]) return null;
  const href = found["og:url"];
  return h(
    "a",
    { class: "link-preview", href, target: "_blank", rel: "noopener noreferrer" },
    h(
      "span",
      { class: "link-words" },
      h("small", { dir: "auto" }, found["og:site_name"] || new URL(href).hostname),
      h("strong", { dir: "auto" }, found["og:title"]),
      found["og:description"] && h("span", { class: "link-description", dir: "auto" }, found["og:description"]),
    ),
    picture(found["og:image"]),
  );
}

/** Over https only, as the page's policy has it; one that does not come leaves no hole. */
function picture(image) {
  if (!image?.secure_url || !isWeb(image.secure_url) || isTiny(image)) return null;
  const gone = ({ target }) => target.remove();
  return h("img", { src: image.secure_url, alt: image.alt ?? "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer", onerror: gone });
}

function isTiny({ width, height }) {
  return (width > 0 && width < LOWEST) || (height > 0 && height < LOWEST);
}

function isWeb(url) {
  return typeof url === "string" && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
