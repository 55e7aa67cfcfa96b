import { request } from "../../sdk/account.js";

const BASE = "/dashboard/api/server";

/** What the server is and keeps. These all are for its owners, and raise a Failure for others. */
export function view() {
  return request("GET", BASE);
}

/** How it does now, with totals since the start; `isBrief` without what is shown in tables. */
export function live(isBrief = false) {
  return request("GET", `${BASE}/live${isBrief ? "?brief=true" : ""}`);
}

/** Lines of the log after a number, of a level or worse, with a text in them. */
export async function log(after, level, text) {
  const { lines } = await request("GET", `${BASE}/log?${new URLSearchParams({ after, level, text })}`);
  return lines;
}

/** Figures of all applications together, and of each. */
export function statistics(params) {
  return request("POST", `${BASE}/statistics`, params);
}

export async function settings() {
  return (await request("GET", `${BASE}/settings`)).settings;
}

/** Have a backup written soon. */
export function backUp() {
  return request("POST", `${BASE}/backups`);
}

export const DIAGNOSTICS = `${BASE}/diagnostics`;
