import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf } from "../../../../chatd/web/sdk/address.js";

test("an address of the server, or of its endpoint, says where both are", () => {
  const here = { origin: "http://127.0.0.1:8000", endpoint: "ws://127.0.0.1:8000/connection/websocket" };
  for (const url of ["http://127.0.0.1:8000", "http://127.0.0.1:8000/", "ws://127.0.0.1:8000/connection/websocket"]) assert.deepEqual(addressOf(url), here);
  const there = { origin: "https://chat.example.com", endpoint: "wss://chat.example.com/connection/websocket" };
  for (const url of ["https://chat.example.com", "HTTPS://chat.example.com/?a=b#c", "wss://chat.example.com"]) assert.deepEqual(addressOf(url), there);
  assert.equal(addressOf("wss://chat.example.com/inner/socket").endpoint, "wss://chat.example.com/inner/socket");
});

test("what is no address is refused at once", () => {
  for (const url of ["", "chat.example.com", "ftp://chat.example.com", "/connection/websocket", undefined]) assert.throws(() => addressOf(url), TypeError);
});
