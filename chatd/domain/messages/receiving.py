"""Messages that come together with their files."""

from __future__ import annotations

from msgspec.structs import replace

from chatd.domain.messages.files import Sent, keep_upload
from chatd.domain.messages.messages import Send, send
from chatd.domain.resources.resource import Resource
from chatd.domain.users.people import acting_user
from chatd.model import Actor, File
from chatd.store.transaction import Transaction


def send_received(txn: Transaction, actor: Actor, input: Send, received: tuple[File, ...]) -> Resource:
    """Send a message with files whose blobs are on disk; as `messages.send`.

    When the message was sent before, by its `req_id`, they are uploads that nobody sends, and expire.
    """
    if received:
        sender = acting_user(txn, actor, input.user_id).number
        for file in received:
            keep_upload(txn, sender, file)
        input = replace(input, files=(*input.files, *(Sent(file_id=file.file_id) for file in received)))
    message: Resource = send.function(txn, actor, input)
    return message
