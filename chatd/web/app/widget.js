import { Chat } from "../sdk/index.js";
import { Conversation } from "./conversation.js";
import { h } from "./element.js";
import { empty } from "./empty.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { StateNotice } from "./state_notice.js";
import { stylesheet } from "./stylesheet.js";
import { Visitor, visitorForm } from "./visitor.js";
import { WidgetHost } from "./widget_host.js";

const stage = h("main", { class: "widget", "aria-busy": "true" });
document.body.prepend(stage);

/** One conversation, in a frame of another site's page. */
async function start() {
  stylesheet("typeface");
  const host = await WidgetHost.meet();
  const head = h("header", { class: "pane-head" }, h("h1", { dir: "auto" }, t("Chat")), iconButton("close", t("Close the chat"), () => host.say("close")));
  const place = h("div", { class: "widget-place" });
  stage.append(head, place);
  host.say("ready", { names: { title: t("Chat"), open: t("Open the chat"), close: t("Close the chat") } });
  if (host.takesVisitors) await receive(host, { head, place });
  else begin(() => host.token(), host, { head, place });
}

/** A visitor without an account comes back, or says their name first. */
async function receive(host, parts) {
  stage.classList.add("of-visitor");
  const visitor = new Visitor();
  const entered = () => {
    host.channelUrl = visitor.channelUrl;
    begin(() => visitor.token(), host, parts);
  };
  if (await visitor.comeBack().catch(() => true)) return entered();
  stage.removeAttribute("aria-busy");
  const form = visitorForm(visitor, entered);
  parts.place.replaceChildren(form);
  host.shown.listen((isShown) => isShown && form.querySelector("input")?.focus());
}

function begin(getToken, host, parts) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const chat = new Chat({ url: `${scheme}://${location.host}/connection/websocket`, getToken, isVisitor: host.takesVisitors });
  stage.append(new StateNotice(chat).node);
  const begun = chat.channels.changed.listen(() => {
    if (!chat.channels.loaded) return;
    begun();
    present(chat, host, parts);
  });
  chat.open();
}

async function present(chat, host, { head, place }) {
  stage.removeAttribute("aria-busy");
  const channel = host.channelUrl ? await chat.channels.find(host.channelUrl).catch(() => null) : chat.channels.ordered[0];
  if (!channel) return place.replaceChildren(empty("warning", t("There is nothing here"), t("This conversation does not exist, or you are not in it.")));
  // A visitor's channel is called by their own name, for those who answer.
  const label = host.takesVisitors ? t("Write to us") : "";
  const conversation = new Conversation(chat, channel, { search: () => {}, label });
  place.replaceChildren(conversation.node);
  conversation.open();
  const draw = () => {
    if (!host.takesVisitors) head.querySelector("h1").textContent = channel.title;
    host.say("unread", { count: channel.unread });
  };
  channel.changed.listen(draw);
  host.shown.listen((isShown) => isShown && conversation.focus());
  draw();
}

start();
