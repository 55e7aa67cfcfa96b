"""The nouns of chatd as records.

Stored records are arrays on disk: the order of fields is the format. A new field goes to the end with a default;
a field is never removed or moved. Times are Unix milliseconds. `number` is the sequence number of the event that
created a thing: it identifies users and channels inside their application and never changes.
"""

from __future__ import annotations

from chatd.model.announcements import Announcement
from chatd.model.application_settings import Emoji, EmojiCategory, ReactionSettings
from chatd.model.auto_messages import AutoMessage, AutoMessages
from chatd.model.bots import Bot
from chatd.model.calls import Actor, Publication
from chatd.model.channels import Channel, ChannelState, Member
from chatd.model.exports import Export, ExportWanted
from chatd.model.files import File, FileUse, Thumbnail, Upload
from chatd.model.filters import DomainFilter, Moderation, Penalty, WordFilter
from chatd.model.identities import Attempt, Identity, LinkedIdentity
from chatd.model.integrations import IncomingWebhook, SlashCommand
from chatd.model.invitations import Invitation, Invitee
from chatd.model.log import Head, PrivacyRequest, Retention
from chatd.model.messages import Message, MessagePush, Thread
from chatd.model.notifications import PushPreference, QuietTime
from chatd.model.own import Draft, Following
from chatd.model.pace import Pace
from chatd.model.pins import Pin
from chatd.model.polls import Poll, PollOption, PollState
from chatd.model.previews import LinkPreview, Preview
from chatd.model.push import ApnsProvider, FcmAccount, HmsApp, PushCursor, PushSettings, PushToken, WebPushKey
from chatd.model.record import Record
from chatd.model.reports import ReportState
from chatd.model.sanctions import Sanction
from chatd.model.scheduled import Scheduled
from chatd.model.settings import OwnSettings
from chatd.model.statistics import (
    Announced,
    ChannelSegment,
    CountedChannel,
    Counting,
    Day,
    DayCounters,
    Generation,
    MessageSegment,
)
from chatd.model.tenants import (
    Account,
    AccountSession,
    ApiToken,
    Application,
    Browser,
    Invite,
    OrganizationKey,
    PasswordReset,
    SecondFactor,
    Session,
    Starred,
    TeamMember,
)
from chatd.model.users import Status, User
from chatd.model.webhooks import DeadDelivery, Delivery, DeliveryAttempt, Lane, Webhook

__all__ = [
    "Account",
    "AccountSession",
    "Actor",
    "Announced",
    "Announcement",
    "ApiToken",
    "ApnsProvider",
    "Application",
    "Attempt",
    "AutoMessage",
    "AutoMessages",
    "Bot",
    "Browser",
    "Channel",
    "ChannelSegment",
    "ChannelState",
    "CountedChannel",
    "Counting",
    "Day",
    "DayCounters",
    "DeadDelivery",
    "Delivery",
    "DeliveryAttempt",
    "DomainFilter",
    "Draft",
    "Emoji",
    "EmojiCategory",
    "Export",
    "ExportWanted",
    "FcmAccount",
    "File",
    "FileUse",
    "Following",
    "Generation",
    "Head",
    "HmsApp",
    "Identity",
    "IncomingWebhook",
    "Invitation",
    "Invite",
    "Invitee",
    "Lane",
    "LinkPreview",
    "LinkedIdentity",
    "Member",
    "Message",
    "MessagePush",
    "MessageSegment",
    "Moderation",
    "OrganizationKey",
    "OwnSettings",
    "Pace",
    "PasswordReset",
    "Penalty",
    "Pin",
    "Poll",
    "PollOption",
    "PollState",
    "Preview",
    "PrivacyRequest",
    "Publication",
    "PushCursor",
    "PushPreference",
    "PushSettings",
    "PushToken",
    "QuietTime",
    "ReactionSettings",
    "Record",
    "ReportState",
    "Retention",
    "Sanction",
    "Scheduled",
    "SecondFactor",
    "Session",
    "SlashCommand",
    "Starred",
    "Status",
    "TeamMember",
    "Thread",
    "Thumbnail",
    "Upload",
    "User",
    "WebPushKey",
    "Webhook",
    "WordFilter",
]
