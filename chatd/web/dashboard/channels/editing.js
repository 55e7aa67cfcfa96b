import { line, pick, toggle } from "../fields.js";
import { openForm, openTyped } from "../form.js";
import { KINDS } from "./kinds.js";

/** Make a channel of either kind; `done(channel)` when it is there. */
export function openNewChannel(application, done) {
  openForm({
    title: "New channel",
    fields: {
      kind: pick("Kind", [["group", "Group channel, with members"], ["open", "Open channel, for an audience"]], "group"),
      name: line("Name", { maxlength: 191 }),
      channel_url: line("URL", { hint: "Empty for a random one. It stays as it is for ever.", maxlength: 100 }),
      custom_type: line("Custom type", { maxlength: 128 }),
      people: line("Members, or operators of an open channel", { hint: "Ids of users, with commas between." }),
      is_public: toggle("Anybody may join (group channels)"),
    },
    button: "Make channel",
    work: (values) => made(application, values),
    done,
  });
}

function made(application, { kind, name, channel_url, custom_type, people, is_public }) {
  const ids = people.split(",").map((id) => id.trim()).filter(Boolean);
  const common = { name, custom_type, channel_url: channel_url || undefined };
  if (kind === "open") return application.call("open_channels.create", { ...common, name: name || undefined, operator_ids: ids });
  return application.call("channels.create", { ...common, user_ids: ids, is_public });
}

/** Change what a channel is called and how it is. */
export function openEditChannel(application, kind, channel, done) {
  const isGroup = kind === "group";
  openForm({
    title: "Edit channel",
    fields: {
      name: line("Name", { value: channel.name, maxlength: 191 }),
      cover_url: line("Address of a picture", { value: channel.cover_url, type: "url" }),
      custom_type: line("Custom type", { value: channel.custom_type, maxlength: 128 }),
      data: line("Data", { value: channel.data, hint: "A text of your own, which chatd does not read." }),
      ...(isGroup ? { is_public: toggle("Anybody may join", channel.is_public) } : {}),
    },
    button: "Save",
    work: (values) => application.call(`${KINDS[kind].noun}.update`, { channel_url: channel.channel_url, ...changed(values, channel) }),
    done,
  });
}

/** Only what is different: some things cannot be said of some channels, even as they are. */
function changed(values, channel) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== channel[name]));
}

/** Delete a channel; who does types its URL. */
export function openDelete(application, kind, { channel_url }, done) {
  openTyped({
    title: "Delete this channel",
    text: "The channel and all its messages and files are gone, for everyone. This cannot be undone.",
    word: channel_url,
    button: "Delete",
    work: () => application.call(`${KINDS[kind].noun}.delete`, { channel_url }),
    done,
  });
}
