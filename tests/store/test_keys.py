"""Keys keep the order of their components, and scans see what a sorted dict would show."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.store import tables
from chatd.store.keys import after_prefix, packer, unpacker
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE

numbers = st.one_of(st.integers(0, 300), st.integers(0, 2**64 - 1))
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
digests = st.binary(min_size=32, max_size=32)

SHAPES: list[tuple[tuple[type, ...], st.SearchStrategy[tuple[Any, ...]]]] = [
    ((int,), st.tuples(numbers)),
    ((int, int, int), st.tuples(numbers, numbers, numbers)),
    ((str,), st.tuples(texts)),
    ((int, str), st.tuples(numbers, texts)),
    ((str, int), st.tuples(texts, numbers)),
    ((int, bytes), st.tuples(numbers, digests)),
]
keys = st.sampled_from(SHAPES).flatmap(lambda found: st.tuples(st.just(found[0]), found[1], found[1]))


def sortable(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part.encode() if isinstance(part, str) else part for part in key)


@given(keys, st.integers(0, 2**32 - 1))
def test_order_and_round_trip(
    found: tuple[tuple[type, ...], tuple[Any, ...], tuple[Any, ...]], application: int
) -> None:
    shape, one, two = found
    pack, unpack = packer(shape), unpacker(shape)
    assert unpack(pack(application, *one)) == one
    assert (pack(application, *one) < pack(application, *two)) == (sortable(one) < sortable(two))
    if application < 2**32 - 1:
        assert pack(application, *one) < pack(application + 1, *two)


@given(st.binary(max_size=5), st.binary(max_size=5))
def test_nothing_lies_between_a_prefix_and_what_follows_it(prefix: bytes, more: bytes) -> None:
    follower = after_prefix(prefix)
    assert follower is None or prefix + more < follower
    assert follower is None or not follower.startswith(prefix) or prefix == b""


triples = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
starts = st.one_of(st.none(), st.lists(st.integers(0, 4), max_size=2).map(tuple))


@settings(max_examples=80, deadline=None)
@given(st.sets(triples), st.integers(0, 4), starts, st.booleans())
def test_scans_are_those_of_a_sorted_dict(
    present: set[tuple[int, int, int]], first: int, start: tuple[int, ...] | None, reverse: bool
) -> None:
    def fill(txn: Transaction) -> None:
        for key in present:
            txn.put(tables.TIMELINE, *key)

    def scan(txn: Transaction) -> list[tuple[Any, ...]]:
        return [key for key, _ in txn.scan(tables.TIMELINE, first, start=start, reverse=reverse)]

    expected = sorted(key for key in present if key[0] == first)
    if reverse:
        # A start in part stands for every key that begins with it.
        expected = [key for key in expected if start is None or key[1 : 1 + len(start)] <= start][::-1]
    elif start is not None:
        expected = [key for key in expected if key[1:] >= start]
    with tempfile.TemporaryDirectory() as directory:
        store = Store.open(Path(directory), MAP_SIZE)
        store.write_now(1, fill)
        store.write_now(2, fill)
        store.refresh()
        assert store.read(1, scan) == expected
        store.close()
