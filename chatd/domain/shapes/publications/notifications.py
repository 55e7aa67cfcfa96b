"""What a user's own devices are told of how the user is notified."""

from __future__ import annotations

from typing import Literal, TypedDict

from chatd.domain.shapes.notifications import PushPreference


class PushPreferenceChanged(TypedDict):
    """The user is notified so from now on, in all channels. To the own devices."""

    type: Literal["push_preference.changed"]
    push_preference: PushPreference


class ChannelPreferenceChanged(TypedDict):
    """The user is notified so of a channel, and this of it is counted. To the own devices."""

    type: Literal["channel.preference_changed"]
    channel_url: str
    push_trigger_option: str
    push_sound: str
    is_push_enabled: bool
    count_preference: str
