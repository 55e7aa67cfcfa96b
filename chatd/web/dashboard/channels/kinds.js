const IS_OPEN = 400_920;

/** What is different between group channels and open channels: the commands, and how they are listed. */
export const KINDS = {
  group: {
    title: "Group",
    noun: "channels",
    list: async (application, { token, search, order }) => {
      const { channels, next } = await application.call("channels.list_all", { token, limit: 25, show_empty: true, order, name_contains: search || undefined });
      return { rows: channels, next };
    },
    byUrl: (application, url) => application.call("channels.list_all", { channel_urls: [url], show_empty: true }).then(({ channels }) => channels),
    sizeOf: ({ member_count }) => member_count,
  },
  open: {
    title: "Open",
    noun: "open_channels",
    list: async (application, { token, search }) => {
      const { channels, next } = await application.call("open_channels.list", { token, limit: 25, name_contains: search });
      return { rows: channels, next };
    },
    byUrl: (application, url) => application.call("open_channels.list", { channel_urls: [url] }).then(({ channels }) => channels),
    sizeOf: ({ participant_count }) => participant_count,
  },
};

/** A channel of either kind: {kind, channel}. Raises a Failure. */
export async function find(application, channel_url) {
  try {
    return { kind: "group", channel: await application.call("channels.view", { channel_url, show_metadata: true }) };
  } catch (failure) {
    if (failure.code !== IS_OPEN) throw failure;
    return { kind: "open", channel: await application.call("open_channels.view", { channel_url, show_metadata: true }) };
  }
}
