"""Groups of functions, some of which fail: each sees exactly what those before it that did not fail have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.errors import NotFound
from chatd.model import Publication
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Job, Writer
from tests.store.conftest import MAP_SIZE

Key = tuple[int, str]
Model = dict[Key, int]

users = st.integers(0, 2)
keys = st.tuples(users, st.text(st.sampled_from("abc"), max_size=2))
steps = st.one_of(
    st.tuples(st.just("put"), keys, st.integers(0, 9)),
    st.tuples(st.just("delete"), keys),
    st.tuples(st.just("get"), keys),
    st.tuples(st.just("scan"), users, st.booleans()),
    st.tuples(st.just("scan_from"), users, st.text(st.sampled_from("abc"), max_size=2), st.booleans()),
)
functions = st.tuples(st.lists(steps, max_size=8), st.booleans())
groups = st.lists(st.lists(functions, max_size=5), max_size=4)


def _ordered(model: Model, chosen: Callable[[Key], bool], reverse: bool) -> list[tuple[Key, int]]:
    return sorted(((key, value) for key, value in model.items() if chosen(key)), reverse=reverse)


def _step(txn: Transaction, model: Model, step: Any) -> None:
    """Do one thing to both, and compare."""
    match step:
        case "put", key, value:
            txn.put(tables.FORMAT_1_REQUESTS, *key, value=value)
            model[key] = value
        case "delete", key:
            assert txn.delete(tables.FORMAT_1_REQUESTS, *key) == (model.pop(key, None) is not None)
        case "get", key:
            assert txn.get(tables.FORMAT_1_REQUESTS, *key) == model.get(key)
        case "scan", user, reverse:
            found = list(txn.scan(tables.FORMAT_1_REQUESTS, user, reverse=reverse))
            assert found == _ordered(model, lambda key: key[0] == user, reverse)
        case "scan_from", user, start, reverse:
            found = list(txn.scan(tables.FORMAT_1_REQUESTS, user, start=(start,), reverse=reverse))
            first = (user, start)
            assert found == _ordered(
                model, lambda key: key[0] == user and (key <= first if reverse else key >= first), reverse
            )


def _play(txn: Transaction, models: list[Model], steps: list[Any], fails: bool) -> None:
    """Play the steps on a copy of the newest model, which becomes the newest unless the function fails."""
    model = dict(models[-1])
    for step in steps:
        _step(txn, model, step)
    txn.publications.append(Publication(1, 0, {}))
    if fails:
        raise NotFound("Reason")
    models.append(model)


@settings(max_examples=150, deadline=None)
@given(groups)
def test_a_group_of_functions_is_their_sequence(tmp_path_factory: pytest.TempPathFactory, groups: Any) -> None:
    store = Store.open(Path(tmp_path_factory.mktemp("changes")), MAP_SIZE)
    writer = Writer(store, lambda _: None)
    models: list[Model] = [{}]
    for group in groups:
        jobs = [Job(1, _play, (models, steps, fails), lambda result, error: None) for steps, fails in group]
        done = writer.commit(jobs)
        assert [type(error) for _, error in done.outcomes] == [NotFound if fails else type(None) for _, fails in group]
        assert len(done.publications) == sum(not fails for _, fails in group)
        store.refresh()
        assert store.read(1, lambda txn: list(txn.scan(tables.FORMAT_1_REQUESTS))) == sorted(models[-1].items())
    store.close()


def test_a_table_may_be_changed_while_it_is_scanned(store: Store) -> None:
    def empty(txn: Transaction) -> int:
        for n in range(5):
            txn.put(tables.FORMAT_1_REQUESTS, 1, str(n), value=n)
        return sum(txn.delete(tables.FORMAT_1_REQUESTS, *key) for key, _ in txn.scan(tables.FORMAT_1_REQUESTS, 1))

    store.write_now(1, lambda txn: txn.put(tables.FORMAT_1_REQUESTS, 1, "stored", value=9))
    assert store.write_now(1, empty) == 6
    store.refresh()
    assert store.read(1, lambda txn: list(txn.scan(tables.FORMAT_1_REQUESTS))) == []
