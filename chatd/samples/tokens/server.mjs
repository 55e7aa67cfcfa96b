/** A backend that says who may chat: it knows its users, and gives their pages session tokens. */
import { call, json, make, newId, read, remember, serve, tokenFor, visitorOf } from "../backend.mjs";

const LOBBY = "lobby";

await make("/users", { user_id: "host", nickname: "Host" });
await make("/group_channels", { channel_url: LOBBY, name: "Lobby", user_ids: ["host"], is_public: true });

/** A real backend has accounts. Here whoever says a name is somebody new. */
async function signIn(request, response) {
  const { name } = await read(request);
  if (typeof name !== "string" || !name.trim()) return json(response, { error: "Say a name." }, 400);
  const id = newId();
  await call("POST", "/users", { user_id: id, nickname: name.trim().slice(0, 80) });
  await call("PUT", `/group_channels/${LOBBY}/join`, { user_id: id });
  remember(response, id);
  json(response, {});
}

/** Whether the visitor has said a name. */
function session(request, response) {
  json(response, { isSignedIn: visitorOf(request) !== null });
}

/** What the page asks for when it connects, and again when its session ends. */
async function token(request, response) {
  const id = visitorOf(request);
  if (!id) return json(response, { error: "Sign in first." }, 401);
  json(response, { token: await tokenFor(id) });
}

const FILES = { "/": "page.html", "/page.mjs": "page.mjs", "/page.css": "../page.css", "/drawing.mjs": "../drawing.mjs" };

serve(new URL(".", import.meta.url), FILES, { "GET /session": session, "POST /sign-in": signIn, "POST /chat/token": token });
