"""Which kinds of channel exclude each other."""

from __future__ import annotations

from chatd.errors import IncompatibleValues
from chatd.model import Channel


def check_kind(channel: Channel) -> None:
    """Raise IncompatibleValues for a channel that would be two things at once."""
    if channel.is_distinct and channel.is_public:
        raise IncompatibleValues('"is_distinct" and "is_public" exclude each other.')
    if channel.is_distinct and channel.is_super:
        raise IncompatibleValues('"is_distinct" and "is_super" exclude each other.')
    if channel.access_code and not channel.is_public:
        raise IncompatibleValues('"access_code" is for public channels.')
