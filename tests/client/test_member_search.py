"""Which members of a channel are found."""

from __future__ import annotations

from typing import cast

from chatd.client import Channel, Session
from chatd.client.member_search import MemberSearch


class Place:
    """A channel with these others, whose names and ids are written `name/id`."""

    def __init__(self, *others: str) -> None:
        self.others = [dict(zip(("nickname", "user_id"), each.split("/"), strict=True)) for each in others]


def _found(text: str, *others: str) -> list[str]:
    search = MemberSearch(cast("Session", None))
    return [member["user_id"] for member in search.known(cast("Channel", Place(*others)), text)]


def test_whose_name_begins_so_comes_first_then_later_words_then_ids() -> None:
    assert _found("be", "Zoe/bert", "Abel/x", "Lou Bell/lou", "Anne-Beth/anne", "benno/b", "Bea/a") == [
        "a",
        "b",
        "anne",
        "lou",
        "bert",
    ]


def test_who_has_no_name_is_found_by_the_id_and_nothing_finds_all() -> None:
    assert _found("ÉM", "/émile", "Zoe/zoe") == ["émile"]
    assert _found("", "Zoe/zoe", "Ann/ann") == ["ann", "zoe"]
