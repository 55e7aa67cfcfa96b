// Compiled by the tests against the npm package, with all that is strict.
import { Chat, Failure, MemoryStore, mentionParams } from "chatd";
import type { Channel, Message, Timeline } from "chatd";

const chat = new Chat({ url: "https://chat.example.com", getToken: async () => "token", user: "ann", store: new MemoryStore() });

function draw(timeline: Timeline): string[] {
  const there = timeline.messages.map(({ message, user, reactions = [] }: Message) => `${user?.nickname}: ${message} ${reactions.length}`);
  return [...there, ...timeline.outbox.items.map(({ text, failed, reason, progress }) => (failed ? `${text}: ${reason}` : `${text} ${progress}`))];
}

export async function talk(): Promise<Message | undefined> {
  await chat.ready();
  const channel: Channel | null = await chat.channels.find("garden");
  if (!channel) return undefined;
  const timeline = chat.timeline(channel);
  const end: () => void = timeline.changed.listen(() => draw(timeline));
  timeline.send("Hello", [new File(["a"], "a.txt")], mentionParams("Hello @ben", channel.members.values()));
  chat.channels.arrived.listen((where: Channel, message: Message) => console.log(where.title, message.message));
  chat.event.listen((event) => {
    if (event.type === "message.created") console.log(event.message.message_id);
    if (event.type === "typing") console.log(event.nickname, event.typing);
  });
  const { messages } = await chat.call("messages.list", { channel_url: channel.url, message_ts: Date.now(), prev_limit: 20 });
  try {
    await chat.moderation.mute(channel, { user_id: "ben" }, 60);
  } catch (error) {
    if (error instanceof Failure && error.kind === "Forbidden") console.log(error.code, error.temporary);
  }
  end();
  return messages[0];
}
