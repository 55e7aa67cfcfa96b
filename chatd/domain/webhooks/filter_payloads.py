"""What is told of filters, of whom users block, and of when they want to be notified."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.resources.notifications import channel_preference_resource, push_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.webhooks.message_payloads import told_message
from chatd.domain.webhooks.parts import told_channel, told_user
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.model import OwnSettings
from chatd.store.transaction import Transaction


@payload.register
def _(event: events.FilterHit, txn: Transaction, telling: Telling) -> Resource:
    place = {"channel": told_channel(txn, event.channel)}
    if telling.category.endswith(":moderate"):
        done = {"moderated_at": telling.time, "moderation_action": event.penalty}
        return done | {"user": told_user(txn, event.user)} | place
    if telling.category.endswith(":block"):
        # What was refused is kept nowhere.
        return {"blocked_at": telling.time, "sender": told_user(txn, event.user), "message": ""} | place
    return _found_in(event, txn, telling) | place


def _found_in(event: events.FilterHit, txn: Transaction, telling: Telling) -> Resource:
    message = current_message(txn, event.message)
    if message is None:
        return {"sender": told_user(txn, event.user), "payload": {"message_id": event.message}, "replaced_text": ""}
    return told_message(txn, message, telling) | {"replaced_text": message.text}


@payload.register
def _(event: events.UserBlocked, txn: Transaction, telling: Telling) -> Resource:
    both = {"blocker": told_user(txn, event.user), "blockee": told_user(txn, event.blocked)}
    return {"blocked_at": telling.time} | both


@payload.register
def _(event: events.UserUnblocked, txn: Transaction, telling: Telling) -> Resource:
    both = {"unblocker": told_user(txn, event.user), "unblockee": told_user(txn, event.blocked)}
    return {"unblocked_at": telling.time} | both


@payload.register
def _(event: events.PushPreferenceChanged, txn: Transaction, telling: Telling) -> Resource:
    told = {"updated_at": telling.time, "user": told_user(txn, event.user)}
    return told | {"push_preference": push_preference_resource(event.preference)}


@payload.register
def _(event: events.ChannelPreferenceChanged, txn: Transaction, telling: Telling) -> Resource:
    own = OwnSettings(push=event.push, sound=event.sound, counts=event.counts)
    told = {"updated_at": telling.time, "user": told_user(txn, event.user)}
    return told | {"channel": told_channel(txn, event.channel), "push_preference": channel_preference_resource(own)}
