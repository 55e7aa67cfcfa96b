"""A day in a team: people on several devices talk, react, come, go and lose the network, on real sockets.

At the end what every device has is compared with what it would load anew. The exit status is 1 when something differs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import urllib.request
from collections import Counter
from typing import Any

from backend import Backend
from server import Server

from scripts.simulating.acts import Person
from scripts.simulating.loading import Refused, differences
from scripts.simulating.socket_device import SocketDevice

# Of so many devices something is on its way at a time.
AT_ONCE = 12
CHANNELS = 12
SHOWN = 20


class Day:
    """The team, and what became of the day."""

    def __init__(self, server: Server, people: int, devices: int, chance: random.Random) -> None:
        self.chance = chance
        self.port = server.port
        self.done: Counter[str] = Counter()
        self.cuts = self.refused = self.repeated = 0
        backend = Backend(server.port, server.token)
        self.everybody = [f"person{number}" for number in range(people)]
        self.tokens = dict(zip(self.everybody, backend.make_users(self.everybody), strict=True))
        self.public = [f"channel{number}" for number in range(CHANNELS)]
        for number, url in enumerate(self.public):
            size = people if not number else chance.randint(2, max(2, people // 2))
            members = chance.sample(self.everybody, size)
            backend.call("POST", "/group_channels", {"channel_url": url, "user_ids": members, "is_public": True})
        self.devices = [
            SocketDevice(server.port, user_id, self.tokens[user_id])
            for user_id in self.everybody
            for _ in range(chance.randint(1, devices))
        ]

    def live(self, acts: int, show: Any) -> None:
        """Do so many things, a few at a time."""
        while self.done.total() < acts:
            before = self.done.total()
            self._turn()
            if before // 1000 < self.done.total() // 1000:
                show(self)

    def end(self) -> list[str]:
        """All come back; where what they have differs from what they would load."""
        for device in self.devices:
            if not device.is_connected:
                device.connect()
        for _ in range(2):
            for device in self.devices:
                device.answer(device.ask("server.time", {}))
        found = []
        for number, device in enumerate(self.devices):
            different = differences(device.replica.state(), device.loaded().state())
            found += [f"device {number} of {device.user_id}: {each}" for each in different]
        return found

    def _turn(self) -> None:
        """Some do something at once, and some of them lose the network before they are answered."""
        self._come_back()
        asked = []
        connected = [device for device in self.devices if device.is_connected]
        for device in self.chance.sample(connected, min(AT_ONCE, len(connected))):
            call = Person(self.chance, device.replica, self.everybody, self.public).act()
            if call is not None:
                asked.append((device, *self._asked(device, call)))
        for device, number, call in asked:
            if self.chance.random() < 0.01:
                self._lose(device, call)
            elif number:
                self._answered(device, number, call[0])
        for device in self.devices:
            if device.is_connected:
                device.listen()

    def _asked(self, device: SocketDevice, call: tuple[str, dict[str, Any]]) -> tuple[int, Any]:
        method, params = call
        if "files" in params:
            params = params | {"files": [{"file_id": self._upload(device.user_id)}]}
        return device.ask(method, params), (method, params)

    def _answered(self, device: SocketDevice, number: int, method: str) -> None:
        try:
            device.answer(number)
        except Refused:
            self.refused += 1
        self.done[method] += 1

    def _lose(self, device: SocketDevice, call: tuple[str, dict[str, Any]]) -> None:
        """A device is cut off in the middle of a call, which it repeats when that does nothing twice."""
        device.cut()
        self.cuts += 1
        if "req_id" in call[1] and self.chance.random() < 0.5:
            device.connect()
            self.repeated += 1
            self._answered(device, device.ask(*call), call[0])

    def _come_back(self) -> None:
        for device in self.devices:
            if not device.is_connected and self.chance.random() < 0.1:
                device.connect()

    def _upload(self, user_id: str) -> str:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/client/v1/files?name=notes.txt",
            data=self.chance.randbytes(200),
            headers={"Authorization": f"Bearer {self.tokens[user_id]}", "Content-Type": "text/plain"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            file_id: str = json.load(answer)["file_id"]
        return file_id


def main() -> int:
    """Live a day, and say what it was."""
    options = _options()
    began = time.monotonic()

    def show(day: Day) -> None:
        print(f"{day.done.total():>8,} acts, {day.cuts} cuts, {time.monotonic() - began:.0f} s", flush=True)

    with Server() as server:
        day = Day(server, options.people, options.devices, random.Random(options.seed))
        print(f"seed {options.seed}: {len(day.devices)} devices of {options.people} people", flush=True)
        day.live(options.acts, show)
        found = day.end()
    for method, count in day.done.most_common():
        print(f"  {method:<28}{count:>8,}")
    recovered, anew = (sum(getattr(device, name) for device in day.devices) for name in ("recovered", "anew"))
    print(f"refused {day.refused:,}; cut off {day.cuts:,} times: {recovered:,} recovered, {anew:,} loaded anew")
    print(f"repeated after a cut: {day.repeated:,}")
    print("\n".join(found[:SHOWN]))
    print(f"{len(found)} differences between {len(day.devices)} devices and the server")
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/simulate day", description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="how many are in the team")
    parser.add_argument("--devices", type=int, default=3, help="how many each has at most")
    parser.add_argument("--acts", type=int, default=20_000, help="how many things they do")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="repeats the script")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
