"""Messages and threads."""

from __future__ import annotations

from chatd.model.files import File
from chatd.model.record import Record


class MessagePush(Record, frozen=True):
    """What devices are told of a message, where it is not as usual; nothing where `is_sent` is False.

    `template` is one of the application's; `title` and `body` are said in its place. `topic` is the bundle id of the
    app of Apple's that is told. With a `volume` from 0 to 1 it is a critical alert, with the sound `sound`.
    """

    is_sent: bool = True
    template: str = ""
    title: str = ""
    body: str = ""
    topic: str = ""
    sound: str = ""
    volume: float = -1.0


class Message(Record, frozen=True):
    """A message; `message_id` is the sequence number of the event that created it.

    `sender` is 0 for an admin message. `edit` is the sequence number of the last edit, 0 for none. `parent` is the
    message that it replies to, 0 for none; `is_in_channel` shows a reply outside of its thread too. `meta` is the
    sorted meta array. `poll` is the poll that it shows. It disappears at `expires_at`, in milliseconds. `translations`
    are its text in other languages, by language. `push` is None where devices are told as usual. Where it
    `leaves_unread`, its sender has not read the channel by sending it. What the server writes by itself is `about` some
    users, who are named in it. A copy of a message is `forwarded_from` who said it first, 0 for nobody.
    """

    message_id: int
    channel: int
    sender: int
    ordinal: int
    created_at: int
    text: str
    data: str = ""
    custom_type: str = ""
    req_id: str = ""
    updated_at: int = 0
    is_removed: bool = False
    mention_type: str = "users"
    mentioned: tuple[int, ...] = ()
    is_silent: bool = False
    edit: int = 0
    parent: int = 0
    files: tuple[File, ...] = ()
    is_in_channel: bool = False
    meta: tuple[tuple[str, tuple[str, ...]], ...] = ()
    poll: int = 0
    expires_at: int = 0
    translations: tuple[tuple[str, str], ...] = ()
    push: MessagePush | None = None
    leaves_unread: bool = False
    about: tuple[int, ...] = ()
    forwarded_from: int = 0


class Thread(Record, frozen=True):
    """The replies to a message: how many there are, when the last one came, when this last changed.

    `most` are up to five users who replied most, each with the number of their replies, most first.
    """

    reply_count: int
    last_replied_at: int
    updated_at: int
    most: tuple[tuple[int, int], ...] = ()
