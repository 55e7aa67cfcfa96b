"""The snapshot that all readers share: what it remembers is what is there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.store import remembering, tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

APPLICATIONS = (1, 2)
keys = st.sampled_from(["a", "b", "c"])
changes = st.tuples(st.sampled_from(APPLICATIONS), keys, st.none() | st.integers(0, 3))
steps = st.lists(st.lists(changes, max_size=3) | st.none(), max_size=20)


def change(txn: Transaction, key: str, value: int | None) -> None:
    if value is None:
        txn.delete(tables.USER_IDS, key)
    else:
        txn.put(tables.USER_IDS, key, value=value)


def seen(txn: Transaction) -> list[Any]:
    return [[txn.bind(each).get(tables.USER_IDS, key) for key in "abc"] for each in APPLICATIONS]


@settings(max_examples=20, deadline=None)
@given(steps, st.sampled_from([1, 2, remembering.MOST]))
def test_reading_again_and_again_is_as_reading_once(history: list[Any], most: int) -> None:
    """None is a new snapshot: until then all see the old one, of both applications."""
    usual = remembering.MOST
    with TemporaryDirectory() as directory:
        store = Store.open(Path(directory) / "data", 2**23)
        remembering.MOST = most
        shown = store.read_now(0, seen)
        for step in history:
            for application, key, value in step or ():
                store.write_now(application, change, key, value)
            if step is None:
                store.refresh()
                shown = store.read_now(0, seen)
            for _ in range(2):
                assert store.read(0, seen) == shown
        remembering.MOST = usual
        store.close()
