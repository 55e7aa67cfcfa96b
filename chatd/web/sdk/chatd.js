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
export { nameOf } from "./channel.js";
export { Chat } from "./chat.js";
export { Failure } from "./failure.js";
export { newIdentifier } from "./identifier.js";
export { MemoryStore } from "./memory_store.js";
export { EVERYBODY, findMentions, mentionParams } from "./mentions.js";
export { Change, Signal } from "./signal.js";
export { SlashCommands } from "./slash_commands.js";
