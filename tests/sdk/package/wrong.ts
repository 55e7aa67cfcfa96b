// What the types are to refuse: the lines that say so, and no others.
import { Chat } from "chatd";

const chat = new Chat({ url: 5, getToken: async () => "token" }); // wrong
new Chat({ getToken: async () => "token" }); // wrong
void chat.call("messages.sent", {}); // wrong
void chat.call("messages.send", { channel: "garden" }); // wrong
void chat.call("messages.send", { channel_url: "garden" }).then(({ text }) => text); // wrong
chat.event.listen((event) => event.type === "message.create"); // wrong
chat.stateChanged.listen((state) => state === "away"); // wrong
void chat.channels.find("garden").then((channel) => channel.title); // wrong
void chat.call("messages.send", { channel_url: "garden" }).then(({ message }) => message);
