"""Lists of members: pages join up to what looking at everybody finds, for every filter and order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain.channels import members
from chatd.errors import InvalidValue, TooLong
from chatd.store.names import folded
from chatd.store.store import Store
from tests.domain.conftest import MAP_SIZE, MEMORY, World

NICKNAMES = [
    "Zoë",
    "zoe",
    "ÉMILE",
    "émile",
    "",
    "B\0b",
    "Bob",
    "bobby",
    "STRASSE",
    "straße",
    "\U0001f600" * 80,
    "ΐ" * 80,
]
OPERATORS = ("user1", "user4", "user6")
INVITED = ("user2", "user6", "user9")
INACTIVE = ("user3",)


@pytest.fixture(scope="module")
def crowd() -> Iterator[World]:
    """A channel of users with all kinds of names: some operate it, some are asked, one is not active."""
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory), MAP_SIZE))
        for number, nickname in enumerate(NICKNAMES):
            world.backend("users.create", user_id=f"user{number}", nickname=f"before {number}")
            world.client(
                f"user{number}", "users.update_invitation_preference", auto_accept=f"user{number}" not in INVITED
            )
        made = {"user_ids": [f"user{n}" for n in range(len(NICKNAMES))], "operator_ids": OPERATORS}
        world.backend("channels.create", channel_url="crowd", **made)
        for number, nickname in enumerate(NICKNAMES):
            world.backend("users.update", user_id=f"user{number}", nickname=nickname)
        for user_id in INACTIVE:
            world.backend("users.update", user_id=user_id, is_active=False, leave_all_when_deactivated=False)
        yield world
        world.store.close()


filters = st.fixed_dictionaries(
    {},
    optional={
        "order": st.sampled_from(["member_nickname_alphabetical", "operator_then_member_alphabetical"]),
        "operator_filter": st.sampled_from(["all", "operator", "nonoperator"]),
        "member_state_filter": st.sampled_from(["all", "joined_only", "invited_only"]),
        "member_active_mode_filter": st.sampled_from(["all", "activated", "deactivated"]),
        "muted_member_filter": st.sampled_from(["all", "muted", "unmuted"]),
        "nickname_startswith": st.sampled_from(["", "z", "ZO", "é", "b", "B\0", "strass", "x", "\U0001f600"]),
        "user_ids": st.lists(st.sampled_from([f"user{n}" for n in range(14)]), unique=True),
    },
)


@settings(deadline=None)
@given(filters, st.integers(1, 7))
def test_pages_join_up_to_what_passes_the_filters(crowd: World, wanted: dict[str, Any], limit: int) -> None:
    assert walked(crowd, wanted, limit) == expected(wanted)


@settings(deadline=None, max_examples=30)
@given(filters, st.integers(1, 3))
def test_pages_may_be_short(crowd: World, wanted: dict[str, Any], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "MAX_LOOKED_AT", most)
        assert walked(crowd, wanted, 100) == expected(wanted)


def walked(world: World, wanted: dict[str, Any], limit: int) -> list[str]:
    found: list[str] = []
    token = ""
    while True:
        page = world.client("user0", "members.list", channel_url="crowd", limit=limit, token=token, **wanted)
        assert len(page["members"]) <= limit
        found += [member["user_id"] for member in page["members"]]
        token = page["next"]
        if not token:
            return found


def expected(wanted: dict[str, Any]) -> list[str]:
    """By looking at everybody."""
    leads = wanted.get("order") == "operator_then_member_alphabetical"
    found = []
    for number, nickname in enumerate(NICKNAMES):
        user_id = f"user{number}"
        is_joined, is_operator = user_id not in INVITED, user_id in OPERATORS and user_id not in INVITED
        if (
            wanted.get("operator_filter", "all") in ("all", "operator" if is_operator else "nonoperator")
            and wanted.get("member_state_filter", "all") in ("all", "joined_only" if is_joined else "invited_only")
            and wanted.get("muted_member_filter") != "muted"
            and wanted.get("member_active_mode_filter", "activated")
            in ("all", "deactivated" if user_id in INACTIVE else "activated")
            and folded(nickname).startswith(folded(wanted.get("nickname_startswith", "")))
            and user_id in wanted.get("user_ids", [user_id])
        ):
            found.append((int(leads and not is_operator), folded(nickname).encode(), number, user_id))
    return [each[3] for each in sorted(found)]


@pytest.mark.parametrize("key", [(0, "a\0b", 1), (0, "a", -1), (0, "a", 2**70)])
def test_a_token_that_was_made_up_is_refused(crowd: World, key: tuple[int, str, int]) -> None:
    page = members.Page("", 1, (int, str, int))
    try:
        page.cut(key)
    except OverflowError:
        return  # no token can say it
    with pytest.raises(InvalidValue):
        crowd.client("user0", "members.list", channel_url="crowd", token=page.next)


def test_a_prefix_has_a_limit(crowd: World) -> None:
    with pytest.raises(TooLong):
        crowd.client("user0", "members.list", channel_url="crowd", nickname_startswith="x" * 81)
