"""What happens to the metadata and the counters of channels."""

from __future__ import annotations

import msgspec

from chatd.events.told import OfChannel


class ChannelMetadataChanged(OfChannel, frozen=True, tag=46):
    """Items of a channel's metadata were created, have another value, or are gone."""

    created: dict[str, str] = msgspec.field(default_factory=dict)
    updated: dict[str, str] = msgspec.field(default_factory=dict)
    deleted: tuple[str, ...] = ()


class ChannelMetacountersChanged(OfChannel, frozen=True, tag=47):
    """Counters of a channel were created, have another value, or are gone."""

    created: dict[str, int] = msgspec.field(default_factory=dict)
    updated: dict[str, int] = msgspec.field(default_factory=dict)
    deleted: tuple[str, ...] = ()
