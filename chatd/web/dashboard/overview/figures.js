const CHANNEL_SEGMENTS = ["channel_type", "custom_channel_type"];
const MESSAGE_SEGMENTS = [...CHANNEL_SEGMENTS, "message_type", "custom_message_type"];

export const SEGMENT_NAMES = {
  channel_type: "Channel type",
  custom_channel_type: "Custom channel type",
  message_type: "Message type",
  custom_message_type: "Custom message type",
  platform: "Platform",
};

/** The figures of the cards: how days become one number, and what that number is. */
export const FIGURES = [
  { id: "active_users", title: "Daily active users", monthly: "Monthly active users", fold: average, note: "average per day", segments: ["platform"] },
  { id: "wau", title: "Weekly active users", fold: last, note: "in the last 7 days of it" },
  { id: "mau", title: "Monthly active users", fold: last, monthly: "Active in 30 days", note: "in the last 30 days of it" },
  { id: "stickiness", title: "Stickiness", fold: average, note: "DAU of MAU, average", isShare: true },
  { id: "created_users", title: "New users", fold: sum, note: "total", isCount: true },
  { id: "messages", title: "Messages", fold: sum, note: "total", isCount: true, segments: MESSAGE_SEGMENTS },
  { id: "active_channels", title: "Active channels", fold: average, note: "average per day", segments: CHANNEL_SEGMENTS },
  { id: "peak_connections", title: "Peak connections", fold: most, note: "highest" },
];

/** What stands in the table below: totals. */
export const TOTALS = [
  ["message_senders", "Senders", average, "average per day"],
  ["message_viewers", "Readers", average, "average per day"],
  ["created_channels", "New channels", sum, "total"],
  ["deactivated_users", "Deactivated users", sum, "total"],
  ["deleted_users", "Deleted users", sum, "total"],
  ["deliveries", "Deliveries to connections", sum, "total"],
  ["api_calls", "API calls", sum, "total"],
  ["api_errors", "API calls refused", sum, "total"],
  ["webhooks_delivered", "Webhooks delivered", sum, "total"],
  ["webhooks_failed", "Webhooks failed", sum, "total"],
  ["pushes_delivered", "Pushes delivered", sum, "total"],
  ["pushes_failed", "Pushes failed", sum, "total"],
].map(([id, title, fold, note]) => ({ id, title, fold, note }));

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function average(values) {
  return values.length ? sum(values) / values.length : 0;
}

function last(values) {
  return values.at(-1) ?? 0;
}

function most(values) {
  return Math.max(0, ...values);
}
