/**
 * chatd for browsers. What a page needs to embed chat:
 *
 *     const chat = new Chat({ url: "wss://chat.example.com/connection/websocket", getToken });
 *     chat.channels.changed.listen(() => draw(chat.channels.ordered));
 *     chat.open();
 *
 * `getToken` resolves to a session token that the page's own backend got from the Platform API.
 */
export { Account } from "./account.js";
export { nameOf } from "./channel.js";
export { Chat } from "./chat.js";
export { Failure } from "./failure.js";
export { newIdentifier } from "./identifier.js";
export { EVERYBODY, findMentions, mentionParams } from "./mentions.js";
export { Change, Signal } from "./signal.js";
export { Stars } from "./stars.js";
export { SlashCommands } from "./slash_commands.js";
