"""The pictures of users and channels that this server keeps.

Whoever knows the address of one may load it. It cannot be guessed, and is told to whom the profile or channel is.
"""

from __future__ import annotations

from chatd import events
from chatd.domain.channels import channels
from chatd.domain.channels.access import find_channel
from chatd.domain.command import Command, Input
from chatd.domain.messages.discarding import discard_file
from chatd.domain.resources.resource import Resource
from chatd.domain.stream import note
from chatd.domain.users import users
from chatd.domain.users.people import find_user
from chatd.errors import NotFound
from chatd.model import Actor, File
from chatd.store import tables
from chatd.store.transaction import Transaction


def set_avatar(txn: Transaction, actor: Actor, user_id: str, file: File) -> Resource:
    """Give a user a picture whose blob is on disk; the user. Raises what `users.update` does."""
    input = users.Update(user_id=user_id, profile_url=picture_url(file))
    user: Resource = users.update.function(txn, actor, input)
    _hang(txn, find_user(txn, user_id).number, file)
    return user


def set_cover(txn: Transaction, actor: Actor, channel_url: str, file: File) -> Resource:
    """Give a channel a picture whose blob is on disk; the channel. Raises what `channels.update` does."""
    input = channels.Update(channel_url=channel_url, cover_url=picture_url(file))
    channel: Resource = channels.update.function(txn, actor, input)
    _hang(txn, find_channel(txn, channel_url).number, file)
    return channel


def call_with_picture(txn: Transaction, actor: Actor, command: Command, input: Input, file: File) -> Resource:
    """Call a command that makes or changes a user or a channel, and give that a picture whose blob is on disk."""
    result: Resource = command.function(txn, actor, input)
    if command.name.startswith("users."):
        return set_avatar(txn, actor, result["user_id"], file)
    return set_cover(txn, actor, result["channel_url"], file)


def take_down(txn: Transaction, scope: int) -> None:
    """Have the picture of a user or a channel removed, if there is one."""
    if txn.get(tables.PICTURES, scope) is not None:
        _hang(txn, scope, None)


def find_picture(txn: Transaction, file_id: str) -> tuple[int, File]:
    """A picture by its id, of whichever application, with the application's number. Raises NotFound."""
    for (number,), _ in txn.scan(tables.APPLICATIONS):
        use = txn.bind(number).get(tables.FILES, file_id)
        if use is not None and not use.message:
            return number, use.file
    raise NotFound("Picture")


def picture_url(file: File) -> str:
    """Where a picture is loaded from, below this server's address: for ever the same."""
    return f"/pictures/{file.file_id}"


def _hang(txn: Transaction, scope: int, file: File | None) -> None:
    before = txn.get(tables.PICTURES, scope)
    if before is not None:
        discard_file(txn, txn.require(tables.FILES, before).file)
    note(txn, events.PictureChanged(scope, file))
