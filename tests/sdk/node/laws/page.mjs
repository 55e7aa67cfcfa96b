// Pages of lists of the model: so small that there are several.
const MOST = 4;

/** The items of `entries`, {key, item} each, from a token on, and the token of what follows. Keys are lists of numbers. */
export function pageOf(entries, token, limit) {
  const ordered = entries.sort((a, b) => compare(a.key, b.key));
  const rest = token ? ordered.filter(({ key }) => compare(key, JSON.parse(token)) >= 0) : ordered;
  const count = Math.min(limit, MOST);
  return { items: rest.slice(0, count).map(({ item }) => item), next: rest.length > count ? JSON.stringify(rest[count].key) : "" };
}

function compare(one, other) {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : one[at] - other[at];
}
