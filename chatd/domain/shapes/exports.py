"""Exports."""

from __future__ import annotations

from typing import TypedDict


class ExportFile(TypedDict):
    """Where a file is, below this server's address, and until when, in milliseconds."""

    url: str
    expires_at: int


class Export(TypedDict):
    """What is to be exported, and its file when it is; `status` is `scheduled`, `processing` or `done`."""

    request_id: str
    data_type: str
    status: str
    format: str
    csv_delimiter: str
    timezone: str
    created_at: int
    start_ts: int
    end_ts: int
    sender_ids: list[str]
    exclude_sender_ids: list[str]
    channel_urls: list[str]
    exclude_channel_urls: list[str]
    channel_custom_types: list[str]
    exclude_channel_custom_types: list[str]
    user_ids: list[str]
    show_read_receipt: bool
    show_channel_metadata: bool
    file: ExportFile | None


class Exports(TypedDict):
    """A page of exports, the oldest first."""

    exported_data: list[Export]
    next: str
