"""The Python client: `Chat` for people, `Bot` for programs that speak, `Backend` for the Platform API."""

from chatd.client import errors
from chatd.client.backend import Backend
from chatd.client.bot import Bot, Context
from chatd.client.channel import Channel
from chatd.client.chat import Chat
from chatd.client.failures import Closed, Failure, NotLoaded, Overrun, Refused, SignedOut, Unreachable
from chatd.client.files import Upload
from chatd.client.mentions import mention_params
from chatd.client.open_channel import OpenChannel
from chatd.client.outbox import Outgoing
from chatd.client.quiet_hours import QuietHours, QuietTime, QuietWeek
from chatd.client.session import Session
from chatd.client.timeline import Timeline
from chatd.client.tokens import TokenSource

__all__ = [
    "Backend",
    "Bot",
    "Channel",
    "Chat",
    "Closed",
    "Context",
    "Failure",
    "NotLoaded",
    "OpenChannel",
    "Outgoing",
    "Overrun",
    "QuietHours",
    "QuietTime",
    "QuietWeek",
    "Refused",
    "Session",
    "SignedOut",
    "Timeline",
    "TokenSource",
    "Unreachable",
    "Upload",
    "errors",
    "mention_params",
]
