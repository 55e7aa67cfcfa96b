"""What is kept of messages beside them is what one would count anew, after every history."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.previews import shown_pictures
from chatd.model import File, Message, Thread
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import histories, run


def live(txn: Transaction, message_id: int) -> Message:
    message = current_message(txn, message_id)
    assert message is not None
    assert not message.is_removed
    return message


def parts_of(message: Message) -> list[File]:
    return [part for file in message.files for part in file.parts()]


def check_parts(txn: Transaction) -> None:
    """Reactions, files and replies are those of messages that are there."""
    for (message_id, _, _), _ in txn.scan(tables.REACTIONS):
        live(txn, message_id)
    for (file_id,), use in txn.scan(tables.FILES):
        if use.message:
            assert use.file in (*parts_of(live(txn, use.message)), *shown_pictures(txn, use.message))
        else:
            assert file_id in [picture for _, picture in txn.scan(tables.PICTURES)]
        assert use.file.file_id == file_id
    for (file_id, message_id), channel in txn.scan(tables.FILE_SHARES):
        use = txn.require(tables.FILES, file_id)
        assert use.message < message_id
        # A copy made before the thumbnails is without them.
        assert file_id in [part.file_id for part in parts_of(live(txn, message_id))]
        assert live(txn, message_id).channel == channel
    for (parent, created_at, reply), _ in txn.scan(tables.REPLIES):
        message = live(txn, reply)
        assert (message.parent, message.created_at) == (parent, created_at)


def check_timeline(txn: Transaction) -> None:
    """Every reply that is there is in its thread; the mark says whether it is anywhere else."""
    for (_, created_at, message_id), is_hidden in txn.scan(tables.TIMELINE):
        message = current_message(txn, message_id)
        assert message is not None
        assert is_hidden == bool(message.parent and not message.is_in_channel)
        if message.parent and not message.is_removed:
            assert next(txn.scan(tables.REPLIES, message.parent, start=(created_at, message_id)))[0][2] == message_id


def check_threads(txn: Transaction) -> None:
    """A thread is what its replies are."""
    replies: dict[int, list[Message]] = {}
    for (parent, _, reply), _ in txn.scan(tables.REPLIES):
        replies.setdefault(parent, []).append(live(txn, reply))
    threads: dict[int, Thread] = {key[0]: thread for key, thread in txn.scan(tables.THREADS)}
    assert threads.keys() == replies.keys()
    counted = dict(txn.scan(tables.REPLIERS))
    expected: dict[tuple[int, int], int] = {}
    for parent, found in replies.items():
        counts = Counter(reply.sender for reply in found)
        most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:5]
        thread = threads[parent]
        assert (thread.reply_count, thread.last_replied_at) == (len(found), found[-1].created_at)
        assert thread.most == tuple(most)
        expected |= {(parent, sender): count for sender, count in counts.items()}
    assert counted == expected


def check_polls(txn: Transaction) -> None:
    """A poll counts those who chose, is shown by a message that is there, and is in one list."""
    chosen = {(poll, option, user) for (poll, user), choice in txn.scan(tables.POLL_CHOICES) for option in choice}
    assert {key for key, _ in txn.scan(tables.POLL_VOTERS)} == chosen
    listed = {number: scope for (scope, number), _ in txn.scan(tables.POLL_LISTS)}
    for (number,), poll in txn.scan(tables.POLLS):
        state = txn.require(tables.POLL_STATES, number)
        assert state.voter_count == sum(1 for _ in txn.scan(tables.POLL_CHOICES, number))
        assert listed.pop(number) == (state.channel or poll.created_by)
        if state.message:
            message = live(txn, state.message)
            assert (message.poll, message.channel) == (number, state.channel)
        for (_, option), each in txn.scan(tables.POLL_OPTIONS, number):
            assert each.vote_count == sum(1 for key in chosen if key[:2] == (number, option))
    assert not listed


def check_previews(txn: Transaction) -> None:
    """What pages said is kept of messages that are there and have the link, in the log too."""
    for (message_id,), found in txn.scan(tables.PREVIEWS):
        text = live(txn, message_id).text
        assert found.preview is None or found.preview.link in text
        for file in shown_pictures(txn, message_id):
            assert txn.require(tables.FILES, file.file_id).message == message_id
    for _, entry in txn.scan(tables.LOG):
        if isinstance(entry.event, events.LinkPreviewed) and entry.event.preview.title:
            live(txn, entry.event.message_id)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_what_is_kept_of_messages_is_what_they_are(history: Any) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        run(world, history)
        for check in (check_parts, check_timeline, check_threads, check_polls, check_previews):
            world.store.read(world.application, check)
        world.store.close()
