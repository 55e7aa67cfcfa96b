/** What the web chat uses: the SDK, and what only people with an account of chatd have. */
export { Account } from "./account.js";
export * from "./chatd.js";
export { Stars } from "./stars.js";
