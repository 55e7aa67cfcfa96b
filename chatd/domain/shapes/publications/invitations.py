"""What is told of invitations."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.channels import GroupChannel
from chatd.domain.shapes.users import BasicUser, Member


class MemberInvited(TypedDict):
    """Users were invited."""

    type: Literal["member.invited"]
    channel_url: str
    members: list[Member]
    inviter: NotRequired[BasicUser]


class InvitationsEnded(TypedDict):
    """Users who were invited have declined, or their invitations were canceled."""

    type: Literal["invitation.declined", "invitation.canceled"]
    channel_url: str
    users: list[BasicUser]


class InvitationReceived(TypedDict):
    """The user is invited. To the own devices."""

    type: Literal["invitation.received"]
    channel_url: str
    channel: GroupChannel


class InvitationEnded(TypedDict):
    """The user is invited no more: `declined`, `canceled` or `deleted`, with the channel. To the own devices."""

    type: Literal["invitation.ended"]
    channel_url: str
    reason: str


class InvitationPreferenceChanged(TypedDict):
    """Whether the user becomes a member at once when invited. To the own devices."""

    type: Literal["invitation_preference.changed"]
    auto_accept: bool
