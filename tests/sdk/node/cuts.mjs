// Run by the tests: conversations over every transport, each cut once after every part of what the server sends and in
// the middle of every part of what either sends. Whatever is cut, the client sees every event once and in order.
// Usage: node cuts.mjs SERVER API_TOKEN. One JSON line for each way and story: how often it was cut.
import assert from "node:assert";
import { Backend } from "./backend.mjs";
import { Proxy } from "./proxy.mjs";
import { STORIES } from "./stories.mjs";
import { Watcher } from "./watcher.mjs";
import { WAYS, makeClient } from "./ways.mjs";

const backend = new Backend(...process.argv.slice(2));

// Where in a part, and in whose.
const PLACES = [[0, "server"], [0.5, "server"], [0.5, "client"]];

class Line {
  constructor(way, story) {
    this.way = way;
    this.story = story;
    this.channel = `${way} ${story.name}`.replaceAll(" ", "-");
    this.cuts = 0;
  }

  async open() {
    const user = this.channel;
    await backend.people(this.channel, user, `friend-of-${user}`);
    const token = await backend.session(`friend-of-${user}`);
    this.friend = makeClient("websocket json", backend.base, { token });
    this.friend.connect();
    this.token = await backend.session(user);
    this.proxy = new Proxy(backend.base);
    this.base = await this.proxy.listen();
    this.witness = new Watcher("websocket json", backend.base, this.token);
    await this.witness.stream.ready(5000);
  }

  /** Nothing was sent twice. */
  check() {
    const sent = this.witness.events.map(([, event]) => event).filter((event) => event.startsWith("message.created"));
    assert.strictEqual(new Set(sent).size, sent.length);
  }

  close() {
    this.friend.disconnect();
    this.witness.client.disconnect();
    this.proxy.close();
  }

  /** The story, once, with one cut. Whether the cut came. */
  async tell(parts, share, side) {
    this.proxy.cutAfter(parts, share, side);
    const { epoch } = this.witness.positions[0];
    const start = this.witness.events.at(-1)?.[0] ?? this.witness.positions[0].offset;
    const { byServer } = this.story;
    const watcher = new Watcher(this.way, this.base, this.token, { byServer, since: { offset: start, epoch } });
    const last = await this.story.tell({ ...this, watcher, name: `${side} ${parts} ${share}` });
    await Promise.all([watcher.reached(last), this.witness.reached(last)]);
    const wasCut = !this.proxy.isDue;
    assert.deepStrictEqual(watcher.events, this.witness.after(byServer ? watcher.positions[0].offset : start));
    assert.ok(watcher.connections <= 1 + wasCut, JSON.stringify(watcher));
    assert.ok(watcher.positions.slice(byServer ? 1 : 0).every(({ recovered }) => recovered), JSON.stringify(watcher));
    assert.deepStrictEqual(watcher.refusals, []);
    watcher.client.disconnect();
    this.proxy.cutAfter(Infinity);
    return wasCut;
  }

  async tellAll() {
    await this.open();
    for (const [share, side] of PLACES) {
      for (let parts = 0; await this.tell(parts, share, side); parts += 1) this.cuts += 1;
    }
    this.check();
    this.close();
    const { way, cuts } = this;
    console.log(JSON.stringify({ way, story: this.story.name, cuts, events: this.witness.events.length }));
  }
}

await Promise.all(STORIES.flatMap((story) => WAYS.map((way) => new Line(way, story).tellAll())));
