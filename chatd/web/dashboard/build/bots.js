import { h } from "../../app/element.js";
import { button, rowMenu } from "../acts.js";
import { line, toggle } from "../fields.js";
import { attempt, openForm, openTyped, showText } from "../form.js";
import { head } from "../page.js";
import { person, tag } from "../person.js";
import { PagedTable } from "../table.js";
import { when } from "../words.js";
import { deliveries } from "./deliveries.js";

const FIRST = "first";
const LAST = "last";

/** Programs that are members of channels; or one of them, with what it was told. */
export function open(place) {
  const { application, link, path: [id] } = place;
  if (id) {
    const log = deliveries(application, id);
    return h("div", { class: "page" }, h("a", { class: "up-link", href: link(["bots"]) }, "Bots"), head(id, "What this bot was told."), log.nodes);
  }
  let order = FIRST;
  const bots = new PagedTable("Bots", columns(application, () => bots.again()), {
    to: ({ bot }) => link(["bots", bot.bot_userid]), empty: "No bots.",
    order: () => order,
    reorder: (wanted) => {
      order = wanted;
      load();
    },
  });
  const load = () => bots.open(async (token) => {
    const { bots: rows, next } = await application.call("bots.list", { token, limit: 20, reverse: order === LAST });
    return { rows, next };
  });
  load();
  const made = ({ bot }) => {
    bots.again();
    if (bot.bot_token) showText("Bot token", "By this token the bot connects and calls.", bot.bot_token);
  };
  return h("div", { class: "page" }, head("Bots", "Programs that are members of channels.", application.may("bots.create") && button("New bot", () => openNew(application, made), "primary")),
    h("section", { class: "panel", "aria-label": "Bots" }, bots.node));
}

function columns(application, again) {
  return [
    { title: "Bot", by: ({ bot }) => bot.bot_userid, order: FIRST, reversed: LAST, cell: ({ bot }) => person({ user_id: bot.bot_userid, nickname: bot.bot_nickname, profile_url: bot.bot_profile_url }) },
    { title: "", cell: ({ is_privacy_mode }) => is_privacy_mode && tag("privacy mode") },
    { title: "Is told at", kind: "text faint", cell: ({ bot_callback_url }) => bot_callback_url || "its connection" },
    { title: "Made", kind: "time", by: ({ created_at }) => created_at, cell: ({ created_at }) => when(created_at * 1000) },
    { title: "", kind: "act", cell: (row) => rowMenu(`Acts on ${row.bot.bot_userid}`, acts(application, row, again)) },
  ];
}

function acts(application, { bot: { bot_userid, bot_nickname }, bot_callback_url, is_privacy_mode }, again) {
  const edit = () => openForm({
    title: "Edit bot",
    fields: { bot_nickname: line("Nickname", { value: bot_nickname }), bot_callback_url: callback(bot_callback_url), is_privacy_mode: privacy(is_privacy_mode) },
    button: "Save", work: (values) => application.call("bots.update", { bot_userid, ...values }), done: again,
  });
  const join = () => openForm({
    title: "Put the bot into a channel", fields: { channel_url: line("URL of the channel") }, button: "Join",
    work: ({ channel_url }) => application.call("bots.join", { bot_userid, channel_urls: [channel_url.trim()] }),
  });
  const renew = () => attempt(async () => {
    const { bot } = await application.call("bots.update", { bot_userid, issue_bot_token: true });
    showText("Bot token", "The one before does not count any more.", bot.bot_token);
  });
  const remove = () => openTyped({ title: "Delete this bot", text: "It leaves every channel. What it wrote stays.", word: bot_userid, button: "Delete", work: () => application.call("bots.delete", { bot_userid }), done: again });
  return [["Edit …", edit], ["Join a channel …", join], ["New token", renew], ["Delete …", remove, true]];
}

function openNew(application, done) {
  openForm({
    title: "New bot",
    fields: { bot_userid: line("Id", { maxlength: 80, hint: "It stays as it is for ever." }), bot_nickname: line("Nickname"), bot_type: line("Type", { value: "bot", hint: "A text of your own." }), bot_callback_url: callback(""), is_privacy_mode: privacy(true) },
    button: "Make bot",
    work: (values) => application.call("bots.create", { bot_profile_url: "", ...values }),
    done,
  });
}

function callback(value) {
  return line("Address that is told of messages", { type: "url", value, hint: "Empty for a bot that connects by itself." });
}

function privacy(value) {
  return toggle("Only told of what is meant for it", value);
}
