"""Query strings of the Platform API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.errors import InvalidUrl
from chatd.http.platform import query

LISTS = frozenset({"ids"})
Ids = st.lists(st.text(min_size=1), min_size=1)


def ids(raw: str) -> Any:
    return query.parse(raw.encode(), LISTS)["ids"]


@given(Ids)
def test_items_may_be_encoded_one_by_one(items: list[str]) -> None:
    """A single item with a comma in it looks like two: it needs the encoding below."""
    if len(items) > 1:
        assert ids("ids=" + ",".join(quote(item, safe="") for item in items)) == items


@given(st.lists(st.text(min_size=1).filter(lambda item: "%" not in item), min_size=1))
def test_items_may_be_encoded_twice(items: list[str]) -> None:
    whole = ",".join(item.replace(",", "%2C") for item in items)
    assert ids(urlencode({"ids": whole})) == items


@given(st.lists(st.text(min_size=1).filter(lambda item: "," not in item and "%" not in item), min_size=1))
def test_all_ways_of_writing_a_list_are_the_same(items: list[str]) -> None:
    repeated = "&".join(f"ids={quote(item, safe='')}" for item in items)
    bracketed = "&".join(f"ids%5B%5D={quote(item, safe='')}" for item in items)
    assert ids(urlencode({"ids": ",".join(items)})) == ids(repeated) == ids(bracketed) == items


@given(st.binary())
def test_anything_is_read_or_refused(raw: bytes) -> None:
    try:
        query.parse(raw, LISTS)
    except InvalidUrl:
        return


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("", {}),
        ("ids=", {"ids": []}),
        ("ids=a%2Cb", {"ids": ["a", "b"]}),
        ("ids=a%252Cb%2Cc", {"ids": ["a,b", "c"]}),
        ("ids=a%2Cb,c", {"ids": ["a,b", "c"]}),
        ("limit=1&limit=2&=3&&flag", {"limit": "2", "flag": ""}),
        ("name=a+b%20c%2Bd,e", {"name": "a b c+d,e"}),
    ],
)
def test_examples(raw: str, found: dict[str, Any]) -> None:
    assert query.parse(raw.encode(), LISTS) == found
