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
from promises import CODE, MESSAGE_CHARACTERS, STATUS, Promises, check_commands
from subject import Subject

CLIENTS = 20
PAUSE_SECONDS = 0.005
# Of the filesystem: what is room again when the filler goes.
SHARE = 0.4
LONGEST_SECONDS = 60.0
PATIENCE_SECONDS = 120.0
GROWTH_MIB = 64


class Trial:
    """One server, its clients, and the filesystem that they fill. What should happen soon may take `soon` seconds."""

    def __init__(self, filesystem: Filesystem, home: Path, lines: Lines, soon: float) -> None:
        self.filesystem = filesystem
        self.lines = lines
        self.home = home
        self.soon = soon
        self.subject = Subject(home, filesystem.directory / "data", str(filesystem.directory / "backups"))
        self.crowd = Crowd(MESSAGE_CHARACTERS, PAUSE_SECONDS)
        self.sessions: dict[str, str] = {}
        self.acknowledged: dict[str, int] = {}

    def run(self) -> None:
        """All of it, in order."""
        try:
            self._begin()
            self._fill("under load")
            self._promises().check()
            self._files()
            self._beside()
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
        self.file = self._upload()[1].get("file_id", "")
        body = {"channel_url": "room-user0", "message": "a file", "files": [{"file_id": self.file}]}
        self.subject.ask("POST", "/client/v1/rpc/messages.send", body, self.sessions["user0"])
        self._connect()
        self.memory = self.subject.private_bytes

    def _connect(self) -> None:
        for number, (name, token) in enumerate(self.sessions.items()):
            # Who has come back does not repeat what he said: a message is known by its name.
            client = Client(self.subject.port, token, f"{name}-{self.subject.pid}", f"room-user{number - number % 2}")
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

    def _upload(self) -> tuple[int, Any]:
        """Upload a file of two pages."""
        return self.subject.ask("POST", "/client/v1/files?name=a.txt", b"x" * 8192, self.sessions["user0"])

    def _files(self) -> None:
        """Files that are there can be loaded; more are refused."""
        status, answer = self._upload()
        self.lines.add("uploads answer 503", (status, answer.get("code")) == (STATUS, CODE), str(answer))
        found = self.subject.ask("GET", f"/files/{self.file}/a.txt", None, self.sessions["user1"])
        self.lines.add("files that are there are served", found == (200, "x" * 8192), f"{found[0]}")

    def _promises(self) -> Promises:
        return Promises(self.subject, self.crowd, self.lines, self.sessions, self.acknowledged)

    def _beside(self) -> None:
        """Commands beside the server, and what it costs and says."""
        check_commands(self.subject, self.filesystem.directory / "more-backups", self.lines)
        log = self.subject.log
        said = f"{log.count('the disk refused')} lines about the disk"
        self.lines.add("no traceback in the log", "Traceback" not in log, said)
        grown = (self.subject.private_bytes - self.memory) / MIB
        self.lines.add("memory is bounded", grown < GROWTH_MIB, f"{grown:.0f} MiB more than at the start")

    def _make_room(self) -> None:
        clients = self.crowd.clients
        before = [len(client.acknowledged) for client in clients]
        pid, began = self.subject.pid, time.monotonic()
        self.filesystem.free()
        seconds = self._until(lambda: sum(len(client.acknowledged) for client in clients) > sum(before))
        self.lines.add("with room, writing goes on", seconds < self.soon, f"after {seconds:.2f} s, process {pid}")
        self._until(lambda: self.subject.ask("GET", "/readyz")[0] == 200)
        seconds = time.monotonic() - began
        self.lines.add("/readyz answers 200", seconds < self.soon, f"after {seconds:.2f} s")
        self.lines.add("metrics say so", self.subject.metric("chatd_store_writable") == 1, "")
        self._until(lambda: all(len(each.acknowledged) > was for each, was in zip(clients, before, strict=True)))
        same = all(client.is_open for client in clients) and self.subject.runs
        self.lines.add("with the same connections", same, f"{len(clients)} connections")
        self.crowd.rest()
        refused = {name for client in clients for name in client.refused[:20]}
        self.crowd.repeat()
        self.crowd.rest()
        kept = {name for client in clients for name in client.acknowledged}
        self.lines.add("uploads work again", self._upload()[0] == 200, "")
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
        self.lines.add("idle, it notices the room by itself", seconds < self.soon, f"after {seconds:.2f} s")

    def _killed(self) -> None:
        """Killed while full, and started on the full disk."""
        self.filesystem.take(2 * SHARE)
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
        self._promises().check()
        failed = self._until(lambda: self.subject.metric("chatd_backup_failures_total") > 0)
        self.lines.add("a scheduled backup without room is counted", failed < self.soon, "")
        self.crowd.rest()
        self.filesystem.free()
        seconds = self._until(lambda: self.subject.ask("GET", "/readyz")[0] == 200)
        self.lines.add("with room, it is ready without a restart", seconds < self.soon, f"after {seconds:.2f} s")
        count = sum(len(client.acknowledged) for client in self.crowd.clients)
        self.crowd.busy = True
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
        while not holds() and time.monotonic() - began < LONGEST_SECONDS:
            time.sleep(0.01)
        return time.monotonic() - began

    def _wait(self, what: str, holds: Callable[[], bool]) -> None:
        if self._until(holds) >= LONGEST_SECONDS:
            raise RuntimeError(f"there is not {what}")
