"""What users say of how they are notified, and of what is counted for them."""

from __future__ import annotations

from chatd.events.told import OfUser
from chatd.model import PushPreference


class PushPreferenceChanged(OfUser, frozen=True, tag=132):
    """A user wants to be notified so, in all channels."""

    preference: PushPreference


class ChannelPreferenceChanged(OfUser, frozen=True, tag=133):
    """A member wants to be notified so of a channel: by its number in `chatd.model.settings`, as the user wants it
    everywhere when that is 0; and has counted so what is unread there.
    """

    channel: int
    push: int
    sound: str
    counts: int
