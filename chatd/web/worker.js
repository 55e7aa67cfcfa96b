// The service worker: the page without the server, and notifications without the page. The server puts two lines before this:
// VERSION, which is another one whenever a file of the page is, and SHELL, the paths of those that every visit needs.
// Only files of the page are ever kept here: no answer of the API, and nothing that people have sent.

const CACHE = `chatd-${VERSION}`;
const ICON = "/web/icons/icon-192.png";
// Pages of their own, for which there has to be a server anyway.
const OTHERS = /^\/web\/(reference|dashboard)/;
// What the page uses of these is kept from the beginning.
const FIRST = ["/web/app/*", "/web/sdk/*", "/web/css/*", "/web/vendor/centrifuge-*", "/web/vendor/marked-*", "/web/vendor/inter-*/inter-latin-wght-*"];

self.addEventListener("install", (event) => {
  event.waitUntil(install());
  routeAround(event);
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(event.request, path));
});
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(notify(event.data.json())));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

/** All files of one version, or none. */
async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: "no-cache", credentials: "omit" })));
}

/** What every visit needs comes from the cache without this worker, which would have to be started and be asked for each file. */
function routeAround(event) {
  const source = { cacheName: CACHE };
  const page = { requestMode: "navigate", urlPattern: { pathname: "/", search: "" } };
  const files = { or: FIRST.map((pathname) => ({ urlPattern: { pathname } })) };
  // Not every browser can do that: the others ask.
  event.addRoutes?.([page, files].map((condition) => ({ condition, source }))).catch((failure) => console.info("no routes:", failure.message));
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("chatd-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Under which path what is asked for is kept; null of what is none of the page's files. */
function pathOf({ method, mode, url }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return null;
  if (mode === "navigate") return pathname === "/" ? "/" : null;
  return pathname.startsWith("/web/") && !OTHERS.test(pathname) ? pathname : null;
}

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok && fetched.status === 200) await cache.put(path, fetched.clone());
  return fetched;
}

/** Somebody who looks at the page sees the message there. */
async function notify({ title, body, channel_url, message_id }) {
  const pages = await self.clients.matchAll({ type: "window" });
  if (pages.some(({ focused }) => focused)) return;
  await self.registration.showNotification(title, { body, tag: channel_url, renotify: true, icon: ICON, data: { channel_url, message_id } });
}

/** Go to the message, in a page that is open or a new one. */
async function show({ channel_url, message_id }) {
  const place = `/#/${encodeURIComponent(channel_url)}/${message_id}`;
  const [page] = await self.clients.matchAll({ type: "window" });
  if (!page) return self.clients.openWindow(place);
  page.postMessage({ show: place.slice(1) });
  return page.focus();
}
