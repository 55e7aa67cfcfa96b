/** What a person says of the moment, as one line; empty when they say nothing. */
export function statusText({ status }) {
  return [status?.emoji, status?.text].filter(Boolean).join(" ");
}
