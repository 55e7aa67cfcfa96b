"""Announcements, as they look from outside."""

from __future__ import annotations

from chatd.domain.announcements.timing import rests, text_of
from chatd.domain.resources.resource import Resource
from chatd.model import Announcement
from chatd.model.announcements import RUNNING
from chatd.store import tables
from chatd.store.transaction import Transaction


def announcement_resource(txn: Transaction, announcement: Announcement) -> Resource:
    """An announcement with how far it has come."""
    sender = txn.require(tables.USERS, announcement.sender).user_id if announcement.sender else ""
    is_to_channels = announcement.target_at == "target_channels"
    resting = announcement.status == RUNNING and rests(announcement, txn.now)
    return {
        "unique_id": announcement.unique_id,
        "announcement_group": announcement.group,
        "message": {
            "type": "ADMM" if announcement.is_admin else "MESG",
            "user_id": sender,
            "content": announcement.content,
            "custom_type": announcement.custom_type,
            "data": announcement.data,
        },
        "enable_push": announcement.enable_push,
        "mark_as_read": announcement.mark_as_read,
        "target_at": announcement.target_at,
        "target_channel_type": announcement.channel_type,
        "target_custom_type": ",".join(announcement.custom_types),
        "target_user_count": 0 if is_to_channels else announcement.target_count,
        "target_channel_count": announcement.target_count if is_to_channels else 0,
        "sent_user_count": announcement.sent_users,
        "sent_channel_count": announcement.sent_channels,
        "status": "on-hold" if resting else announcement.status,
        "scheduled_at": announcement.scheduled_at,
        "completed_at": announcement.ended_at,
        "end_at": announcement.end_at,
        "cease_at": text_of(announcement.cease_at),
        "resume_at": text_of(announcement.resume_at),
        "create_channel": announcement.makes_channels,
        "create_channel_options": {name: announcement.channel.get(name, "") for name in OPTIONS},
        "send_to_frozen_channels": announcement.to_frozen,
        "created_at": announcement.created_at,
    }


OPTIONS = ("name", "cover_url", "custom_type", "data")
