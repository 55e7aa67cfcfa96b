"""Damaged and foreign files: what becomes of those who open them."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import lmdb
from apart import Ended, apart
from place import MAP_SIZE, Place

from chatd import cli
from chatd.domain.tenants import applications
from chatd.errors import ChatdError
from chatd.store.store import Store

PAGE = 4096
HEAD_BYTES = 152  # of a head page, that mean something
SECONDS = 60.0

REFUSED, FOUND, UNNOTICED, HARMLESS, UNCLEAR = "refused", "found", "unnoticed", "harmless", "unclear"
CUT, HEAD, ANYWHERE, SWAPPED, FOREIGN = "cut short", "bit in a head", "bit anywhere", "page misplaced", "foreign"


class File(NamedTuple):
    """A file in the place of the store's."""

    kind: str
    raw: bytes


class Damages:
    """Opens one damaged file after the other in the place of a store's own.

    `outcomes` counts what `chatd verify` says of them and what becomes of a start; `wrong` is what must not be.
    """

    def __init__(self, place: Place) -> None:
        self.outcomes: dict[str, Counter[str]] = {}
        self.wrong: list[str] = []
        self._place = place
        self._whole = place.data.read_bytes()
        self._contents = apart(SECONDS, _contents, place.store).output

    def run(self, chance: Random, count: int) -> None:
        """Try so many damages of each kind, and all foreign files."""
        for file in _files(self._whole, chance, count):
            self._try(file)
        self._put(self._whole)

    def _put(self, raw: bytes) -> None:
        shutil.rmtree(self._place.store)
        self._place.store.mkdir()
        self._place.data.write_bytes(raw)

    def _try(self, file: File) -> None:
        self._put(file.raw)
        verified = self._verified(apart(SECONDS, _verify, self._place.store))
        self._count(file, "verify", verified)
        if self._place.data.read_bytes() != file.raw:
            self.wrong.append(f"{file.kind}: verify has touched the file")
        started = apart(SECONDS, _start, self._place.store)
        became = started.death or started.output.decode() or UNCLEAR
        self._count(file, "start", became)
        if became == REFUSED and self._place.data.read_bytes() != file.raw:
            self.wrong.append(f"{file.kind}: a start has touched the file")
        if file.kind == FOREIGN and (verified, became) != (REFUSED, REFUSED):
            self.wrong.append(f"{file.kind}: verify: {verified}, start: {became}")

    def _count(self, file: File, who: str, became: str) -> None:
        self.outcomes.setdefault(f"{file.kind}, {who}", Counter())[became] += 1
        is_allowed = became in (REFUSED, FOUND, HARMLESS) or (who == "start" or file.kind in (ANYWHERE, HEAD))
        if not is_allowed or (who == "verify" and became not in (REFUSED, FOUND, HARMLESS, UNNOTICED)):
            self.wrong.append(f"{file.kind}, {who}: {became}")

    def _verified(self, ended: Ended) -> str:
        """What `chatd verify` made of a file."""
        said = ended.output.decode()
        if ended.death:
            return ended.death
        if ended.status == 0:
            return HARMLESS if apart(SECONDS, _contents, self._place.store).output == self._contents else UNNOTICED
        if "Traceback" in said:
            return f"{UNCLEAR}: {said.strip().splitlines()[-1][:80]}"
        return FOUND if "Not so:" in said or "killed the process" in said else REFUSED


def _verify(report: int, directory: Path) -> None:
    os.dup2(report, 1)
    os.dup2(report, 2)
    sys.argv = ["chatd", "verify", "--data-dir", str(directory)]
    cli.main()


def _start(report: int, directory: Path) -> None:
    """Open the store as a server does, and write."""
    try:
        store = Store.open(directory, MAP_SIZE)
        store.write_now(0, applications.create, "another")
        store.close()
    except ChatdError:
        os.write(report, REFUSED.encode())
    except Exception as error:
        os.write(report, f"{UNCLEAR}: {type(error).__name__}".encode())
    else:
        os.write(report, b"goes on")


def _contents(report: int, directory: Path) -> None:
    """A digest of every key and value."""
    digest = hashlib.sha256()
    store = Store.open_readonly(directory, MAP_SIZE)
    with store.environment.begin() as raw:
        for _, database in sorted(store.databases.items()):
            for key, value in raw.cursor(db=database):
                digest.update(len(key).to_bytes(4, "big") + key + value)
    os.write(report, digest.digest())


def _files(whole: bytes, chance: Random, count: int) -> Iterator[File]:
    yield from (File(FOREIGN, raw) for raw in _foreign())
    lengths = {1, 15, 16, 100, 4095, 4096, 4097, 8191, 8192, 8193, len(whole) - 1, len(whole) - PAGE}
    lengths |= {chance.randrange(1, len(whole)) for _ in range(count)}
    yield from (File(CUT, whole[:length]) for length in sorted(lengths))
    for _ in range(count):
        yield File(HEAD, _flipped(whole, chance, chance.choice((0, PAGE)) + chance.randrange(HEAD_BYTES)))
        yield File(ANYWHERE, _flipped(whole, chance, chance.randrange(len(whole))))
        yield File(SWAPPED, _misplaced(whole, chance))


def _flipped(whole: bytes, chance: Random, place: int) -> bytes:
    raw = bytearray(whole)
    raw[place] ^= 1 << chance.randrange(8)
    return bytes(raw)


def _misplaced(whole: bytes, chance: Random) -> bytes:
    """A page is what another one is, or nothing: the disk has written to the wrong place, or not at all."""
    to, origin = chance.sample(range(2, len(whole) // PAGE), 2)
    page = bytes(PAGE) if chance.random() < 0.5 else whole[origin * PAGE : (origin + 1) * PAGE]
    return whole[: to * PAGE] + page + whole[(to + 1) * PAGE :]


def _foreign() -> Iterator[bytes]:
    yield from (b"", b"short", bytes(8192), b"\xff" * 8192, b"<!doctype html>" * 1000)
    with sqlite3.connect(":memory:") as database:
        database.execute("create table messages (text)")
        yield database.serialize()
    for version in (0, 1):
        with tempfile.TemporaryDirectory() as directory:
            with lmdb.open(directory, max_dbs=2, lib_version=version) as environment:
                environment.open_db(b"theirs")
            yield (Path(directory) / "data.mdb").read_bytes()
