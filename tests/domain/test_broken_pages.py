"""Verification of a file whose pages are broken."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from chatd.store import tables
from chatd.store.store import Store
from tests.domain.conftest import MAP_SIZE
from tests.domain.test_verify import findings_of, whole

__all__ = ["whole"]

PAGE = 4096


def test_pages_that_cannot_be_read_are_named(whole: bytes, tmp_path: Path) -> None:
    damaged = bytearray(whole)
    key = tables.CHANNEL_URLS.pack(1, "chan1")
    for found in re.finditer(re.escape(key), whole):
        flags = found.start() // PAGE * PAGE + 10
        damaged[flags : flags + 2] = bytes(2)
    (tmp_path / "data.mdb").write_bytes(damaged)
    store = Store.open_readonly(tmp_path, MAP_SIZE)
    said = findings_of(store)
    assert said.examples["every page can be read"][0].startswith("channel_urls: ")
    assert set(said.counts) == {"every page can be read"}
    store.close()


def test_keys_out_of_order_are_named(whole: bytes, tmp_path: Path) -> None:
    one, two = tables.CHANNEL_URLS.pack(1, "chan1"), tables.CHANNEL_URLS.pack(1, "zhan1")
    (tmp_path / "data.mdb").write_bytes(whole.replace(one, two))
    store = Store.open_readonly(tmp_path, MAP_SIZE)
    assert "channel_urls" in findings_of(store).examples["keys ascend"][0]
    store.close()


def test_entries_that_are_not_counted_are_named(whole: bytes, tmp_path: Path) -> None:
    count = entries_of(whole, tmp_path)["users"]
    # The record of a database in LMDB's directory: its name, a word, depth, pages of three kinds, then the entries.
    record = re.compile(rb"(users.{6}\x01\x00.{24})" + re.escape(struct.pack("=Q", count)), re.DOTALL)
    (tmp_path / "data.mdb").write_bytes(record.sub(lambda found: found[1] + struct.pack("=Q", count + 1), whole))
    store = Store.open_readonly(tmp_path, MAP_SIZE)
    said = findings_of(store).examples["entries are counted"]
    assert said == [f"users: {count + 1} counted, {count} found"]
    store.close()


def entries_of(whole: bytes, directory: Path) -> dict[str, int]:
    (directory / "data.mdb").write_bytes(whole)
    store = Store.open_readonly(directory, MAP_SIZE)
    entries = store.entries()
    store.close()
    return entries
