// A network between client and server that is cut after so many parts of what one of them sends.
import net from "node:net";
import { Parts } from "./parts.mjs";

export class Proxy {
  #sockets = new Set();
  #left = Infinity; // parts until the cut; below zero while it is under way
  #share = 0;
  #side = "server";

  constructor(target) {
    this.target = Number(new URL(target).port);
    this.server = net.createServer({ noDelay: true }, (near) => this.#connect(near));
  }

  /** Where it listens, as an http address. */
  async listen() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    this.cut();
    this.server.close();
  }

  /**
   * Cut once instead of passing on the part after so many, of which only a share arrives: 0 to 1. `side` is whose parts
   * are counted. The parts of "client" are what it sends at a time.
   */
  cutAfter(parts, share, side) {
    this.#left = parts;
    this.#share = share;
    this.#side = side;
  }

  /** Whether the cut that was ordered is still to come. */
  get isDue() {
    return this.#left !== Infinity;
  }

  /** End all connections, whatever is on its way in them; new ones get through. */
  cut() {
    this.#left = Infinity;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  #connect(near) {
    const far = net.connect({ port: this.target, host: "127.0.0.1", noDelay: true });
    const parts = new Parts();
    for (const [socket, other] of [[near, far], [far, near]]) {
      this.#sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
      socket.on("end", () => other.end());
    }
    near.on("data", (data) => this.#pass(data, far, "client"));
    far.on("data", (data) => {
      for (const part of parts.push(data)) this.#pass(part, near, "server");
    });
  }

  #pass(part, sink, side) {
    if (sink.destroyed || this.#left < 0) return;
    if (side === this.#side) this.#left -= 1;
    if (this.#left >= 0) {
      sink.write(part);
      return;
    }
    sink.write(part.subarray(0, Math.floor(part.length * this.#share)));
    // Once this has had its turn, what was written is on its way.
    setImmediate(() => this.cut());
  }
}
