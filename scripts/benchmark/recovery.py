"""A crowd comes back after a cut and recovers what it missed."""

from __future__ import annotations

import argparse
import json
import time

from backend import Backend
from server import Server
from swarm import Swarm

MEMBERS = 100


def run(options: argparse.Namespace) -> dict[str, float]:
    """Time until all clients have what they missed, each exactly once and in order."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(options.comeback)]
        tokens = backend.make_users(names)
        rooms = [names[first : first + MEMBERS] for first in range(0, len(names), MEMBERS)]
        for number, members in enumerate(rooms):
            backend.make_channel(f"room{number}", members)
        swarm = Swarm(server.port, b"none")
        first = json.loads(swarm.connect(tokens, {})[0][1])["subscribe"]
        swarm.close()
        sent = [
            [answer["message_id"] for answer in backend.call_all(_messages(number, members, options.missed))]
            for number, members in enumerate(rooms)
        ]
        swarm = Swarm(server.port, b"none")
        began = time.perf_counter()
        position = {"recover": True, "offset": first["offset"], "epoch": first["epoch"]}
        answers = swarm.connect(tokens, position)
        seconds = time.perf_counter() - began
        swarm.close()
    for index, (_, subscribed) in enumerate(answers):
        reply = json.loads(subscribed)["subscribe"]
        publications = reply["publications"]
        offsets = [each["offset"] for each in publications if each["data"]["type"] == "message.created"]
        if not reply["recovered"] or offsets != sent[index // MEMBERS]:
            raise RuntimeError(f"client {index} did not recover what it missed")
    return {
        "clients": options.comeback,
        "missed each": options.missed,
        "seconds": round(seconds, 2),
        "recoveries per second": round(options.comeback / seconds),
        "publications per second": round(options.comeback * options.missed / seconds),
    }


def _messages(number: int, members: list[str], count: int) -> list[tuple[str, str, dict[str, object]]]:
    path = f"/group_channels/room{number}/messages"
    body = {"message_type": "MESG", "user_id": members[0], "message": "x" * 120}
    return [("POST", path, dict(body)) for _ in range(count)]
