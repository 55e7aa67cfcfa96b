"""What backends ask to be exported. A job makes the files: see `chatd.domain.exports.progress`."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.exports.progress import schedule
from chatd.domain.fields import ChannelUrl, CustomType, Milliseconds, PageLimit, PageToken, UserId, UserIds
from chatd.domain.messages.file_links import signed_address
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.push_preference import check_timezone
from chatd.errors import InvalidValue, NotFound
from chatd.model import Actor, Export, ExportWanted
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_SENDERS: Final = 10

DataType = Literal["messages", "channels", "users"]
SenderIds = Annotated[tuple[UserId, ...], Meta(max_length=MAX_SENDERS)]
ChannelUrls = Annotated[tuple[ChannelUrl, ...], Meta(max_length=100)]
CustomTypes = Annotated[tuple[CustomType, ...], Meta(max_length=100)]
Number = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[0-9]+\Z")]


class Create(Input, frozen=True):
    """What happened from `start_ts` to `end_ts`; of lists only what is named, but for those that exclude."""

    data_type: DataType
    start_ts: Milliseconds
    end_ts: Milliseconds
    format: Literal["json", "csv"] = "json"
    csv_delimiter: Literal[",", ";", "\t", "|"] = ","
    timezone: Annotated[str, Meta(max_length=64)] = "UTC"
    sender_ids: SenderIds | None = None
    exclude_sender_ids: SenderIds = ()
    channel_urls: ChannelUrls | None = None
    exclude_channel_urls: ChannelUrls = ()
    channel_custom_types: CustomTypes | None = None
    exclude_channel_custom_types: CustomTypes = ()
    user_ids: UserIds | None = None
    show_read_receipt: bool = True
    show_channel_metadata: bool = False


class View(Input, frozen=True):
    """An export."""

    data_type: DataType
    request_id: Number


class List(Input, frozen=True):
    """A page of exports, the oldest first."""

    data_type: DataType
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "exports.create",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"data_type": "messages", "start_ts": 0, "end_ts": 1_900_000_000_000, "channel_urls": ["garden"]},
    is_idempotent=False,
    result=shapes.Export,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Ask for a file with messages, channels or users, made in the background. LimitExceeded when too many wait."""
    if input.start_ts > input.end_ts:
        raise InvalidValue('"start_ts" must not be later than "end_ts".')
    check_timezone(input.timezone)
    return export_resource(txn, schedule(txn, input.data_type, _wanted(input)))


@command(
    "exports.view",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"data_type": "messages", "request_id": "$export"},
    result=shapes.Export,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """How far an export is, and where its file is when it is done."""
    export = txn.get(tables.EXPORTS, int(input.request_id))
    if export is None or export.kind != input.data_type:
        raise NotFound("Export")
    return export_resource(txn, export)


@command(
    "exports.list",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"data_type": "messages"},
    result=shapes.Exports,
)
def list_exports(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Exports of a kind that wait or whose files are kept, the oldest first."""
    page = Page(input.token, input.limit, (int,))
    for key, export in txn.scan(tables.EXPORTS, start=page.start):
        if export.kind == input.data_type and not page.add(key, export_resource(txn, export)):
            break
    return {"exported_data": page.items, "next": page.next}


def export_resource(txn: Transaction, export: Export) -> dict[str, Any]:
    """An export as backends see it."""
    wanted = export.wanted
    return {
        "request_id": str(export.number),
        "data_type": export.kind,
        "status": export.status,
        "format": wanted.format,
        "csv_delimiter": wanted.delimiter,
        "timezone": wanted.timezone,
        "created_at": export.created_at,
        "start_ts": wanted.start,
        "end_ts": wanted.end,
        "sender_ids": list(wanted.sender_ids or ()),
        "exclude_sender_ids": list(wanted.exclude_sender_ids),
        "channel_urls": list(wanted.channel_urls or ()),
        "exclude_channel_urls": list(wanted.exclude_channel_urls),
        "channel_custom_types": list(wanted.custom_types or ()),
        "exclude_channel_custom_types": list(wanted.exclude_custom_types),
        "user_ids": list(wanted.user_ids or ()),
        "show_read_receipt": wanted.has_receipts,
        "show_channel_metadata": wanted.has_metadata,
        "file": file_of(txn, export),
    }


def file_of(txn: Transaction, export: Export | None) -> Resource | None:
    """Where the file of an export is, and until when; None while there is none."""
    if export is None or export.file is None:
        return None
    return {"url": signed_address(txn, export.file, export.expires_at // 1000), "expires_at": export.expires_at}


def _wanted(input: Create) -> ExportWanted:
    return ExportWanted(
        input.format,
        input.csv_delimiter,
        input.timezone,
        input.start_ts,
        input.end_ts,
        input.sender_ids,
        input.exclude_sender_ids,
        input.channel_urls,
        input.exclude_channel_urls,
        input.channel_custom_types,
        input.exclude_channel_custom_types,
        input.user_ids,
        input.show_read_receipt,
        input.show_channel_metadata,
    )
