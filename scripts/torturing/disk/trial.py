"""The trial: a server on a small filesystem, which is filled, freed and filled again, and what must hold meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crowd import Client, Crowd
from filesystem import MIB, Filesystem
from kept import check_kept
from lines import Lines
from subject import Subject

CLIENTS = 20
MESSAGE_CHARACTERS = 4000
PAUSE_SECONDS = 0.005
REFUSED = {"code": 100, "temporary": True}
CODE = 500901
STATUS = 503
FULL_SECONDS = 4.0
# Of the filesystem: what is room again when the filler goes.
SHARE = 0.4
# So many writes find all pages that are free in the file.
TRIES = 100
SOON_SECONDS = 3.0
PATIENCE_SECONDS = 120.0
GROWTH_MIB = 64


class Trial:
    """One server, its clients, and the filesystem that they fill."""

    def __init__(self, filesystem: Filesystem, home: Path, lines: Lines) -> None:
        self.filesystem = filesystem
        self.lines = lines
        self.home = home
        self.subject = Subject(home, filesystem.directory / "data", str(filesystem.directory / "backups"))
        self.crowd = Crowd(MESSAGE_CHARACTERS, PAUSE_SECONDS)
        self.sessions: dict[str, str] = {}
        self.acknowledged: dict[str, int] = {}

    def run(self) -> None:
        """All of it, in order."""
        try:
            self._begin()
            self._fill("under load")
            self._while_full()
            self._make_room()
            self._idle()
            self._killed()
            self._end()
        finally:
            self.subject.kill()

    def _begin(self) -> None:
        self.filesystem.take(SHARE)
        self.subject.start()
        self.subject.token = self.subject.command("token", "create", "main").stdout.strip()
        self._wait("a backup", lambda: any((self.filesystem.directory / "backups").glob("chatd-*")))
        names = [f"user{number}" for number in range(CLIENTS)]
        for name in names:
            self.subject.ask("POST", "/v3/users", {"user_id": name, "nickname": name})
            self.sessions[name] = self.subject.ask("POST", f"/v3/users/{name}/token", {})[1]["token"]
        for one, other in zip(names[::2], names[1::2], strict=True):
            self.subject.ask("POST", "/v3/group_channels", {"channel_url": f"room-{one}", "user_ids": [one, other]})
        self._connect()
        self.memory = self.subject.private_bytes

    def _connect(self) -> None:
        for number, (name, token) in enumerate(self.sessions.items()):
            client = Client(self.subject.port, token, name, f"room-user{number - number % 2}")
            self.crowd.add(client)
            self.crowd.answer(client, 2, {"subscribe": {"channel": "~"}})

    def _fill(self, how: str) -> None:
        """Have everybody write until the disk refuses, and take the last byte."""
        self.crowd.busy = True
        began = time.monotonic()
        count = sum(len(client.refusals) for client in self.crowd.clients)
        # Clients fill it; the filler only takes what their pages do not fit into.
        while sum(len(client.refusals) for client in self.crowd.clients) == count:
            time.sleep(0.02)
            if time.monotonic() - began > PATIENCE_SECONDS / 4:
                self.filesystem.fill()
        for _ in range(3):
            self.filesystem.fill()
            time.sleep(0.1)
        sent = sum(len(client.acknowledged) for client in self.crowd.clients)
        full = not self.filesystem.free_bytes and not self.filesystem.takes_a_byte()
        self.lines.add(f"filled to the last byte {how}", full, f"{sent} messages acknowledged, 0 bytes free")

    def _while_full(self) -> None:
        self._writers()
        self._connections()
        self._readers()
        self._health()
        self._commands()
        log = self.subject.log
        self.lines.add(
            "no traceback in the log", "Traceback" not in log, f"{log.count('the disk refused')} refusals said"
        )
        grown = (self.subject.private_bytes - self.memory) / MIB
        self.lines.add("memory is bounded", grown < GROWTH_MIB, f"{grown:.0f} MiB more than at the start")

    def _writers(self) -> None:
        before = [(len(client.refusals), client.pings) for client in self.crowd.clients]
        self.crowd.ping()
        time.sleep(FULL_SECONDS)
        clients = self.crowd.clients
        refusals = [error for client in clients for error in client.refusals]
        other = [error for error in refusals if REFUSED.items() - error.items()]
        met = all(len(client.refusals) > count for client, (count, _) in zip(clients, before, strict=True))
        detail = f"{len(refusals)} times: {refusals[0] if refusals else None}"
        self.lines.add("writers are told a temporary error", met and not other, str(other[:1]) if other else detail)
        pinged = all(client.pings > count for client, (_, count) in zip(clients, before, strict=True))
        self.lines.add(
            "connections stay open", all(client.is_open for client in clients), f"{len(clients)} connections"
        )
        self.lines.add("pings go both ways", pinged and all(client.pongs for client in clients), "")
        self._over_http()

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

    def _commands(self) -> None:
        made = self.subject.command("token", "create", "main")
        one_line = made.returncode == 1 and made.stderr.startswith("chatd: ") and made.stderr.count("\n") == 1
        kept = made.returncode == 0
        self.lines.add("a command that writes says so in one line", kept or one_line, made.stderr.strip())
        directory = self.filesystem.directory / "more-backups"
        backup = self.subject.command("backup", str(directory))
        left = list(directory.glob("*")) + list(directory.glob(".*"))
        one_line = backup.returncode == 1 and backup.stderr.count("\n") == 1
        self.lines.add("a backup without room leaves nothing", one_line and not left, backup.stderr.strip())
        stats = self.subject.command("stats")
        self.lines.add("commands that read work beside it", stats.returncode == 0, stats.stderr.strip())

    def _make_room(self) -> None:
        clients = self.crowd.clients
        before = [len(client.acknowledged) for client in clients]
        pid, began = self.subject.pid, time.monotonic()
        self.filesystem.free()
        seconds = self._until(lambda: sum(len(client.acknowledged) for client in clients) > sum(before))
        self.lines.add("with room, writing goes on", seconds < SOON_SECONDS, f"after {seconds:.2f} s, process {pid}")
        self._until(lambda: self.subject.ask("GET", "/readyz")[0] == 200)
        seconds = time.monotonic() - began
        self.lines.add("/readyz answers 200", seconds < SOON_SECONDS, f"after {seconds:.2f} s")
        self.lines.add("metrics say so", self.subject.metric("chatd_store_writable") == 1, "")
        self._until(lambda: all(len(each.acknowledged) > was for each, was in zip(clients, before, strict=True)))
        same = all(client.is_open for client in clients) and self.subject.runs
        self.lines.add("with the same connections", same, f"{len(clients)} connections")
        self.crowd.rest()
        refused = {name for client in clients for name in client.refused[:20]}
        self.crowd.repeat()
        self.crowd.rest()
        kept = {name for client in clients for name in client.acknowledged}
        self.lines.add("what was refused can be sent again", refused <= kept, f"{len(refused)} messages")

    def _idle(self) -> None:
        """Full and free again while nobody writes."""
        self.filesystem.take(SHARE)
        self._fill("once more")
        time.sleep(1.0)
        self.crowd.rest()
        time.sleep(2.0)
        self.lines.add("idle on a full disk, /readyz stays 503", self.subject.ask("GET", "/readyz")[0] == STATUS, "")
        self.filesystem.free()
        seconds = self._until(lambda: self.subject.ask("GET", "/readyz")[0] == 200)
        self.lines.add("idle, it notices the room by itself", seconds < SOON_SECONDS, f"after {seconds:.2f} s")

    def _killed(self) -> None:
        """Killed while full, and started on the full disk."""
        self.filesystem.take(SHARE)
        self._fill("again")
        time.sleep(1.0)
        self.subject.kill()
        self._collect()
        self.filesystem.fill()
        for path in (self.filesystem.directory / "backups").glob("chatd-*/manifest.json"):
            path.unlink()
        self.filesystem.fill()
        seconds = self.subject.start()
        free = self.filesystem.free_bytes
        self.lines.add(
            "killed while full, it starts on the full disk", True, f"after {seconds:.2f} s, {free} bytes free"
        )
        self._until(lambda: self.subject.ask("GET", "/readyz")[0] == STATUS)
        self._connect()
        self.crowd.busy = True
        self._writers()
        self._connections()
        self._readers()
        self._health()
        failed = self._until(lambda: self.subject.metric("chatd_backup_failures_total") > 0)
        self.lines.add("a scheduled backup without room is counted", failed < SOON_SECONDS, "")
        self.filesystem.free()
        seconds = self._until(lambda: self.subject.ask("GET", "/readyz")[0] == 200)
        self.lines.add("with room, it is ready without a restart", seconds < SOON_SECONDS, f"after {seconds:.2f} s")
        count = sum(len(client.acknowledged) for client in self.crowd.clients)
        self._until(lambda: sum(len(client.acknowledged) for client in self.crowd.clients) > count)
        self.crowd.rest()

    def _end(self) -> None:
        self._collect()
        status = self.subject.stop()
        self.lines.add("it drains and ends", status == 0, f"exit status {status}")
        self.lines.add("no traceback in the log", "Traceback" not in self.subject.log, "")
        check_kept(self.subject, self.acknowledged, self.lines)

    def _collect(self) -> None:
        """Remember what was acknowledged to clients that go."""
        for client in self.crowd.clients:
            self.acknowledged |= client.acknowledged
        self.crowd.forget()

    def _until(self, holds: Callable[[], bool]) -> float:
        """Wait for something; the seconds that it took, or those of patience."""
        began = time.monotonic()
        while not holds() and time.monotonic() - began < 10 * SOON_SECONDS:
            time.sleep(0.01)
        return time.monotonic() - began

    def _wait(self, what: str, holds: Callable[[], bool]) -> None:
        if self._until(holds) >= 10 * SOON_SECONDS:
            raise RuntimeError(f"there is not {what}")
