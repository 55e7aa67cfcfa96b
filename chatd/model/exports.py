"""What backends take out: files with what an application holds."""

from __future__ import annotations

from chatd.model.files import File
from chatd.model.record import Record

SCHEDULED, PROCESSING, DONE = "scheduled", "processing", "done"
MESSAGES, CHANNELS, USERS, PERSON = "messages", "channels", "users", "person"


class ExportWanted(Record, frozen=True):
    """What an export is to hold, and how.

    What happened from `start` to `end`, in milliseconds. A list of ids says which alone are in it, None all of them.
    `user` is the number of the person whom an export of the kind PERSON is about.
    """

    format: str = "json"
    delimiter: str = ","
    timezone: str = "UTC"
    start: int = 0
    end: int = 2**53
    sender_ids: tuple[str, ...] | None = None
    exclude_sender_ids: tuple[str, ...] = ()
    channel_urls: tuple[str, ...] | None = None
    exclude_channel_urls: tuple[str, ...] = ()
    custom_types: tuple[str, ...] | None = None
    exclude_custom_types: tuple[str, ...] = ()
    user_ids: tuple[str, ...] | None = None
    has_receipts: bool = True
    has_metadata: bool = False
    user: int = 0


class Export(Record, frozen=True):
    """An export, and how far it is.

    What came to be after event `last` is not in it. It consists of sections, one after the other in a work file, of
    which `size` bytes are on disk; `ends` are where those that are complete end there, and the one after them goes on
    at `place`. Packed, it is the blob `file_id`, which is `file` once it is done, until `expires_at`.
    """

    number: int
    kind: str
    wanted: ExportWanted
    created_at: int
    last: int
    status: str = SCHEDULED
    file_id: str = ""
    ends: tuple[int, ...] = ()
    place: tuple[int, ...] = ()
    size: int = 0
    file: File | None = None
    expires_at: int = 0
