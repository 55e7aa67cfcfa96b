/** A live event: an open channel beside a stage. Whoever says a name may write; everybody else watches. */
import { call, json, make, newId, read, remember, serve, tokenFor, visitorOf } from "../backend.mjs";

const STAGE = "stage";

await make("/users", { user_id: "host", nickname: "Host" });
await make("/open_channels", { channel_url: STAGE, name: "Spring concert", operator_ids: ["host"] });

/** Whoever comes is a user at once, without a name, so that they see what is said. */
async function token(request, response) {
  let id = visitorOf(request);
  if (!id) {
    id = newId();
    remember(response, id);
  }
  await make("/users", { user_id: id, nickname: "" });
  json(response, { token: await tokenFor(id) });
}

async function sayName(request, response) {
  const id = visitorOf(request);
  const { name } = await read(request);
  if (!id || typeof name !== "string" || !name.trim()) return json(response, { error: "Say a name." }, 400);
  await call("PUT", `/users/${id}`, { nickname: name.trim().slice(0, 80) });
  json(response, {});
}

const FILES = {
  "/": "page.html",
  "/page.mjs": "page.mjs",
  "/live.css": "live.css",
  "/page.css": "../page.css",
  "/drawing.mjs": "../drawing.mjs",
};

serve(new URL(".", import.meta.url), FILES, { "POST /chat/token": token, "POST /name": sayName });
