/**
 * The pages, in the order of the sidebar. Who may not call what a page `needs` does not see it. A module has
 * `open(place)`, which returns the page: a node, or {node, close}.
 */
export const PAGES = [
  {
    title: "",
    pages: [{ id: "overview", title: "Overview", drawing: "chart", needs: ["statistics.range"], load: () => import("./overview/page.js") }],
  },
  {
    title: "Chat",
    pages: [
      { id: "users", title: "Users", drawing: "people", needs: ["users.list", "users.view"], load: () => import("./users/page.js") },
      { id: "channels", title: "Channels", drawing: "talk", needs: ["channels.list_all", "open_channels.list"], load: () => import("./channels/page.js") },
    ],
  },
  {
    title: "Moderation",
    pages: [
      { id: "reports", title: "Reports", drawing: "warning", needs: ["reports.list"], load: () => import("./moderation/reports.js") },
      { id: "banned", title: "Banned and muted", drawing: "ban", needs: ["bans.list_all", "mutes.list_all", "users.list"], load: () => import("./moderation/everywhere.js") },
      { id: "messages", title: "Messages", drawing: "search", needs: ["messages.search"], load: () => import("./moderation/search.js") },
      { id: "filters", title: "Filters", drawing: "filter", needs: ["moderation.view", "moderation.list"], load: () => import("./moderation/filters.js") },
      { id: "audit", title: "Audit log", drawing: "clock", needs: ["audit.list"], load: () => import("./moderation/audit.js") },
    ],
  },
  {
    title: "Build",
    pages: [
      { id: "start", title: "Get started", drawing: "star", needs: ["api_tokens.list"], load: () => import("./build/start.js") },
      { id: "tokens", title: "API tokens", drawing: "lock", needs: ["api_tokens.list"], load: () => import("./build/tokens.js") },
      { id: "webhooks", title: "Webhooks", drawing: "go", needs: ["webhooks.view", "webhooks.update", "deliveries.list_attempts", "deliveries.resend"], load: () => import("./build/webhooks.js") },
      { id: "bots", title: "Bots", drawing: "smile", needs: ["bots.list", "bots.update", "deliveries.list_attempts"], load: () => import("./build/bots.js") },
      { id: "push", title: "Push", drawing: "bell", needs: ["push.list_configurations", "push.set_fcm", "push.web_key"], load: () => import("./build/push.js") },
      { id: "console", title: "API console", drawing: "edit", load: () => import("./console/page.js") },
    ],
  },
  {
    title: "Settings",
    pages: [
      { id: "limits", title: "Limits and retention", drawing: "timer", needs: ["retention.view", "pace.view"], load: () => import("./team/limits.js") },
      { id: "team", title: "Team", drawing: "person-add", roles: ["owner"], load: () => import("./team/page.js") },
    ],
  },
  {
    title: "Server",
    pages: [
      { id: "whole", title: "Whole server", drawing: "globe", isForOwner: true, load: () => import("./server/whole.js") },
      { id: "live", title: "Live", drawing: "bolt", isForOwner: true, load: () => import("./server/live.js") },
      { id: "log", title: "Log", drawing: "list", isForOwner: true, load: () => import("./server/log.js") },
      { id: "storage", title: "Storage and backups", drawing: "archive", isForOwner: true, load: () => import("./server/storage.js") },
      { id: "configuration", title: "Configuration", drawing: "settings", isForOwner: true, load: () => import("./server/settings.js") },
    ],
  },
];

/** The groups with the pages that an application's team member may open; those of the server are for its owners. */
export function pagesOf(application, me) {
  return PAGES.map(({ title, pages }) => ({ title, pages: pages.filter((page) => isOpen(page, application, me)) })).filter(({ pages }) => pages.length);
}

function isOpen({ needs = [], roles, isForOwner = false }, application, me) {
  return application.may(...needs) && (!roles || roles.includes(application.role)) && (!isForOwner || me.is_owner);
}
