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
    title: "Server",
    pages: [
      { id: "live", title: "Live", drawing: "bolt", isForOwner: true, load: () => import("./server/live.js") },
      { id: "log", title: "Log", drawing: "list", isForOwner: true, load: () => import("./server/log.js") },
      { id: "storage", title: "Storage and backups", drawing: "archive", isForOwner: true, load: () => import("./server/storage.js") },
      { id: "settings", title: "Settings", drawing: "settings", isForOwner: true, load: () => import("./server/settings.js") },
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
