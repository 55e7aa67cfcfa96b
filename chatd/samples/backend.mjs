/**
 * What a backend in Node needs of chatd: calls of the Platform API, users, and session tokens; and a server for the pages
 * of the samples, with visitors told apart by a signed cookie. Copy it beside the sample that you begin with.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

export const CHAT = (process.env.CHATD_URL ?? "http://127.0.0.1:8000").replace(/\/$/, "");
const API_TOKEN = process.env.CHATD_API_TOKEN ?? "";
const PORT = Number(process.env.PORT ?? 3000);
// What visitors call this site, as "shop.example.org", when it is behind a proxy.
const HOST = process.env.SITE_HOST;
const SECRET = process.env.COOKIE_SECRET ?? randomBytes(32).toString("hex");
const DEADLINE_MS = 10_000;
const MAX_BODY_BYTES = 10_000;
const ALREADY_EXISTS = 400202;
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", mjs: "text/javascript" };

/** One call of the Platform API; rejects with its message, and its code. */
export async function call(method, path, body) {
  const answer = await fetch(`${CHAT}/v3${path}`, {
    method,
    headers: { "Api-Token": API_TOKEN, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const result = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(result.message), { code: result.code });
  return result;
}

/** The same for what may be there already, made by another request or by an earlier start; resolves to whether it is new. */
export async function make(path, body) {
  try {
    await call("POST", path, body);
    return true;
  } catch (error) {
    if (error.code === ALREADY_EXISTS) return false;
    throw error;
  }
}

/** A session token: all that a page gets. The API token never leaves the backend. */
export async function tokenFor(userId) {
  const { token } = await call("POST", `/users/${part(userId)}/token`, {});
  return token;
}

/** A part of a path. Dots alone would lead to another one, however they are written. */
function part(text) {
  if (["", ".", ".."].includes(text)) throw refused("This is no id.");
  return encodeURIComponent(text);
}

/** Who the cookie says the visitor is; null for nobody. */
export function visitorOf(request) {
  const [, value = ""] = /(?:^|;\s*)visitor=([^;]*)/.exec(request.headers.cookie ?? "") ?? [];
  const [id, signature = ""] = value.split(".");
  return id && isSame(signature, signed(id)) ? id : null;
}

/** Have the visitor be this one from now on. */
export function remember(response, id) {
  response.setHeader("Set-Cookie", `visitor=${id}.${signed(id)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800`);
}

/** An id that nobody guesses, for a new visitor. */
export function newId() {
  return randomBytes(9).toString("hex");
}

function signed(id) {
  return createHmac("sha256", SECRET).update(id).digest("hex");
}

function isSame(one, other) {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** The body of a request, a JSON object. */
export async function read(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += part;
    if (text.length > MAX_BODY_BYTES) throw refused("The body is too long.");
  }
  const value = text.startsWith("{") && parsed(text);
  if (!value) throw refused("The body has to be a JSON object.");
  return value;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refused(message) {
  return Object.assign(new Error(message), { status: 400 });
}

export function json(response, value, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" }).end(JSON.stringify(value));
}

/** Serve `actions`, by method and path, and otherwise `files` of a folder, in which {{chat}} is the address of chatd. */
export function serve(folder, files, actions) {
  const server = createServer(async (request, response) => {
    try {
      const path = request.url.split("?")[0];
      const action = actions[`${request.method} ${path}`];
      if (action && isForeign(request)) json(response, { error: "Only pages of this site may ask." }, 403);
      else if (action) await action(request, response);
      else await sendFile(response, folder, files[path]);
    } catch (error) {
      if (!error.status) console.error(error.message);
      if (!response.headersSent) json(response, { error: error.status ? error.message : "It does not work at the moment." }, error.status ?? 502);
    }
  });
  server.listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}

/** Whether the page of another site asks, or one that has given its own name to this machine's address. */
function isForeign({ socket, headers: { host = "", origin } }) {
  const names = HOST ? [HOST] : ["127.0.0.1", "localhost"].map((name) => `${name}:${socket.localPort}`);
  return !names.includes(host) || (origin !== undefined && !origin.endsWith(`//${host}`));
}

async function sendFile(response, folder, name) {
  if (!name) return json(response, { error: "There is no such page." }, 404);
  const text = await readFile(new URL(name, folder), "utf8");
  response.setHeader("Content-Type", TYPES[name.split(".").at(-1)]);
  response.end(text.replaceAll("{{chat}}", CHAT));
}
