const ADDRESS = /^(https?|wss?):\/\/([^/?#]+)([^?#]*)/i;
const ENDPOINT = "/connection/websocket";

/**
 * Where a server is, of its address as "https://chat.example.com" or that of its WebSocket endpoint:
 * {origin, endpoint}. Throws a TypeError for anything else. Not by `URL`, of which React Native has only a part.
 * @param {string} url
 * @returns {{ origin: string, endpoint: string }}
 */
export function addressOf(url) {
  const [, scheme, host, path] = ADDRESS.exec(url) ?? [];
  if (!host) throw new TypeError(`url: "${url}" is not the address of a server, such as https://chat.example.com`);
  const secure = /^(https|wss)$/i.test(scheme) ? "s" : "";
  return { origin: `http${secure}://${host}`, endpoint: `ws${secure}://${host}${path.length > 1 ? path : ENDPOINT}` };
}
