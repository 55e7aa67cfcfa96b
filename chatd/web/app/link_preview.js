import { h } from "./element.js";

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

/** The small one that the server keeps: nobody who reads asks the page's server. One that does not come leaves no hole. */
function picture(image) {
  const [small] = image?.thumbnails ?? [];
  if (!small) return null;
  const gone = ({ target }) => target.remove();
  return h("img", { src: small.url, alt: image.alt ?? "", loading: "lazy", decoding: "async", onerror: gone });
}

function isWeb(url) {
  return typeof url === "string" && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
