"""Whatever the types of a backend's methods offer, a live server takes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import pytest

from chatd.client import Backend, operations
from tests.gateway.conftest import CHANNEL, Running

Options = list[dict[str, Any]]
TOLD = "told"  # stands for the number of a message
ASKED = "asked"  # for that of a poll which no message shows yet
ITEMS = [{"key": "a", "value": ["b"]}]
NUMBERS = count()

USER: Options = [{"metadata": {"team": "red"}}, {"discovery_keys": ["b"]}, {"preferred_languages": ["en"]}]
CHANNEL_TEXTS: Options = [{"cover_url": "https://a.example/b"}, {"custom_type": "club"}, {"data": "{}"}]
RECEIPTS: Options = [{"show_read_receipt": True}, {"show_delivery_receipt": True}]
DETAILS: Options = [{name: True} for name in operations.MessageDetails.__annotations__]
TEXTS: Options = [
    {"custom_type": "note"},
    {"data": "{}"},
    {"sorted_metaarray": ITEMS},
    {"mention_type": "channel"},
    {"mentioned_user_ids": ["bob"]},
]
MESSAGE: Options = [
    *TEXTS,
    {"is_silent": True},
    {"message_survival_seconds": 60},
    {"pin_message": True},
    {"created_at": 1_700_000_000_000},
    {"send_push": True},
    {"push_message_template": {"title": "Tea", "body": "Now"}},
    {"push_message_template": "alternative"},
    {"apns_bundle_id": "com.example.app"},
    {"apple_critical_alert_options": {"sound": "bell", "volume": 0.5}},
]
MEMBERS: Options = [
    {"limit": 1},
    {"order": "operator_then_member_alphabetical"},
    {"operator_filter": "nonoperator"},
    {"member_state_filter": "joined_only"},
    {"muted_member_filter": "unmuted"},
    {"member_active_mode_filter": "all"},
    {"nickname_startswith": "a"},
    {"user_ids": ["ann", "bob"]},
    {"include_push_preference": True},
    {"user_id": "ann"},
    *RECEIPTS,
]
# Of each class the method that takes it, and all of its options, each with what it has no meaning without.
CASES: dict[type[Any], tuple[Callable[..., Any], Options]] = {
    operations.UserOptions: (lambda b, _, **more: b.users.create(f"user{next(NUMBERS)}", "Somebody", **more), USER),
    operations.UserChange: (
        lambda b, _, **changes: b.users.update("ann", **changes),
        [
            *USER,
            {"nickname": "Ann B"},
            {"profile_url": "https://a.example/ann"},
            {"is_active": False, "leave_all_when_deactivated": False},
        ],
    ),
    operations.UserFilters: (
        lambda b, _, **filters: b.users.list(**filters),
        [
            {"limit": 1},
            {"active_mode": "all"},
            {"show_bot": False},
            {"user_ids": ["ann", "bob"]},
            {"nickname": "ann"},
            {"nickname_startswith": "a"},
            {"search": "a"},
            {"metadatakey": "team", "metadatavalues_in": ["red"]},
            {"discovery_keys": ["b"]},
            {"order": "newest"},
        ],
    ),
    operations.GroupChannelOptions: (
        lambda b, _, **more: b.channels.create(["ann", "bob"], name="Garden", **more),
        [
            *CHANNEL_TEXTS,
            {"is_distinct": True},
            {"is_public": True, "is_discoverable": False, "access_code": "tea"},
            {"users": [{"user_id": "ann"}]},
            {"channel_url": "garden"},
            {"is_super": True, "is_broadcast": True, "operator_ids": ["ann"]},
            {"is_super": True, "is_exclusive": True},
            {"is_ephemeral": True},
            {"inviter_id": "ann", "invitation_status": {"bob": "invited_by_friend"}},
            {"hidden_status": {"bob": "hidden_allow_auto_unhide"}},
            {"strict": True},
        ],
    ),
    operations.GroupChannelDetails: (
        lambda b, _, **query: b.channels.view(CHANNEL, **query),
        [{"show_member": True}, {"show_metadata": True}, {"user_id": "ann"}, *RECEIPTS],
    ),
    operations.GroupChannelChange: (
        lambda b, _, **changes: b.channels.update(CHANNEL, **changes),
        [
            *CHANNEL_TEXTS,
            {"is_distinct": True},
            {"is_distinct": False, "is_super": True},
            {"is_public": True, "is_discoverable": False, "access_code": "tea"},
            {"name": "Kitchen"},
            {"operator_ids": ["ann"]},
            {"message_survival_seconds": 86400},
            {"message_survival_count": 100},
        ],
    ),
    operations.GroupChannelFilters: (
        lambda b, _, **filters: b.channels.list(**filters),
        [
            {"limit": 1},
            {"order": "latest_last_message"},
            {"order": "metadata_value_alphabetical", "metadata_order_key": "a"},
            *({name: True} for name in ("show_empty", "show_frozen", "show_member", "show_metadata")),
            {"distinct_mode": "nondistinct", "public_mode": "private", "super_mode": "nonsuper"},
            {"channel_urls": [CHANNEL, "garden"]},
            {"custom_types": ["club"]},
            *({name: "a"} for name in ("custom_type_startswith", "name", "name_contains", "name_startswith")),
            {"created_after": 1, "created_before": 2},
            {"members_exactly_in": ["ann", "bob"]},
            {"members_include_in": ["ann", "bob"], "query_type": "OR"},
            *({f"members_nickname{end}": "ann"} for end in ("", "_contains", "_startswith")),
            {"search_query": "ann", "search_fields": ["member_nickname"]},
            {"metadata_key": "a", "metadata_values": ["b"]},
            {"metadata_key": "a", "metadata_value_startswith": "b"},
            {"metacounter_key": "a", "metacounter_values": [1, 2]},
            *({"metacounter_key": "a", f"metacounter_value_{each}": 1} for each in ("gt", "gte", "lt", "lte")),
            *RECEIPTS,
        ],
    ),
    operations.MemberFilters: (lambda b, _, **filters: b.channels.members(CHANNEL, **filters), MEMBERS),
    operations.MessageOptions: (
        lambda b, _, **more: b.messages.send(CHANNEL, "ann", "Tea?", **more),
        [
            *MESSAGE,
            {"parent_message_id": TOLD, "reply_to_channel": True},
            {"files": [{"url": "https://a.example/tea.txt", "file_name": "tea.txt"}]},
            {"apply_filters": True},
            {"poll_id": ASKED},
            {"mark_as_read": False},
        ],
    ),
    operations.AdminMessageOptions: (lambda b, _, **more: b.messages.announce(CHANNEL, "Tea!", **more), MESSAGE),
    operations.MessageDetails: (lambda b, told, **query: b.messages.view(CHANNEL, told, **query), DETAILS),
    operations.MessageChange: (lambda b, told, **changes: b.messages.edit(CHANNEL, told, "No", **changes), TEXTS),
    operations.MessageFilters: (
        lambda b, _, **filters: b.messages.list(CHANNEL, **filters),
        [
            *DETAILS,
            {"message_ts": 1},
            {"message_id": TOLD, "prev_limit": 1, "next_limit": 1},
            {"include": False},
            {"reverse": True},
            {"including_removed": True},
            {"sender_id": "ann"},
            {"sender_ids": ["ann", "bob"]},
            {"custom_types": ["note"]},
            {"message_type": "MESG"},
            {"parent_message_id": TOLD},
            {"include_reply_type": "ALL"},
        ],
    ),
}


@pytest.fixture
async def backend(running: Running) -> AsyncIterator[Backend]:
    async with Backend(running.url, running.token) as found:
        yield found


def test_every_class_is_tried() -> None:
    made = {each for each in vars(operations).values() if getattr(each, "__module__", "") == operations.__name__}
    assert made - {operations.PushText} == set(CASES)


@pytest.mark.parametrize("options", CASES, ids=lambda each: each.__name__)
async def test_a_server_takes_every_option(backend: Backend, options: type[Any]) -> None:
    call, cases = CASES[options]
    assert {name for each in cases for name in each} == set(options.__annotations__)
    for each in cases:
        await _tried(backend, call, each)


async def _tried(backend: Backend, call: Callable[..., Any], options: dict[str, Any]) -> None:
    """What is answered says what was asked for, where it says anything of it."""
    told = (await backend.messages.send(CHANNEL, "bob", "Well?"))["message_id"]
    poll = await backend.request("POST", "/polls", {"title": "Tea?", "options": ["Yes"], "user_id": "ann"})
    meant = {TOLD: told, ASKED: poll["id"]}
    given = {name: meant[value] if value in (TOLD, ASKED) else value for name, value in options.items()}
    found = call(backend, told, **given)
    answer = [each async for each in found] if isinstance(found, AsyncIterator) else await found
    if isinstance(answer, dict):
        assert {name: answer.get(name, value) for name, value in given.items()} == given


async def test_an_id_with_a_comma_is_one_in_a_list(backend: Backend) -> None:
    for user_id in ("one,two", "three"):
        await backend.users.create(user_id, "Somebody")
    for wanted in (["one,two"], ["one,two", "three"]):
        found = [user["user_id"] async for user in backend.users.list(user_ids=wanted)]
        assert sorted(found) == sorted(wanted)
