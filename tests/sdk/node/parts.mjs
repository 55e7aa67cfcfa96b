// What a server sends on one connection, in parts: answers of HTTP/1.1 and chunks of them, and WebSocket frames.

const EMPTY_LINE = "\r\n\r\n";

export class Parts {
  #rest = Buffer.alloc(0);
  #kind = "head";

  /** The parts that are whole with these bytes. */
  *push(data) {
    this.#rest = Buffer.concat([this.#rest, data]);
    for (let size = this.#size(); size <= this.#rest.length; size = this.#size()) {
      const part = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      this.#kind = this.#next(part);
      yield part;
    }
  }

  /** How long the part at the beginning is, infinite when that cannot be seen yet. */
  #size() {
    if (this.#kind === "frame") return this.#frameSize();
    if (this.#kind === "chunk") return this.#chunkSize();
    const end = this.#rest.indexOf(EMPTY_LINE);
    if (end < 0) return Infinity;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#rest.toString("latin1", 0, end));
    return end + EMPTY_LINE.length + (length ? Number(length[1]) : 0);
  }

  #frameSize() {
    if (this.#rest.length < 10) return this.#rest.length > 1 && this.#rest[1] < 126 ? 2 + this.#rest[1] : Infinity;
    const size = this.#rest[1];
    if (size < 126) return 2 + size;
    return size === 126 ? 4 + this.#rest.readUInt16BE(2) : 10 + Number(this.#rest.readBigUInt64BE(2));
  }

  #chunkSize() {
    const end = this.#rest.indexOf("\r\n");
    return end < 0 ? Infinity : end + 2 + parseInt(this.#rest.toString("latin1", 0, end), 16) + 2;
  }

  #next(part) {
    if (this.#kind === "frame") return "frame";
    if (this.#kind === "chunk") return part[0] === "0".charCodeAt(0) ? "head" : "chunk";
    const head = part.toString("latin1");
    if (head.startsWith("HTTP/1.1 101")) return "frame";
    return /\r\ntransfer-encoding: *chunked/i.test(head) ? "chunk" : "head";
  }
}
