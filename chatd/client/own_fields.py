"""What is said of a channel for one person alone."""

from __future__ import annotations

from typing import TypedDict, cast

from chatd.client.schema import GroupChannel


class OwnFields(TypedDict, total=False):
    """What a resource made for everybody does not say."""

    unread_message_count: int
    unread_mention_count: int
    user_last_read: int
    my_role: str
    joined_ts: int
    push_trigger_option: str
    is_push_enabled: bool
    is_hidden: bool
    hidden_state: str
    ts_message_offset: int


def own_fields(resource: GroupChannel) -> OwnFields:
    """Those of a channel."""
    own = OwnFields.__annotations__
    return cast("OwnFields", {field: value for field, value in resource.items() if field in own})
