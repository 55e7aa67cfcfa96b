"""Whom a text mentions."""

from __future__ import annotations

from chatd.client.mentions import find_mentions, mention_params

USERS = ["ana", "ana.b", "ben", "Zoë 1", "*x*"]


def _mentioned(text: str) -> list[str]:
    return mention_params(text, USERS)["mentioned_user_ids"]


def test_the_longest_id_that_fits_is_meant_and_no_part_of_a_word() -> None:
    assert _mentioned("@ana, @ana.b and @ben.") == ["ana", "ana.b", "ben"]
    assert _mentioned("@anab @ana-x me@ana @@ana _@ben @benß") == []
    assert _mentioned("(@Zoë 1) *@*x**") == ["Zoë 1", "*x*"]


def test_each_is_mentioned_once_and_all_of_the_channel_instead_of_everybody_by_name() -> None:
    assert mention_params("@ben @ben", USERS) == {"mention_type": "users", "mentioned_user_ids": ["ben"]}
    assert mention_params("@ben @channel", USERS) == {"mention_type": "channel", "mentioned_user_ids": []}
    assert mention_params("@channels", USERS) == {"mention_type": "users", "mentioned_user_ids": []}


def test_places_are_where_the_text_says_so() -> None:
    text = "@ana " * 1000 + "😀 @ben"
    found = list(find_mentions(text, ["ana", "ben"]))
    assert len(found) == 1001
    assert all(text[each.start : each.end] == f"@{each.user_id}" for each in found)
