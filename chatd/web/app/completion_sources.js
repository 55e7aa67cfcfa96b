import { EVERYBODY, nameOf } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { h } from "./element.js";
import { allEmoji, noteEmoji, searchEmoji } from "./emoji.js";
import { icon } from "./icon.js";
import { t } from "./language.js";

/**
 * What a word may become, by the sign that it begins with: each gives lists of {key, text, label, detail, picture(), taken()},
 * the later in the place of the earlier ones.
 */
export const SOURCES = { "@": people, ":": emoji, "/": commands };

async function* people({ chat, channel }, query) {
  yield everyone(chat, channel, query);
  if (!channel.hasMoreMembers || query === "") return;
  await chat.memberSearch.fetch(channel, query);
  yield everyone(chat, channel, query);
}

function everyone(chat, channel, query) {
  const found = chat.memberSearch.known(channel, query).map(person);
  const isAll = !channel.isDirect && EVERYBODY.startsWith(query.toLowerCase());
  return isAll ? [...found.slice(0, 7), all()] : found;
}

function person(user) {
  return { key: user.user_id, text: `@${user.user_id}`, label: nameOf(user), detail: `@${user.user_id}`, picture: () => avatar(user, "tiny") };
}

function all() {
  const picture = () => h("span", { class: "completion-sign" }, icon("people"));
  return { key: "", text: `@${EVERYBODY}`, label: `@${EVERYBODY}`, detail: t("Everybody in this conversation"), picture };
}

async function* emoji(context, query) {
  const found = searchEmoji(await allEmoji(), query.replaceAll("_", " "));
  yield found.map(({ unicode, label }) => ({
    key: unicode, text: unicode, label, detail: "", taken: () => noteEmoji(unicode),
    picture: () => h("span", { class: "completion-sign" }, unicode),
  }));
}

async function* commands({ chat }, query) {
  const found = (await chat.slashCommands.list()).filter(({ name }) => name.startsWith(query));
  yield found.map(({ name, description, usage_hint }) => ({
    key: name, text: `/${name}`, label: [`/${name}`, usage_hint].filter(Boolean).join(" "), detail: description,
    picture: () => h("span", { class: "completion-sign" }, "/"),
  }));
}
