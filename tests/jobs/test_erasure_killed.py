"""A server that is killed while it forgets somebody goes on when it is back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from chatd.domain.stream import emit
from chatd.domain.tenants import applications
from chatd.domain.upkeep import erasure
from chatd.domain.users import privacy
from chatd.events import ChannelCreated, MessageSent, UserCreated
from chatd.model import Actor, Channel, Message, User
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.test_erasure import places
from tests.domain.test_verify import findings_of
from tests.served import Served

MAP_SIZE = 2**30
MARK = "xyzzy"
MESSAGES = 4000


def fill(txn: Transaction) -> None:
    for name in (MARK, "bob"):
        emit(txn, UserCreated(User(0, name, name, "", 0)))
    emit(txn, ChannelCreated(Channel(0, "tea", "", "", "", "", 0, 1), (1, 2)))
    for n in range(1, MESSAGES + 1):
        sender = 1 + n % 2
        emit(txn, MessageSent(Message(0, 3, sender, n, 0, f"{MARK if sender == 1 else 'his'} {n}")))
    request = privacy.Create(user_ids=(MARK,))
    privacy.create.function(txn, Actor(txn.application, None, None), request)


@pytest.mark.slow
def test_it_goes_on_after_each_kill(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    main = store.write_now(0, applications.ensure_main).number
    store.write_now(main, fill)
    store.close()
    kills = 0
    server = Served(tmp_path)
    while is_open(tmp_path, main):
        time.sleep(5.2 + kills / 10)  # the job begins after five seconds
        if is_open(tmp_path, main):
            server.kill()
            kills += 1
            assert_sound(tmp_path)
            server.start()
    server.stop()
    assert kills > 0
    store = Store.open(tmp_path / "data", MAP_SIZE)
    assert places(store, MARK) == []
    assert len(places(store, "his")) >= MESSAGES // 2
    assert not findings_of(store)
    store.close()


def is_open(directory: Path, application: int) -> bool:
    store = Store.open(directory / "data", MAP_SIZE)
    try:
        return store.read(application, erasure.open_request) is not None
    finally:
        store.close()


def assert_sound(directory: Path) -> None:
    store = Store.open(directory / "data", MAP_SIZE)
    findings = findings_of(store)
    store.close()
    assert not findings, findings.examples
