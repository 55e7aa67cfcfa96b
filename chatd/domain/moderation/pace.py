"""How fast users may write: so many messages in some seconds, and the same text so often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import asdict, replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import operates
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fold.channel_pace import channel_pace
from chatd.domain.fold.filters import Rules
from chatd.domain.fold.pace import LAST
from chatd.domain.fold.stored import current_message
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.errors import IncompatibleValues, RateLimited
from chatd.model import Actor, Channel, Message, Pace
from chatd.store import tables
from chatd.store.transaction import Transaction

NO_PACE: Final = Pace()

Most = Annotated[int, Meta(ge=0, le=LAST)]
# An hour.
Seconds = Annotated[int, Meta(ge=0, le=3600)]


class View(Input, frozen=True):
    """Nothing to say."""


class Update(Input, frozen=True):
    """What is to change; what is absent stays. Without messages, repeats or their seconds there is no such limit."""

    messages: Most | None = None
    seconds: Seconds | None = None
    repeats: Most | None = None
    repeat_seconds: Seconds | None = None


@command("pace.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.Pace)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """How fast the users of the application may write."""
    return asdict(_pace(txn))


@command(
    "pace.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"messages": 10, "seconds": 5, "repeats": 3, "repeat_seconds": 60},
    result=shapes.Pace,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say how fast users may write: clients that send, in all channels together; not operators of the channel."""
    before = _pace(txn)
    pace = replace(before, **{name: value for name, value in asdict(input).items() if value is not None})
    if bool(pace.messages) != bool(pace.seconds) or bool(pace.repeats) != bool(pace.repeat_seconds):
        raise IncompatibleValues("A number of messages goes with seconds: both are more than 0, or both are 0.")
    if pace != before:
        note(txn, events.PaceChanged(pace))
        note_act(txn, actor, "settings.changed", None, About(detail="pace"))
    return asdict(pace)


def check_pace(txn: Transaction, actor: Actor, channel: Channel, message: Message) -> None:
    """Raise RateLimited when a client is about to send too much, or the same too often."""
    pace = _pace(txn)
    if pace == NO_PACE or actor.user is None or operates(txn, channel, message.sender):
        return
    if pace.messages:
        _check(txn, [each.created_at for each in _last(txn, message.sender)], pace.messages, pace.seconds)
    if pace.repeats and message.text:
        text = _folded(message.text)
        same = [each.created_at for each in _last(txn, message.sender) if _folded(each.text) == text]
        _check(txn, same, pace.repeats, pace.repeat_seconds)


def check_channel_pace(txn: Transaction, actor: Actor, channel: Channel, sender: int, rules: Rules) -> None:
    """Raise RateLimited when a client is about to send more to one channel than its settings say."""
    pace = channel_pace(rules)
    if pace is not None and actor.user is not None and not operates(txn, channel, sender):
        times: tuple[int, ...] = txn.get(tables.LAST_IN_CHANNEL, channel.number, sender) or ()
        _check(txn, [*reversed(times)], pace.messages, pace.seconds)


def _pace(txn: Transaction) -> Pace:
    return txn.get(tables.PACE) or NO_PACE


def _last(txn: Transaction, user: int) -> Iterator[Message]:
    """The last messages of a user, the newest first; also those that were deleted, without what they said."""
    messages: tuple[int, ...] | None = txn.get(tables.LAST_MESSAGES, user)
    for message_id in reversed(messages or ()):
        message = current_message(txn, message_id)
        if message is not None:
            yield message


def _check(txn: Transaction, times: list[int], most: int, seconds: int) -> None:
    """`times` of messages, the newest first: the one `most` before may not be younger than `seconds`."""
    if len(times) < most:
        return
    wait = times[most - 1] + 1000 * seconds - txn.now
    if wait > 0:
        left = -(-wait // 1000)
        raise RateLimited(f"This is more than may be sent in {seconds} seconds: wait for {left} seconds.", left)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
