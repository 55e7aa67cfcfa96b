"""What backends do to people in all channels of a custom type, those that there are and those to come."""

from __future__ import annotations

from chatd.events.told import OfChannel, OfUser
from chatd.model import Record


class UserMutedInType(OfUser, frozen=True, tag=107):
    """A user may write in no channel of a type until a time, in milliseconds; what was said before counts no more."""

    custom_type: str
    until: int
    reason: str = ""


class UserUnmutedInType(OfUser, frozen=True, tag=108):
    """A user may write in channels of a type again, before the time was over."""

    custom_type: str


class UserBannedFromType(OfUser, frozen=True, tag=109):
    """A user may be in no channel of a type until a time, in milliseconds. Memberships end by events of their own."""

    custom_type: str
    until: int
    reason: str = ""


class UserUnbannedFromType(OfUser, frozen=True, tag=111):
    """A user may come into channels of a type again, before the time was over."""

    custom_type: str


class TypeOperatorAdded(OfUser, frozen=True, tag=112):
    """A user operates the channels of a type."""

    custom_type: str


class TypeOperatorRemoved(OfUser, frozen=True, tag=113):
    """A user does not operate the channels of a type any more, unless they do one by one."""

    custom_type: str


class ExpulsionAdvanced(Record, frozen=True, tag=114):
    """Channels of a user who was banned from a type were looked through up to `channel`; 0: all. Nobody is told."""

    user: int
    custom_type: str
    channel: int


class MuteTold(OfChannel, frozen=True, tag=115):
    """A channel is told whether a member is muted in it now, after a mute in its custom type began or was ended."""

    user: int


class TellingAdvanced(Record, frozen=True, tag=116):
    """Channels of a user were told of a mute in a type up to `channel`; 0: all. Nobody is told of this itself."""

    user: int
    custom_type: str
    channel: int
