import { copyText } from "../../app/clipboard.js";
import { h } from "../../app/element.js";
import { iconButton } from "../../app/icon.js";
import { stylesheet } from "../../app/stylesheet.js";
import { head, panel } from "../page.js";
import { facts } from "../person.js";

/** How a backend, a page and a program begin with this application, with its values filled in. */
export function open({ application, link }) {
  stylesheet("dashboard_console");
  const url = location.origin;
  const tokens = h("a", { href: link(["tokens"]) }, "API token");
  return h("div", { class: "page" }, head("Get started", "Lines to begin with, for this application on this server."),
    panel("This application", facts([["Name", application.name], ["Id", h("code", {}, application.id)], ["Server", h("code", {}, url)]])),
    h("section", { class: "panel", "aria-label": "Snippets" }, h("div", { class: "panel-body snippets" },
      h("p", {}, "Your backend needs an ", tokens, " of this application. Apps and pages never get it: they get a session token of their user."),
      snippet("1. A user, a channel and a session token, by your backend", backend(url)),
      snippet("2. A page or an app of that user", page(url)),
      snippet("3. The same in Node, asking for tokens itself", program(url)))));
}

function snippet(title, text) {
  return h("section", { class: "console-block", "aria-label": title },
    h("header", {}, h("h3", {}, title), iconButton("copy", `Copy: ${title}`, () => copyText(text))), h("pre", { tabindex: "0" }, h("code", {}, text)));
}

function backend(url) {
  return `export CHATD_API_TOKEN=…
v3() { curl -sS --fail-with-body -H "Api-Token: $CHATD_API_TOKEN" "${url}/v3/$1" -d "$2"; echo; }

v3 users '{"user_id": "ann", "nickname": "Ann"}'
v3 group_channels '{"channel_url": "kitchen", "name": "Kitchen", "user_ids": ["ann"]}'
v3 users/ann/token '{}'`;
}

function page(url) {
  return `import { Chat } from "${url}/sdk/chatd.js";

const chat = new Chat({ url: "${url}", token: "…" });
await chat.ready();
const timeline = chat.timeline(await chat.channels.find("kitchen"));
timeline.changed.listen(() => console.log(timeline.messages.at(-1)?.message.message));
timeline.send("Hello");`;
}

function program(url) {
  return `import { Chat } from "chatd";
import WebSocket from "ws";

const url = "${url}";

async function getToken() {
  const headers = { "Api-Token": process.env.CHATD_API_TOKEN };
  const answer = await fetch(\`\${url}/v3/users/ann/token\`, { method: "POST", headers, body: "{}" });
  return (await answer.json()).token;
}

const chat = new Chat({ url, getToken, websocket: WebSocket });
await chat.ready();`;
}
