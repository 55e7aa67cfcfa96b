"""The Python client: `Chat` for people, `Bot` for programs that speak, `Backend` for the Platform API."""

from chatd.client import errors
from chatd.client.bot import Bot, Context
from chatd.client.failures import Closed, Failure, Overrun, Refused, SignedOut, Unreachable
from chatd.client.files import Upload
from chatd.client.session import Session

__all__ = [
    "Bot",
    "Closed",
    "Context",
    "Failure",
    "Overrun",
    "Refused",
    "Session",
    "SignedOut",
    "Unreachable",
    "Upload",
    "errors",
]
