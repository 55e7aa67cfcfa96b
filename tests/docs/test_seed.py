"""What scripts/seed makes is the same each time, and sound."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chatd.domain.upkeep.verify import verify
from chatd.events import MessageSent
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.store import Store

ROOT = Path(__file__).parents[2]
MAP_SIZE = 1 << 26
SIZES = ["--messages", "300", "--channels", "12"]


def begin(directory: Path, seed: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "scripts" / "seeding"), "--dir", str(directory), "--seed", str(seed), *SIZES]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)


def contents(store: Store) -> list[Any]:
    return [list(store.read(application, lambda txn, t=t: txn.stored(t))) for t in tables.ALL for application in (0, 1)]


@pytest.mark.slow
def test_the_same_seed_makes_the_same_database(tmp_path: Path) -> None:
    seeds = {"one": 1, "again": 1, "other": 2}
    for process in [begin(tmp_path / name, seed) for name, seed in seeds.items()]:
        assert process.wait(60) == 0
    stores = {name: Store.open(tmp_path / name, MAP_SIZE) for name in seeds}
    found = {name: contents(store) for name, store in stores.items()}
    assert found["one"] == found["again"] != found["other"]
    findings = Findings()
    verify(stores["one"], findings, lambda _: None)
    assert not findings, findings.examples
    log = stores["one"].read(1, lambda txn: [entry.event for _, entry in txn.scan(tables.LOG)])
    sent = [event.message for event in log if isinstance(event, MessageSent)]
    assert len(sent) == 300
    assert {(len(message.text), len(message.req_id)) for message in sent} == {(100, 16)}
    for store in stores.values():
        store.close()
    assert begin(tmp_path / "one", 1).wait(60) != 0
