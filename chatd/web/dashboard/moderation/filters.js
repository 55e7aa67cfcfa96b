import { h } from "../../app/element.js";
import { ask, button } from "../acts.js";
import { line, lines, pick, toggle } from "../fields.js";
import { attempt } from "../form.js";
import { head, panel } from "../page.js";
import { area } from "../states.js";
import { table } from "../table.js";

const NOT_FOUND = 400_201;
const WORDS = [["0", "Nothing"], ["1", "Asterisks take their place"], ["2", "The message is refused"], ["3", "The message is sent, and counted"]];
const LINKS = [["0", "Links to everywhere"], ["1", "Only links to these hosts"], ["2", "No links to these hosts"]];
const PENALTIES = [["0", "Nothing"], ["1", "They are muted"], ["2", "They are removed from the channel"], ["3", "They are banned"]];

/** What is filtered, in all channels or in those of a custom type. */
export function open(place) {
  const { application, path: [custom_type = ""], link } = place;
  const shown = area(async () => {
    const [settings, { channel_custom_type_settings: types }] = await Promise.all([settingsFor(application, custom_type), listed(application)]);
    return [filterForm(application, settings, custom_type), application.may("moderation.test") && trial(application, custom_type), custom_type ? null : customTypes(application, types, link, () => shown.show())];
  }, { class: "stack" });
  const title = custom_type ? `Filters of “${custom_type}”` : "Filters";
  return h("div", { class: "page" }, custom_type && h("a", { class: "up-link", href: link(["filters"]) }, "Filters"),
    head(title, "For what users write from now on. Messages of backends and admin messages pass."), shown.node);
}

/** A type that has no settings of its own yet has nothing to show. */
async function settingsFor(application, custom_type) {
  try {
    return await application.call("moderation.view", { custom_type });
  } catch (failure) {
    if (failure.code === NOT_FOUND && custom_type) return {};
    throw failure;
  }
}

function listed(application) {
  return application.call("moderation.list", { limit: 100 });
}

function filterForm(application, { profanity_filter: words, domain_filter: domains, profanity_triggered_moderation: penalty, allow_links, max_message_length }, custom_type) {
  const mayChange = application.may("moderation.update");
  const fields = {
    wordType: pick("When a word is found", WORDS, String(words?.type ?? 0)),
    keywords: lines("Words", { value: (words?.keywords ?? []).join("\n"), hint: "One a line. With * at an end the rest may be anything.", rows: 6 }),
    regexes: lines("Regular expressions", { value: (words?.regex_filters ?? []).map(({ regex }) => regex).join("\n"), hint: "One a line, in the syntax of RE2; (?i) for any case.", code: true, rows: 3 }),
    linkType: pick("Links", LINKS, String(domains?.type ?? 0)),
    domains: lines("Hosts", { value: (domains?.domains ?? []).join("\n"), hint: "One a line; each stands for all below it, too.", rows: 3 }),
    allow_links: toggle("Messages may have links", allow_links ?? true),
    action: pick("Who is filtered again and again", PENALTIES, String(penalty?.action ?? 0)),
    count: line("After so many times", { type: "number", min: 1, max: 100, value: String(penalty?.count || 3) }),
    duration: line("In so many seconds", { type: "number", min: 1, value: String(penalty?.duration || 60) }),
    seconds: line("Muted or banned for so many seconds", { type: "number", min: -1, value: String(penalty?.seconds || 3600), hint: "-1 for ever." }),
    max_message_length: line("Characters that a message may have", { type: "number", min: 1, max: 5000, value: String(max_message_length ?? 5000) }),
  };
  const save = async (event) => {
    event.preventDefault();
    await attempt(() => application.call("moderation.update", { ...(custom_type ? { custom_type } : {}), ...settingsOf(fields) }), "Saved. It holds from the next message on.");
  };
  const nodes = (...names) => names.map((name) => fields[name].node);
  const form = h("form", { class: "stack", onsubmit: save, novalidate: true },
    panel("Words", h("div", { class: "panel-body form" }, nodes("wordType", "keywords", "regexes"))),
    h("div", { class: "pair" },
      panel("Links and length", h("div", { class: "panel-body form" }, nodes("linkType", "domains", "allow_links", "max_message_length"))),
      panel("Penalties", h("div", { class: "panel-body form" }, nodes("action", "count", "duration", "seconds")))),
    mayChange && h("div", { class: "tools" }, h("button", { type: "submit", class: "button primary" }, "Save")));
  if (!mayChange) for (const { input } of Object.values(fields)) input.disabled = true;
  return form;
}

function settingsOf({ wordType, keywords, regexes, linkType, domains, allow_links, action, count, duration, seconds, max_message_length }) {
  return {
    profanity_filter: { type: Number(wordType.value), keywords: rows(keywords), regex_filters: rows(regexes).map((regex) => ({ regex })) },
    domain_filter: { type: Number(linkType.value), domains: rows(domains) },
    profanity_triggered_moderation: { action: Number(action.value), count: Number(count.value), duration: Number(duration.value), seconds: Number(seconds.value) },
    allow_links: allow_links.value,
    max_message_length: Number(max_message_length.value),
  };
}

function rows({ value }) {
  return value.split("\n").map((each) => each.trim()).filter(Boolean);
}

const ACTIONS = { "": "passes as it is", replaced: "is sent with asterisks", blocked: "is refused", detected: "is sent, and counted" };

/** What the filters that are saved make of a text. */
function trial(application, custom_type) {
  const field = h("input", { class: "input", "aria-label": "Text to try", placeholder: "Write what somebody might send", maxlength: 5000, autocomplete: "off" });
  const answer = h("p", { class: "trial", role: "status", dir: "auto" });
  const submit = (event) => {
    event.preventDefault();
    attempt(async () => {
      const { text, action, refusal } = await application.call("moderation.test", { text: field.value, custom_type });
      answer.replaceChildren(h("strong", {}, `It ${ACTIONS[action]}. `), action === "replaced" ? text : refusal);
    });
  };
  return panel("Try", h("form", { class: "panel-body form", onsubmit: submit }, h("div", { class: "copy-row" }, field, h("button", { type: "submit", class: "button" }, "Try")), answer), { text: "What the filters, as they were saved, make of a text. Nothing is sent." });
}

/** The custom types that have settings of their own. */
function customTypes(application, types, link, again) {
  const field = h("input", { class: "input small", placeholder: "Custom type", "aria-label": "Custom type" });
  const add = (event) => {
    event.preventDefault();
    if (field.value.trim()) location.assign(link(["filters", field.value.trim()]));
  };
  const remove = (custom_type) => ask({ title: "Remove these settings?", text: "Channels of this type are filtered as all others from then on.", action: "Remove" },
    () => application.call("moderation.remove", { custom_type }), { done: again });
  const list = table("Custom types", [
    { title: "Custom type", cell: ({ custom_type }) => h("span", { dir: "auto" }, custom_type) },
    { title: "", kind: "act", cell: ({ custom_type }) => application.may("moderation.remove") && button("Remove", () => remove(custom_type), "danger-quiet") },
  ], types, { to: ({ custom_type }) => link(["filters", custom_type]), empty: "No custom type has settings of its own." });
  return panel("Custom types", list, { actions: [h("form", { class: "tools", onsubmit: add }, field, h("button", { type: "submit", class: "button small" }, "Open"))] });
}
