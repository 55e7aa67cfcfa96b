"""Transactions: what one application sees, the end of its log, and time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lmdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd import events, ids
from chatd.model import Application, Session, User
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE

EVENT = events.UserCreated(User(0, "someone", "", "", 0))
APPLICATION = Application(7, "ID", "seven", 0)


def log(txn: Transaction) -> list[tuple[int, int]]:
    return [(key[0], entry.time) for key, entry in txn.scan(tables.LOG)]


def test_applications_have_key_spaces_of_their_own_and_share_what_is_shared(store: Store) -> None:
    def fill(txn: Transaction) -> None:
        txn.put(tables.USER_IDS, "ann", value=txn.application)
        txn.put(tables.APPLICATIONS, 7, value=APPLICATION)
        other = txn.bind(2)
        other.put(tables.USER_IDS, "bob", value=2)
        assert other.get(tables.USER_IDS, "ann") is None
        assert other.get(tables.APPLICATIONS, 7) == APPLICATION

    store.write_now(1, fill)
    store.refresh()
    for application, name in ((1, "ann"), (2, "bob")):
        assert store.read(application, lambda txn: list(txn.scan(tables.USER_IDS))) == [((name,), application)]
        assert store.read(application, lambda txn: txn.get(tables.APPLICATIONS, 7)) == APPLICATION


def test_every_application_has_its_own_gapless_log(store: Store) -> None:
    def append(txn: Transaction) -> list[int]:
        other = txn.bind(2)
        again = txn.bind(1)
        return [each.append(EVENT) for each in (txn, other, again, txn, txn.bind(2), again)]

    assert store.write_now(1, append) == [1, 1, 2, 3, 2, 4]
    assert store.write_now(1, append) == [5, 3, 6, 7, 4, 8]
    store.refresh()
    one, two = (store.read(application, lambda txn: txn.head) for application in (1, 2))
    assert (one.sequence, two.sequence) == (8, 4)
    assert len({one.epoch, two.epoch, ""}) == 3
    assert [sequence for sequence, _ in store.read(1, log)] == list(range(1, 9))


def test_the_epoch_of_a_log_stays(store: Store) -> None:
    epochs = set()
    for _ in range(3):
        store.write_now(1, lambda txn: txn.append(EVENT))
        store.refresh()
        epochs.add(store.read(1, lambda txn: txn.head.epoch))
    assert len(epochs) == 1


def test_time_never_falls_along_the_log(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for clock in (5000, 3000, 6000, 1000):
        monkeypatch.setattr(ids, "now_ms", lambda clock=clock: clock)
        store.write_now(1, lambda txn: txn.append(EVENT))
        store.write_now(9, lambda txn: txn.bind(2).append(EVENT))
    store.refresh()
    assert [time for _, time in store.read(1, log)] == [5000, 5000, 6000, 6000]
    assert [time for _, time in store.read(2, log)] == [5000, 5000, 6000, 6000]


def test_who_reads_cannot_change(store: Store) -> None:
    with pytest.raises(lmdb.ReadonlyError):
        store.read(1, lambda txn: txn.put(tables.USER_IDS, "ann", value=1))
    with pytest.raises(lmdb.ReadonlyError):
        store.read(1, lambda txn: txn.delete(tables.USER_IDS, "ann"))


def test_what_must_be_there_and_is_not_is_named(store: Store) -> None:
    with pytest.raises(LookupError, match=r"users.*17"):
        store.read(1, lambda txn: txn.require(tables.USERS, 17))


def test_what_must_all_be_there_comes_in_the_order_asked_for_and_as_it_is_now(store: Store) -> None:
    def all_of(txn: Transaction, *names: str) -> list[int]:
        return txn.require_all(tables.USER_IDS, [(name,) for name in names])

    def change(txn: Transaction) -> list[int]:
        txn.put(tables.USER_IDS, "bob", value=5)
        return all_of(txn, "cid", "bob")

    for number, name in enumerate(("ann", "bob", "cid"), 1):
        store.write_now(1, lambda txn, *given: txn.put(tables.USER_IDS, given[0], value=given[1]), name, number)
    store.refresh()
    assert store.read(1, all_of, "cid", "ann", "bob") == [3, 1, 2]
    assert store.read(1, all_of) == []
    assert store.write_now(1, change) == [3, 5]
    for application, names in ((1, ("ann", "nobody")), (2, ("ann",))):
        with pytest.raises(LookupError, match="user_ids"):
            store.read(application, all_of, *names)


def test_a_function_that_raises_changes_nothing(store: Store) -> None:
    def fail(txn: Transaction) -> None:
        txn.append(EVENT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write_now(1, fail)
    store.refresh()
    assert store.read(1, log) == []
    assert store.read(1, lambda txn: txn.head).sequence == 0


def test_the_snapshot_moves_only_when_told(store: Store) -> None:
    store.write_now(1, lambda txn: txn.append(EVENT))
    assert store.read(1, log) == []
    store.refresh()
    assert len(store.read(1, log)) == 1


def test_counts_and_sizes_are_reported(store: Store) -> None:
    before = store.used_bytes()
    store.write_now(1, lambda txn: [txn.append(EVENT) for _ in range(1000)])
    store.refresh()
    assert store.entries()["log"] == 1000
    assert store.entries()["head"] == 1
    assert before < store.used_bytes() < store.map_size() == MAP_SIZE


requests = st.tuples(st.integers(0, 2), st.text(st.sampled_from("aé\x01"), max_size=3))
steps = st.lists(st.tuples(requests, st.one_of(st.none(), st.integers(0, 9))), max_size=30)


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(0, 2), st.text(st.sampled_from("aé"), max_size=2), st.booleans())
def test_a_table_is_a_sorted_dict(
    tmp_path_factory: pytest.TempPathFactory, steps: Any, user: int, start: str, reverse: bool
) -> None:
    model: dict[tuple[int, str], int] = {}

    def play(txn: Transaction) -> None:
        for key, value in steps:
            if value is None:
                assert txn.delete(tables.FORMAT_1_REQUESTS, *key) == (model.pop(key, None) is not None)
            else:
                txn.put(tables.FORMAT_1_REQUESTS, *key, value=value)
                model[key] = value
            assert txn.get(tables.FORMAT_1_REQUESTS, *key) == model.get(key)

    def look(txn: Transaction) -> list[Any]:
        found = txn.scan(tables.FORMAT_1_REQUESTS, user, start=(start,), reverse=reverse)
        return [list(txn.scan(tables.FORMAT_1_REQUESTS)), list(found)]

    store = Store.open(Path(tmp_path_factory.mktemp("model")), MAP_SIZE)
    store.write_now(1, play)
    store.refresh()
    everything = sorted(model.items(), key=lambda item: (item[0][0], item[0][1].encode()))
    of_user = [item for item in everything if item[0][0] == user]
    if reverse:
        expected = [item for item in of_user if item[0][1].encode() <= start.encode()][::-1]
    else:
        expected = [item for item in of_user if item[0][1].encode() >= start.encode()]
    assert store.read(1, look) == [everything, expected]
    store.close()


def test_a_value_keeps_its_type(store: Store) -> None:
    session = Session(1, 2, "ann", 3)
    store.write_now(0, lambda txn: txn.put(tables.SESSIONS, b"d" * 32, value=session))
    store.refresh()
    assert store.read(5, lambda txn: list(txn.scan(tables.SESSIONS))) == [((b"d" * 32,), session)]
