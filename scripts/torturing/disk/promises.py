"""What is promised while the disk is full, and looking whether it is so."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from crowd import Client, Crowd
from lines import Lines
from subject import Subject

REFUSED = {"code": 100, "temporary": True}
CODE = 500901
STATUS = 503
FULL_SECONDS = 4.0
PATIENCE_SECONDS = 30.0
MESSAGE_CHARACTERS = 4000
# So many writes find all pages that are free in the file.
TRIES = 100


class Promises:
    """Checks them, while a crowd tries to write. `acknowledged` collects what was kept nevertheless."""

    def __init__(
        self, subject: Subject, crowd: Crowd, lines: Lines, sessions: dict[str, str], acknowledged: dict[str, int]
    ) -> None:
        self.subject = subject
        self.crowd = crowd
        self.lines = lines
        self.sessions = sessions
        self.acknowledged = acknowledged

    def check(self) -> None:
        """All of them."""
        self._writers()
        self._over_http()
        self._connections()
        self._readers()
        self._health()

    def _writers(self) -> None:
        before = [(len(client.refusals), client.pings) for client in self.crowd.clients]
        clients, began = self.crowd.clients, time.monotonic()
        self.crowd.ping()
        time.sleep(FULL_SECONDS)
        while any(len(client.refusals) == count for client, (count, _) in zip(clients, before, strict=True)):
            if time.monotonic() - began > PATIENCE_SECONDS:
                break
            time.sleep(0.01)
        refusals = [error for client in clients for error in client.refusals]
        other = [error for error in refusals if REFUSED.items() - error.items()]
        met = all(len(client.refusals) > count for client, (count, _) in zip(clients, before, strict=True))
        seconds = time.monotonic() - began
        detail = f"{len(refusals)} times in {seconds:.0f} s: {refusals[0] if refusals else None}"
        self.lines.add("writers are told a temporary error", met and not other, str(other[:1]) if other else detail)
        pinged = all(client.pings > count for client, (_, count) in zip(clients, before, strict=True))
        codes = sorted({client.code for client in clients if not client.is_open})
        is_open = all(client.is_open for client in clients)
        self.lines.add("connections stay open", is_open, f"{len(clients)} connections, closed: {codes or 'none'}")
        self.lines.add("pings go both ways", pinged and all(client.pongs for client in clients), "")

    def _over_http(self) -> None:
        """A write that finds room in the file itself may succeed; then it is kept like every other."""
        texts = (f"user0-http-{time.monotonic_ns()}" for _ in range(TRIES))
        path, session = "/v3/group_channels/room-user0/messages", self.sessions["user0"]
        answers = []
        for text in texts:
            body = {"channel_url": "room-user0", "message": text.ljust(MESSAGE_CHARACTERS, "."), "data": "y" * 20_000}
            more = body | {"message": f"{text}-rpc".ljust(MESSAGE_CHARACTERS, ".")}
            answers += [
                (text, *self.subject.ask("POST", path, body | {"user_id": "user0"})),
                (f"{text}-rpc", *self.subject.ask("POST", "/client/v1/rpc/messages.send", more, session)),
            ]
            if answers[-1][1] == answers[-2][1] == STATUS:
                break
        self.acknowledged |= {text: answer["message_id"] for text, status, answer in answers if status == 200}
        wrong = [each for each in answers if each[1] != 200 and (each[1], each[2].get("code")) != (STATUS, CODE)]
        told = answers[-1][1] == answers[-2][1] == STATUS
        seen = f"{len(answers)} tries, at last {answers[-1][1]} {answers[-1][2]}"
        self.lines.add("the Platform API and RPC over HTTP answer 503", told and not wrong, str(wrong[:1] or seen))

    def _connections(self) -> None:
        client = self.crowd.clients[0]
        back = Client(self.subject.port, self.sessions["user1"], "user1-again", "room-user0")
        self.crowd.add(back)
        self.crowd.clients.remove(back)
        told = self.crowd.answer(back, 2, {"subscribe": {"channel": "~"}})["subscribe"]
        self.lines.add("who is new logs in", "offset" in told, "")
        recover = {"channel": "~", "recover": True, "offset": told["offset"] - 20, "epoch": told["epoch"]}
        self.crowd.answer(back, 3, {"unsubscribe": {"channel": "~"}})
        found = self.crowd.answer(back, 4, {"subscribe": recover})["subscribe"]
        missed = found.get("publications", [])
        self.lines.add(
            "who comes back recovers", bool(found.get("recovered") and missed), f"{len(missed)} publications"
        )
        typing = {"rpc": {"method": "channels.typing", "data": {"channel_url": "room-user0", "typing": True}}}
        self.lines.add("who types is seen", "rpc" in self.crowd.answer(client, 5, typing), "")
        back.socket.shutdown(2)

    def _readers(self) -> None:
        client = self.crowd.clients[2]

        def rpc(method: str, **params: Any) -> bool:
            return "rpc" in self.crowd.answer(client, 6, {"rpc": {"method": method, "data": params}})

        room = client.channel
        self.lines.add(
            "history, over WebSocket", rpc("messages.list", channel_url=room, message_ts=0, next_limit=50), ""
        )
        self.lines.add("lists, over WebSocket", rpc("channels.list") and rpc("members.list", channel_url=room), "")
        paths = [
            "/users",
            "/users/user3",
            "/users/user3/my_group_channels",
            "/group_channels",
            "/group_channels/" + room,
        ]
        paths += [f"/group_channels/{room}/members", f"/group_channels/{room}/messages?message_ts=0&next_limit=20"]
        answers = {path: self.subject.ask("GET", f"/v3{path}")[0] for path in paths}
        wrong = {path: status for path, status in answers.items() if status != 200}
        self.lines.add("reads of the Platform API", not wrong, str(wrong or f"{len(paths)} paths"))
        self.lines.add("pages", self.subject.ask("GET", "/")[0] == 200, "")

    def _health(self) -> None:
        ready, alive = self.subject.ask("GET", "/readyz"), self.subject.ask("GET", "/healthz")
        self.lines.add("/readyz answers 503", ready[0] == STATUS, str(ready[1]))
        self.lines.add("/healthz answers 200", alive[0] == 200, str(alive[1]))
        writable, refused = (
            self.subject.metric("chatd_store_writable"),
            self.subject.metric("chatd_writes_refused_total"),
        )
        self.lines.add(
            "metrics say so", writable == 0 and refused > 0, f"writable {writable:.0f}, refused {refused:.0f}"
        )


def check_commands(subject: Subject, directory: Path, lines: Lines) -> None:
    """Those of the operator; a backup is to go to `directory`, on the full disk."""
    made = subject.command("token", "create", "main")
    one_line = made.returncode == 1 and made.stderr.startswith("chatd: ") and made.stderr.count("\n") == 1
    kept = made.returncode == 0
    lines.add("a command that writes says so in one line", kept or one_line, made.stderr.strip())
    backup = subject.command("backup", str(directory))
    left = list(directory.glob("*")) + list(directory.glob(".*"))
    one_line = backup.returncode == 1 and backup.stderr.count("\n") == 1
    lines.add("a backup without room leaves nothing", one_line and not left, backup.stderr.strip())
    stats = subject.command("stats")
    lines.add("commands that read work beside it", stats.returncode == 0, stats.stderr.strip())
