/** A shop with the widget: each visitor has a conversation with those who answer, and a backend that makes it. */
import { call, json, make, newId, remember, serve, tokenFor, visitorOf } from "../backend.mjs";

const AGENTS = (process.env.AGENTS ?? "support").split(",");
const GREETING = "Hello! Ask us anything: we answer here, as soon as somebody of us is there.";

for (const id of AGENTS) await make("/users", { user_id: id, nickname: "Support" });

/** The widget asks who this is. Whoever comes for the first time gets a user, and a channel with those who answer. */
async function token(request, response) {
  let id = visitorOf(request);
  if (!id) {
    id = newId();
    remember(response, id);
  }
  const channel = `support-${id}`;
  await make("/users", { user_id: id, nickname: `Visitor ${id.slice(0, 4)}` });
  const isNew = await make("/group_channels", { channel_url: channel, name: `Support ${id.slice(0, 4)}`, user_ids: [id, ...AGENTS] });
  if (isNew) await call("POST", `/group_channels/${channel}/messages`, { message_type: "MESG", user_id: AGENTS[0], message: GREETING });
  json(response, { token: await tokenFor(id), channel });
}

const FILES = { "/": "page.html", "/shop.css": "shop.css" };

serve(new URL(".", import.meta.url), FILES, { "POST /chat/token": token });
