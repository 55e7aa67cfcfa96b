"""Of which messages a person is notified."""

from __future__ import annotations

from typing import Any, cast

import pytest

from chatd.client import Channel, Session
from chatd.client.notifications import Notifications
from chatd.client.schema import Message, PushPreference


class Somebody:
    """Whose session it is."""

    user_id = "ann"


class Place:
    """A channel with something chosen in it."""

    def __init__(self, notifications: str, *, is_hidden: bool = False) -> None:
        self.notifications = notifications
        self.is_hidden = is_hidden


SAID: dict[str, Any] = {
    "user": {"user_id": "bob"},
    "mention_type": "users",
    "mentioned_users": [],
    "message_events": {"send_push_notification": "receivers"},
}
NAMED = SAID | {"mentioned_users": [{"user_id": "ann"}]}
CALLED = SAID | {"mention_type": "channel"}
REPLY = SAID | {"parent_message_id": 7}
OF_BOT = NAMED | {"user": {"user_id": "echo", "is_bot": True}}


def _wants(message: dict[str, Any], chosen: str = "default", *, is_hidden: bool = False, **preference: Any) -> bool:
    found = {
        "push_trigger_option": "all",
        "snooze_enabled": False,
        "do_not_disturb": False,
        "enable_push_for_replies": True,
        "block_push_from_bots": False,
        **preference,
    }
    notifications = Notifications(cast("Session", Somebody()))
    notifications._merge(cast("PushPreference", found))
    return notifications.wants(cast("Channel", Place(chosen, is_hidden=is_hidden)), cast("Message", message))


@pytest.mark.parametrize(
    ("for_all", "chosen", "said", "named"),
    [
        ("all", "default", True, True),
        ("all", "mention_only", False, True),
        ("all", "off", False, False),
        ("mention_only", "default", False, True),
        ("mention_only", "all", True, True),
        ("off", "default", False, False),
        ("off", "all", False, False),
    ],
)
def test_what_is_chosen_in_a_channel_goes_before_what_is_for_all_unless_that_is_off(
    for_all: str, chosen: str, said: bool, named: bool
) -> None:
    assert _wants(SAID, chosen, push_trigger_option=for_all) == said
    assert _wants(NAMED, chosen, push_trigger_option=for_all) == named
    assert _wants(CALLED, chosen, push_trigger_option=for_all) == named


def test_replies_and_bots_may_be_passed_over() -> None:
    assert _wants(REPLY)
    assert not _wants(REPLY, enable_push_for_replies=False)
    assert _wants(REPLY | {"mention_type": "channel"}, enable_push_for_replies=False)
    assert _wants(OF_BOT)
    assert not _wants(OF_BOT, block_push_from_bots=True)


def test_nobody_is_notified_of_what_asks_for_no_notice_or_is_their_own_or_hidden() -> None:
    assert not _wants(NAMED | {"message_events": {"send_push_notification": "none"}})
    assert not _wants(NAMED, is_hidden=True)
    assert not _wants(SAID | {"user": {"user_id": "ann"}})


def test_of_what_the_server_says_in_nobodys_name_one_is_notified() -> None:
    assert _wants({name: value for name, value in SAID.items() if name != "user"})


def test_before_it_is_loaded_everything_is_told() -> None:
    notifications = Notifications(cast("Session", Somebody()))
    assert notifications.wants(cast("Channel", Place("default")), cast("Message", REPLY))
    assert (notifications.trigger, notifications.paused_until) == ("all", 0)
    assert (notifications.quiet_hours, notifications.quiet_week) == (None, None)


def test_in_a_pause_nothing_is_told() -> None:
    far = 4_000_000_000_000
    assert not _wants(NAMED, snooze_enabled=True, snooze_start_ts=0, snooze_end_ts=far)
    assert _wants(NAMED, snooze_enabled=True, snooze_start_ts=0, snooze_end_ts=1)
    assert _wants(NAMED, snooze_enabled=True, snooze_start_ts=far, snooze_end_ts=far + 1)
    assert _wants(NAMED, snooze_enabled=False, snooze_start_ts=0, snooze_end_ts=far)
