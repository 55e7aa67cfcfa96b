"""The categories of events that a webhook can be told of, and which of them an event of the log is."""

from __future__ import annotations

from functools import singledispatch
from typing import Final

from chatd import events
from chatd.domain.webhooks.parts import channel_of
from chatd.store.transaction import Transaction

EVERYTHING: Final = "*"

TOLD: Final = (
    "open_channel:create",
    "open_channel:remove",
    "open_channel:message_send",
    "open_channel:message_update",
    "open_channel:message_delete",
    "group_channel:create",
    "group_channel:changed",
    "group_channel:remove",
    "group_channel:invite",
    "group_channel:decline_invite",
    "group_channel:join",
    "group_channel:leave",
    "group_channel:message_send",
    "group_channel:message_read",
    "group_channel:message_update",
    "group_channel:message_delete",
    "group_channel:freeze_unfreeze",
    "group_channel:reaction_add",
    "group_channel:reaction_delete",
    "operators:register_by_operator",
    "operators:unregister_by_operator",
    "open_channel:report",
    "group_channel:report",
    "message:report",
    "user:report",
    "user:mute",
    "user:ban",
    "user:deactivate",
    "user:block",
    "user:unblock",
    "user:push_preference",
    "user:push_channel_preference",
    "profanity_filter:replace",
    "profanity_filter:block",
    "profanity_filter:detect",
    "profanity_filter:moderate",
    # chatd's own:
    "user:unmute",
    "user:unban",
    "user:create",
    "user:update",
    "user:delete",
)
# Others have these too. They may be asked for, so that what asks for them works, and nothing comes: of what they are
# about nothing is in the log, or there is no such thing here.
UNTOLD: Final = (
    "open_channel:enter",
    "open_channel:exit",
    "user:device_token_register",
    "user:device_token_unregister",
    "image_moderation:block",
    "message:moderation_extension_triggered",
    "alert:user_message_rate_limit_exceeded",
    "announcement:create_channels",
    "announcement:send_messages",
)
KNOWN: Final = frozenset(TOLD) | frozenset(UNTOLD)


@singledispatch
def categories(event: events.Event, txn: Transaction) -> tuple[str, ...]:
    """What an event is told as: its parts, each by its category, in the order in which they are told."""
    return ()


def lane_of(event: events.Event, sequence: int) -> int:
    """What an event has to be told in order with: the number of its channel, or else of its user."""
    match event:
        case events.MessageSent(message) | events.MessageUpdated(message):
            return message.channel
        case events.ChannelUpdated(channel):
            return channel.number
        case events.UserUpdated(user):
            return user.number
        case events.OfChannel() | events.ChannelRead() | events.FilterHit():
            return event.channel
        case events.ReportMade() | events.ActNoted():
            return event.channel or sequence
        case events.OfUser():
            return event.user
        case _:
            return sequence


@categories.register
def _(event: events.ChannelCreated, txn: Transaction) -> tuple[str, ...]:
    if event.channel.is_open:
        return ("open_channel:create",)
    joined = ("group_channel:join",) if event.members else ()
    invited = ("group_channel:invite",) if event.invitees else ()
    return ("group_channel:create", *joined, *invited)


@categories.register
def _(event: events.ChannelUpdated, txn: Transaction) -> tuple[str, ...]:
    return () if event.channel.is_open else ("group_channel:changed",)


@categories.register
def _(event: events.ChannelFrozen, txn: Transaction) -> tuple[str, ...]:
    return () if channel_of(txn, event.channel).is_open else ("group_channel:freeze_unfreeze",)


@categories.register
def _(event: events.ChannelDeleted, txn: Transaction) -> tuple[str, ...]:
    return (f"{_kind(txn, event.channel)}:remove",)


@categories.register
def _(event: events.UsersInvited, txn: Transaction) -> tuple[str, ...]:
    return ("group_channel:invite",)


@categories.register
def _(event: events.InvitationsEnded, txn: Transaction) -> tuple[str, ...]:
    return ("group_channel:decline_invite",) if event.reason == "declined" else ()


@categories.register
def _(event: events.MemberJoined, txn: Transaction) -> tuple[str, ...]:
    return ("group_channel:join",)


@categories.register
def _(event: events.MemberLeft, txn: Transaction) -> tuple[str, ...]:
    return ("group_channel:leave",)


@categories.register
def _(event: events.OperatorsChanged, txn: Transaction) -> tuple[str, ...]:
    added = ("operators:register_by_operator",) if event.added else ()
    removed = ("operators:unregister_by_operator",) if event.removed else ()
    return (*added, *removed)


@categories.register
def _(event: events.MessageSent, txn: Transaction) -> tuple[str, ...]:
    return (f"{_kind(txn, event.message.channel)}:message_send",)


@categories.register
def _(event: events.MessageUpdated, txn: Transaction) -> tuple[str, ...]:
    return (f"{_kind(txn, event.message.channel)}:message_update",)


@categories.register
def _(event: events.MessageDeleted, txn: Transaction) -> tuple[str, ...]:
    return (f"{_kind(txn, event.channel)}:message_delete",)


@categories.register
def _(event: events.ChannelRead, txn: Transaction) -> tuple[str, ...]:
    return ("group_channel:message_read",)


@categories.register
def _(event: events.ReactionAdded, txn: Transaction) -> tuple[str, ...]:
    return () if channel_of(txn, event.channel).is_open else ("group_channel:reaction_add",)


@categories.register
def _(event: events.ReactionRemoved, txn: Transaction) -> tuple[str, ...]:
    return () if channel_of(txn, event.channel).is_open else ("group_channel:reaction_delete",)


@categories.register
def _(event: events.UserCreated, txn: Transaction) -> tuple[str, ...]:
    return ("user:create",)


@categories.register
def _(event: events.UserUpdated, txn: Transaction) -> tuple[str, ...]:
    return ("user:update",)


@categories.register
def _(event: events.UserDeleted, txn: Transaction) -> tuple[str, ...]:
    return ("user:delete",)


@categories.register
def _(event: events.UserMuted, txn: Transaction) -> tuple[str, ...]:
    return ("user:mute",)


@categories.register
def _(event: events.UserUnmuted, txn: Transaction) -> tuple[str, ...]:
    return ("user:unmute",)


@categories.register
def _(event: events.UserBanned, txn: Transaction) -> tuple[str, ...]:
    return ("user:ban",)


@categories.register
def _(event: events.UserUnbanned, txn: Transaction) -> tuple[str, ...]:
    return ("user:unban",)


@categories.register
def _(event: events.ActNoted, txn: Transaction) -> tuple[str, ...]:
    return ("user:deactivate",) if event.kind == "user.deactivated" else ()


@categories.register
def _(event: events.ReportMade, txn: Transaction) -> tuple[str, ...]:
    of = _kind(txn, event.channel) if event.report_type == "channel" else event.report_type
    return (f"{of}:report",)


@categories.register
def _(event: events.UserBlocked, txn: Transaction) -> tuple[str, ...]:
    return ("user:block",)


@categories.register
def _(event: events.UserUnblocked, txn: Transaction) -> tuple[str, ...]:
    return ("user:unblock",)


@categories.register
def _(event: events.PushPreferenceChanged, txn: Transaction) -> tuple[str, ...]:
    return ("user:push_preference",)


@categories.register
def _(event: events.ChannelPreferenceChanged, txn: Transaction) -> tuple[str, ...]:
    return ("user:push_channel_preference",)


@categories.register
def _(event: events.FilterHit, txn: Transaction) -> tuple[str, ...]:
    of = {"replaced": "replace", "blocked": "block", "detected": "detect"}[event.action]
    return (f"profanity_filter:{of}", *(("profanity_filter:moderate",) if event.is_last else ()))


def _kind(txn: Transaction, channel: int) -> str:
    return "open_channel" if channel_of(txn, channel).is_open else "group_channel"
