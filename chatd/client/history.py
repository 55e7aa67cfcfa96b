"""Messages of a channel, as many as were asked for, when there are as many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chatd.client.schema import Message, Messages

if TYPE_CHECKING:
    from chatd.client.session import Session

# Later than any message, whatever this device thinks that the time is (ms).
END_OF_TIME = 4_000_000_000_000


async def list_messages(session: Session, query: dict[str, Any]) -> list[Message]:
    """What `messages.list` finds. Where the server has looked through much and found little, it is asked to go on."""
    answer: Messages = await session.call("messages.list", **query)
    found = answer["messages"]
    on = {name: value for name, value in query.items() if name != "message_ts"} | {"include": False}
    if earlier := answer.get("prev_message_id"):
        wanted = _left(query["prev_limit"], found, query, is_before=True)
        before = on | {"message_id": earlier, "prev_limit": wanted, "next_limit": 0}
        found = await list_messages(session, before) + found
    if later := answer.get("next_message_id"):
        wanted = _left(query["next_limit"], answer["messages"], query, is_before=False)
        after = on | {"message_id": later, "prev_limit": 0, "next_limit": wanted}
        found = found + await list_messages(session, after)
    return found


def _left(wanted: int, found: list[Message], place: dict[str, Any], *, is_before: bool) -> int:
    """How many more are wanted on one side of a place."""
    distances = [_distance(message, place) for message in found]
    return max(1, wanted - sum(distance < 0 if is_before else distance > 0 for distance in distances))


def _distance(message: Message, place: dict[str, Any]) -> int:
    """Below 0 for a message before a place, above 0 after it."""
    if "message_id" in place:
        return message["message_id"] - int(place["message_id"])
    return message["created_at"] - int(place["message_ts"])
