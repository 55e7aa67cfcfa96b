"""Public channels, for users to find and join."""

from __future__ import annotations

from itertools import islice

from chatd.domain import shapes
from chatd.domain.channels.channels import as_seen_by
from chatd.domain.channels.filters import CustomTypes
from chatd.domain.channels.metadata import metadata_of
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelName, CustomType, PageLimit, PageToken
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# So many channels are looked at for a page, whether they are shown or not.
LOOKED_AT = 10_000


class Public(Input, frozen=True):
    """A page of public channels, the newest first."""

    token: PageToken = ""
    limit: PageLimit = 10
    show_frozen: bool = True
    show_metadata: bool = False
    custom_types: CustomTypes | None = None
    custom_type_startswith: CustomType = ""
    name_contains: ChannelName = ""
    name_startswith: ChannelName = ""


@command("channels.list_public", Right.BOTH, Kind.SCAN, example={"name_contains": ""}, result=shapes.GroupChannels)
def list_public(txn: Transaction, actor: Actor, input: Public) -> Resource:
    """Channels that anybody may find and join.

    A page may have fewer channels than asked for, or none, and still be followed by another: `next` says so.
    """
    page = Page(input.token, input.limit, (int,))
    channels = (channel for _, channel in txn.scan(tables.CHANNELS, start=page.start, reverse=True))
    for channel in islice(channels, LOOKED_AT):
        if _is_wanted(channel, input) and not page.add((channel.number,), channel):
            break
    else:
        _go_on(page, next(channels, None))
    found = [as_seen_by(txn, actor, channel) for channel in page.items]
    if input.show_metadata:
        for channel, resource in zip(page.items, found, strict=True):
            resource["metadata"] = metadata_of(txn, channel.number)
    return {"channels": found, "next": page.next, "ts": txn.now}


def _go_on(page: Page, channel: Channel | None) -> None:
    if channel is not None:
        page.cut((channel.number,))


def _is_wanted(channel: Channel, input: Public) -> bool:
    name = channel.name.casefold()
    return (
        channel.is_public
        and channel.is_discoverable
        and not channel.is_open
        and (input.show_frozen or not channel.is_frozen)
        and (input.custom_types is None or channel.custom_type in input.custom_types)
        and channel.custom_type.startswith(input.custom_type_startswith)
        and input.name_contains.casefold() in name
        and name.startswith(input.name_startswith.casefold())
    )
