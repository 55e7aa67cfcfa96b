/**
 * Where the reader is, kept in the address: `#/{application}/{page}/{more}?{query}`. `path` are the parts after the
 * page.
 */
export function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [application = "", page = "", ...rest] = path.split("/").map(decoded);
  return { application, page, path: rest, query: new URLSearchParams(query) };
}

/** The address of a place. Values of the query that are empty are left out. */
export function address(application, path, query = {}) {
  const place = [application, ...path].map(encodeURIComponent).join("/");
  const given = Object.entries(query).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return `#/${place}${given.length ? `?${new URLSearchParams(given)}` : ""}`;
}

/** What somebody typed into the address need not be well encoded. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
