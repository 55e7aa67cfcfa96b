"""The lines of an export: what they are, and how they are written and read.

The first line says what the export is, the last one how many there are and what SHA-256 those before it have. Between
them is the log, an event a line, and then what belongs to the application and is not in the log.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Union, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chatd import events, ids
from chatd.errors import BrokenExport
from chatd.events import Event, LogEntry
from chatd.model import Application, PrivacyRequest
from chatd.transfer.readable import readable, readable_type, stored

VERSION = 1

_ApplicationForm: Any = readable_type(Application)


class Header(Struct, frozen=True, kw_only=True, tag="export"):
    """What an export is. `version` is that of its format, `time` the moment that it shows."""

    version: int
    chatd_version: str
    time: datetime
    application: _ApplicationForm
    epoch: str
    events: int


class LastSeen(Struct, frozen=True, tag="last_seen", forbid_unknown_fields=True):
    """When a user was last connected."""

    user: int
    time: int


class End(Struct, frozen=True, tag="end", forbid_unknown_fields=True):
    """The last line. `sha256` is that of all bytes before it, in hexadecimal digits."""

    lines: int
    sha256: str


# Who asked to be forgotten, and whether that is done.
PrivacyRequestForm: Any = readable_type(PrivacyRequest, "privacy_request")


def name_of(event: type[Event]) -> str:
    """What an event is called in an export, and elsewhere: `MessageSent` is message.sent."""
    noun, *verb = re.findall("[A-Z][a-z]*", event.__name__)
    return f"{noun}.{'_'.join(verb)}".lower()


EVENTS: dict[type[Any], type[Struct]] = {
    event: readable_type(event, name_of(event), sequence=int, time=int) for event in get_args(events.Event)
}
_RECORDS = {form: event for event, form in EVENTS.items()}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Union[(Header, LastSeen, PrivacyRequestForm, End, *EVENTS.values())])


def encode(line: Struct) -> bytes:
    """A line, with its end."""
    return _encoder.encode(line) + b"\n"


def encode_event(sequence: int, entry: LogEntry) -> bytes:
    """The line of an event."""
    return encode(readable(entry.event, EVENTS[type(entry.event)], sequence=sequence, time=entry.time))


def decode(raw: bytes, where: str) -> Any:
    """What a line says: a Header, a LastSeen, an End, or an event's form. Raises BrokenExport."""
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BrokenExport(f"{where}: {error}") from error


def event_of(line: Any) -> tuple[int, LogEntry] | None:
    """The place in the log that a line is about, None for another line."""
    event = _RECORDS.get(type(line))
    return None if event is None else (line.sequence, LogEntry(line.time, stored(line, event)))  # type: ignore[arg-type]


def application_form(application: Application) -> Any:
    """An application as the header names it, without its secret."""
    return readable(replace(application, secret=""), _ApplicationForm)


def application_of(header: Header) -> Application:
    """The application that a header names, with a new secret; its number is that of the server that it came from."""
    found = stored(header.application, Application)
    assert isinstance(found, Application)
    return replace(found, secret=ids.new_secret())


def encode_privacy_request(request: PrivacyRequest) -> bytes:
    """The line of a privacy request."""
    return encode(readable(request, PrivacyRequestForm))


def privacy_request_of(line: Any) -> PrivacyRequest | None:
    """The privacy request that a line is about, None for another line."""
    if not isinstance(line, PrivacyRequestForm):
        return None
    found = stored(line, PrivacyRequest)
    assert isinstance(found, PrivacyRequest)
    return found
