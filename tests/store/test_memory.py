"""What the writer remembers is what the store holds, whoever else writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lmdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.errors import NotFound
from chatd.store import memory, tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Job, Writer
from tests.store.conftest import MAP_SIZE

names = st.sampled_from(["ann", "bob", "cid"])
steps = st.tuples(st.sampled_from(["put", "delete"]), names, st.integers(1, 9))
functions = st.tuples(st.lists(steps, max_size=3), st.booleans())
# Each group is the writer's, or of somebody beside it.
groups = st.lists(st.tuples(st.booleans(), st.lists(functions, min_size=1, max_size=3)), max_size=8)


def change(txn: Transaction, steps: list[tuple[str, str, int]], fails: bool) -> None:
    for what, name, value in steps:
        if what == "put":
            txn.put(tables.USER_IDS, name, value=value)
        else:
            txn.delete(tables.USER_IDS, name)
    if fails:
        raise NotFound("Reason")


def look(txn: Transaction) -> dict[str, int | None]:
    return {name: txn.get(tables.USER_IDS, name) for name in ("ann", "bob", "cid")}


def job(function: Any, *args: Any) -> Job:
    return Job(1, function, args, lambda result, error: None)


@settings(max_examples=40, deadline=None)
@given(groups, st.booleans())
def test_it_is_never_wrong(tmp_path_factory: pytest.TempPathFactory, groups: Any, forgets: bool) -> None:
    store = Store.open(Path(tmp_path_factory.mktemp("memory")), MAP_SIZE)
    writer = Writer(store, lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "MAX_VALUES", 1 if forgets else 1000)
        for is_ours, functions in groups:
            if is_ours:
                done = writer.commit([*(job(change, *each) for each in functions), job(look)])
                seen = done.outcomes[-1][0]
            else:
                for steps, fails in functions:
                    if not fails:
                        store.write_now(1, change, steps, False)
                seen = writer.commit([job(look)]).outcomes[0][0]
            store.refresh()
            assert seen == store.read(1, look)
    store.close()


requests = st.tuples(st.integers(1, 2), st.integers(1, 3), st.booleans())


def ask(txn: Transaction, request: int, value: int, fails: bool) -> tuple[int, ...] | None:
    """What the request led to before; from now on it is `value`."""
    known = txn.get(tables.REQUESTS, request)
    txn.put(tables.REQUESTS, request, value=(value,))
    if fails:
        raise NotFound("Reason")
    return known


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(requests, min_size=1, max_size=5), max_size=5))
def test_requests_that_are_looked_for_at_once_are_what_they_are(
    tmp_path_factory: pytest.TempPathFactory, groups: Any
) -> None:
    store = Store.open(Path(tmp_path_factory.mktemp("requests")), MAP_SIZE)
    writer = Writer(store, lambda _: None)
    known: dict[tuple[int, int], tuple[int, ...]] = {}
    for place, group in enumerate(groups):
        jobs = [
            Job(application, ask, (request, place * 10 + n, fails), lambda result, error: None, request)
            for n, (application, request, fails) in enumerate(group)
        ]
        for n, ((application, request, fails), (result, error)) in enumerate(
            zip(group, writer.commit(jobs).outcomes, strict=True)
        ):
            assert (type(error) is NotFound) == fails
            if not fails:
                assert result == known.get((application, request))
                known[application, request] = (place * 10 + n,)
    store.close()


def test_a_group_that_was_not_committed_is_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(store, lambda _: None)
    writer.commit([job(change, [("put", "ann", 1)], False)])

    def refuse(*args: Any) -> bool:
        raise lmdb.MapFullError("no room")

    with monkeypatch.context() as patch:
        patch.setattr("chatd.store.changes.Changes.flush", refuse)
        assert writer.commit([job(change, [("put", "ann", 2)], False)]).refusal
    assert writer.commit([job(look)]).outcomes[0][0] == {"ann": 1, "bob": None, "cid": None}


def test_many_applications_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MAX_APPLICATIONS", 3)
    writer = Writer(store, lambda _: None)
    for application in range(1, 9):
        for value in (1, 2):
            put = Job(application, change, ([("put", "ann", value)], False), lambda result, error: None)
            writer.commit([put])
        assert len(writer._memory._seen) <= 4
        found = writer.commit([Job(application, look, (), lambda result, error: None)])
        assert found.outcomes[0][0]["ann"] == 2
