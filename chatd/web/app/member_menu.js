import { nameOf } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { fullMoment } from "./clock.js";
import { confirm } from "./confirm.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { menuItem, openMenu } from "./menu.js";
import { submitForm } from "./submit.js";
import { toast, toastFailure } from "./toast.js";

const HOUR = 3600;

/** What an operator can do about a member. */
export function openMemberMenu(chat, channel, member, button) {
  const { membership, moderation } = chat;
  const name = nameOf(member);
  const run = (work, done) => () => attempt(() => work(channel, member), done);
  const isOperator = member.role === "operator";
  openMenu(button, t("What to do about {name}", { name }), [
    isOperator
      ? menuItem(icon("people"), t("Make a plain member"), run((...who) => membership.demote(...who), t("{name} is no admin any more", { name })))
      : menuItem(icon("people"), t("Make an admin"), run((...who) => membership.promote(...who), t("{name} is an admin now", { name }))),
    member.is_muted
      ? menuItem(icon("mute"), t("Let write again"), run((...who) => moderation.unmute(...who), t("{name} may write again", { name })))
      : menuItem(icon("mute"), t("Mute…"), () => askMute(moderation, channel, member)),
    menuItem(icon("leave"), t("Remove from the group"), () => remove(membership, channel, member), "danger-text"),
    menuItem(icon("ban"), t("Ban…"), () => askBan(moderation, channel, member), "danger-text"),
  ]);
}

async function attempt(work, done) {
  try {
    await work();
    toast(done);
  } catch (failure) {
    toastFailure(t("That was refused."), failure);
  }
}

async function remove(membership, channel, member) {
  const name = nameOf(member);
  const question = { title: t("Remove {name}?", { name }), text: t("They do not see what is said from then on. They can be added again."), action: t("Remove") };
  if (await confirm(question)) await attempt(() => membership.remove(channel, member), t("{name} was removed", { name }));
}

function askMute(moderation, channel, member) {
  const name = nameOf(member);
  const text = t("They can read, and not write. Everybody in the group sees that they are muted.");
  const work = (seconds) => moderation.mute(channel, member, seconds);
  askHowLong({ title: t("Mute {name}", { name }), text, button: t("Mute"), work, done: t("{name} is muted", { name }) });
}

function askBan(moderation, channel, member) {
  const name = nameOf(member);
  const text = t("They leave the group now and cannot come back while this lasts.");
  const work = (seconds) => moderation.ban(channel, member, seconds);
  askHowLong({ title: t("Ban {name}", { name }), text, button: t("Ban"), work, done: t("{name} is banned", { name }) });
}

function askHowLong({ title, text, button, work, done }) {
  const lengths = [[-1, t("Until it is ended")], [HOUR, t("For an hour")], [24 * HOUR, t("For a day")], [7 * 24 * HOUR, t("For a week")]];
  const choices = lengths.map(([seconds, label], index) =>
    h("label", { class: "choice" }, h("input", { type: "radio", name: "length", value: String(seconds), checked: index === 0 }), label),
  );
  const fields = [h("p", { class: "dialog-text" }, text), h("fieldset", { class: "choices" }, h("legend", { class: "label" }, t("For how long?")), choices)];
  const form = submitForm({
    fields,
    button,
    work: async () => {
      await work(Number(form.elements.length.value));
      opened.close();
      toast(done);
    },
  });
  const opened = openDialog(title, form);
}

/** Who is banned from a channel, to let them come back. */
export function openBanned(chat, channel) {
  const list = h("ul", { class: "people" });
  openDialog(t("Banned people"), list);
  showBanned(chat.moderation, channel, list);
}

async function showBanned(moderation, channel, list, token = "") {
  try {
    const { banned_list: banned, next } = await moderation.banned(channel, token);
    list.append(...banned.map((ban) => bannedRow(moderation, channel, ban)));
    if (next) list.append(more(() => showBanned(moderation, channel, list, next)));
    if (!list.firstChild) list.append(h("li", { class: "people-none" }, t("Nobody is banned.")));
  } catch (failure) {
    toastFailure(t("The list could not be loaded."), failure);
  }
}

function more(load) {
  const go = ({ currentTarget }) => {
    currentTarget.parentElement.remove();
    load();
  };
  return h("li", {}, h("button", { type: "button", class: "link", onclick: go }, t("Show more")));
}

function bannedRow(moderation, channel, { user, end_at }) {
  const name = nameOf(user);
  const end = async () => {
    await attempt(() => moderation.unban(channel, user), t("{name} may come back", { name }));
    row.remove();
  };
  const words = h("span", { class: "person-name" }, h("bdi", {}, name), h("small", {}, t("Until {moment}", { moment: fullMoment(end_at) })));
  const row = h("li", { class: "person" }, avatar(user), words, h("button", { type: "button", class: "button small", onclick: end }, t("Let back")));
  return row;
}
