// A network whose HTTP proxy lets no WebSocket pass, and not all of the rest. It keeps its connections to the server.
import http from "node:http";
import { Readable } from "node:stream";

const FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

export class Network {
  #agent = new http.Agent({ keepAlive: true });

  /** `forbidden` and `held` are names of transports: answers to the latter are passed on when they are complete. */
  constructor(target, { forbidden = [], held = [] }) {
    this.target = target;
    this.held = held;
    this.server = http.createServer((request, answer) => {
      const transport = new URL(request.url, target).pathname.split("/").at(-1);
      if (forbidden.includes(transport)) answer.writeHead(403).end("<html>No.</html>");
      else this.#pass(request, answer, held.includes(transport));
    });
    this.server.on("upgrade", (_, socket) => socket.end(FORBIDDEN));
  }

  /** Where it listens, as an http address. */
  async listen() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  /** End all connections. */
  cut() {
    this.server.closeAllConnections();
  }

  close() {
    this.cut();
    this.server.close();
    this.#agent.destroy();
  }

  #pass(request, answer, isHeld) {
    const { method, url, headers } = request;
    const onward = http.request(new URL(url, this.target), { method, headers, agent: this.#agent }, (reply) => {
      const { connection, ...rest } = reply.headers;
      const pass = (body) => {
        answer.writeHead(reply.statusCode, rest).flushHeaders();
        body.pipe(answer);
      };
      if (isHeld) reply.toArray().then((parts) => pass(Readable.from(parts)), () => answer.destroy());
      else pass(reply);
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    request.pipe(onward);
  }
}
