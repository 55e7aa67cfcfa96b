"""Run by the tests: a sender or a receiver with chatd's own Python client. As `python_client.py`, line by line."""

from __future__ import annotations

import json
import sys
from typing import Any

import httpx
import trio

from chatd.client import Failure, Session

role, server, tokens, api_token, channel = sys.argv[1:6]


def say(**line: object) -> None:
    print(json.dumps(line), flush=True)


async def get_token() -> str:
    async with httpx.AsyncClient() as http:
        answer = await http.post(tokens, headers={"Api-Token": api_token}, json={}, timeout=10)
    return str(answer.json()["token"])


class Watched(Session):
    """Reports the stream and every message."""

    def __init__(self) -> None:
        super().__init__(server, get_token)
        self.done = trio.Event()

    def _on_streaming(self, is_whole: bool) -> None:
        say(recovered=is_whole)
        super()._on_streaming(is_whole)

    def _on_event(self, event: dict[str, Any]) -> None:
        if event["type"] != "message.created":
            return
        message = event["message"]
        if message["message"] == "last":
            self.done.set()
        else:
            assert self._connection.stream.position
            say(message_id=message["message_id"], req_id=message["req_id"], offset=self._connection.stream.position[0])


async def send(session: Session, text: str) -> None:
    params = {"channel_url": channel, "message": text, "req_id": f"session {text}"}
    while True:
        session.hurry()
        try:
            answer = await session.call("messages.send", **params)
            break
        except Failure as failure:  # no answer, or more than a user may send
            if not failure.temporary:
                raise
            say(again=params["req_id"])
            await trio.sleep(0.05)
    say(acknowledged=answer["message_id"], req_id=params["req_id"])


async def send_until_told(session: Session) -> None:
    await trio.to_thread.run_sync(sys.stdin.readline)
    told = trio.Event()

    async def listen() -> None:
        await trio.to_thread.run_sync(sys.stdin.read, abandon_on_cancel=True)
        told.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(listen)
        number = 0
        while not told.is_set():
            await send(session, f"message {number}")
            number += 1
    say(sent="all")


async def hurry(session: Session) -> None:
    """The senders do with every try: who only receives is to be back before it has missed more than is recovered."""
    while True:
        session.hurry()
        await trio.sleep(0.2)


async def main() -> None:
    async with Watched() as session:
        if role == "send":
            await send_until_told(session)
        session.spawn(hurry, session)
        await session.done.wait()


trio.run(main)
