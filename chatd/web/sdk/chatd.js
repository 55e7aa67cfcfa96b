/**
 * The SDK of chatd, for pages, Node and React Native:
 *
 *     import { Chat } from "https://chat.example.com/sdk/chatd.js";
 *
 *     const chat = new Chat({ url: "https://chat.example.com", getToken });
 *     await chat.ready();
 *     const channel = await chat.channels.find("garden");
 *     const timeline = chat.timeline(channel);
 *     timeline.changed.listen(() => draw(timeline.messages, timeline.outbox.items));
 *     timeline.send("Hello");
 *
 * `getToken` resolves to a session token that the program's own backend got from the Platform API.
 */
/** @typedef {import("./channel.js").Channel} Channel */
/** @typedef {import("./timeline.js").Timeline} Timeline */
/** @typedef {import("./outgoing.js").Outgoing} Outgoing */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Member} Member */
/** @typedef {import("./types.js").Event} Event */
/** @typedef {import("./types.js").Store} Store */
/** @typedef {import("./types.js").Upload} Upload */
/** @typedef {import("./types.js").ChatOptions} ChatOptions */
export { nameOf } from "./name_of.js";
export { Chat } from "./chat.js";
export { Failure } from "./failure.js";
export { newIdentifier } from "./identifier.js";
export { MemoryStore } from "./memory_store.js";
export { EVERYBODY, findMentions, mentionParams } from "./mentions.js";
export { Change, Signal } from "./signal.js";
export { SlashCommands } from "./slash_commands.js";
