import { line, pick } from "./fields.js";
import { openForm } from "./form.js";

const DURATIONS = [["3600", "1 hour"], ["86400", "1 day"], ["604800", "7 days"], ["2592000", "30 days"], ["-1", "Until it is lifted"]];
const WORDS = {
  mutes: { title: "Mute", text: "They can read the channel, and cannot write there." },
  bans: { title: "Ban", text: "They are put out of the channel and cannot come back." },
};

/** Mute a user in a channel, or ban them from it; `kind` is "mutes" or "bans". */
export function openSanction(application, kind, { channel_url, user_id, name }, done) {
  const { title, text } = WORDS[kind];
  openForm({
    title: `${title} ${name || user_id}`,
    text,
    fields: { seconds: pick("For how long", DURATIONS, "86400"), description: line("Reason", { hint: "The channel is told.", maxlength: 250 }) },
    button: title,
    danger: true,
    work: ({ seconds, description }) => application.call(`${kind}.add`, { channel_url, user_id, seconds: Number(seconds), description }),
    done,
  });
}
