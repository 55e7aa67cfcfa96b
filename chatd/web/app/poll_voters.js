import { nameOf } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { counted, t } from "./language.js";

/** Who has chosen what. */
export function openVoters(poll) {
  const chosen = poll.options.filter(({ voteCount }) => voteCount > 0);
  openDialog(t("Who voted"), chosen.map((option) => section(poll, option)));
}

function section(poll, { id, text, voteCount }) {
  const list = h("ul", { class: "members" });
  const more = h("button", { type: "button", class: "link", hidden: true }, t("Show more"));
  let next = "";
  const load = async () => {
    try {
      const page = await poll.voters(id, next);
      next = page.next;
      list.append(...page.voters.map(row));
      more.textContent = t("Show more");
      more.hidden = next === "";
    } catch (failure) {
      more.textContent = t("Try again");
      more.hidden = false;
      console.info("voters not loaded:", failure.message);
    }
  };
  more.addEventListener("click", load);
  load();
  const head = h("h3", { class: "label" }, h("span", { dir: "auto" }, text), " · ", counted(voteCount, "{count} vote", "{count} votes"));
  return h("section", {}, head, list, more);
}

function row(user) {
  return h("li", { class: "person" }, avatar(user), h("span", { class: "person-name" }, nameOf(user), h("small", {}, `@${user.user_id}`)));
}
