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
];

/** The groups with the pages that an application's team member may open. */
export function pagesOf(application) {
  return PAGES.map(({ title, pages }) => ({ title, pages: pages.filter((page) => isOpen(page, application)) })).filter(({ pages }) => pages.length);
}

function isOpen({ needs = [], roles }, application) {
  return application.may(...needs) && (!roles || roles.includes(application.role));
}
