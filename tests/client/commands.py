"""What the model answers to the commands of its person."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.client.model import Model
from tests.client.place import ME, NOT_HERE, Json, Place, Refusal

# So many messages are looked through on each side of a place.
LOOKED_AT = 7
REFUSED = "refused"


def call(model: Model, method: str, params: Json) -> Any:
    """Run a command. Raises a Refusal."""
    return deepcopy(COMMANDS[method](model, params))


def _send(model: Model, params: Json) -> Json:
    place, parent_id = model.place(params["channel_url"]), params.get("parent_message_id", 0)
    if params["message"] == REFUSED:
        raise Refusal(NOT_HERE)
    if parent_id and params["req_id"] not in place.sent:
        place.find(parent_id)
    return model.send(params["channel_url"], ME, params["message"], params["req_id"], parent_id)


def _list(model: Model, params: Json) -> Json:
    place = model.place(params["channel_url"])
    messages = place.replies(params.get("parent_message_id", 0))
    name, value = (
        ("message_id", params["message_id"]) if "message_id" in params else ("created_at", params["message_ts"])
    )
    before = [each for each in reversed(messages) if each[name] < value][: min(params["prev_limit"], LOOKED_AT)]
    here = [each for each in messages if each[name] == value and params["include"]]
    after = [each for each in messages if each[name] > value][: min(params["next_limit"], LOOKED_AT)]
    shown = [_detailed(place, each) for each in before[::-1] + here + after]
    answer: Json = {"messages": shown}
    for side, found in (("prev", before), ("next", after)):
        if len(found) == LOOKED_AT < params[f"{side}_limit"]:
            answer[f"{side}_message_id"] = found[-1]["message_id"]
    return answer


def _detailed(place: Place, message: Json) -> Json:
    return {**message, "thread_info": place.thread_info(message["message_id"])}


def _view(model: Model, params: Json) -> Json:
    place = model.place(params["channel_url"])
    return _detailed(place, place.find(params["message_id"]))


def _channels(model: Model, params: Json) -> Json:
    return {"channels": [model.resource(place) for place in model.places.values() if place.is_member], "next": ""}


def _done(result: None) -> Json:
    return {}


COMMANDS: dict[str, Callable[[Model, Json], Any]] = {
    "blocks.list": lambda model, it: {"users": [{"user_id": each} for each in model.blocked], "next": ""},
    "blocks.add": lambda model, it: model.block(it["user_ids"][0], True),
    "blocks.remove": lambda model, it: model.block(it["target_id"], False),
    "channel_metadata.view": lambda model, it: model.place(it["channel_url"]).metadata,
    "channel_metadata.update": lambda model, it: model.describe(it["channel_url"], *next(iter(it["metadata"].items()))),
    "channel_metadata.delete": lambda model, it: model.describe(it["channel_url"], it["key"], ""),
    "channels.list": _channels,
    "channels.view": lambda model, it: model.resource(model.place(it["channel_url"])),
    "channels.mark_read": lambda model, it: _done(model.read(it["channel_url"], ME, it["message_id"])),
    "drafts.list": lambda model, it: {"drafts": model.drafts(), "next": ""},
    "scheduled_messages.list": lambda model, it: {"scheduled_messages": [], "next": ""},
    "drafts.set": lambda model, it: model.write(it["channel_url"], it["message"]),
    "messages.list": _list,
    "messages.send": _send,
    "messages.update": lambda model, it: model.edit(it["channel_url"], it["message_id"], it["message"]),
    "messages.delete": lambda model, it: _done(model.delete(it["channel_url"], it["message_id"])),
    "messages.view": _view,
    "polls.view": lambda model, it: model.poll(it["poll_id"]).poll.resource(ME),
    "polls.vote": lambda model, it: model.vote(it["poll_id"], ME, it["option_ids"]),
    "polls.add_option": lambda model, it: model.change_poll(it["poll_id"], text=it["text"]),
    "polls.close": lambda model, it: model.change_poll(it["poll_id"], is_closed=True),
    "threads.list": lambda model, it: {"threads": model.threads(), "next": ""},
    "threads.subscribe": lambda model, it: model.subscribe(it["channel_url"], it["message_id"], True),
    "threads.unsubscribe": lambda model, it: model.subscribe(it["channel_url"], it["message_id"], False),
    "threads.mark_read": lambda model, it: model.read_thread(it["channel_url"], it["message_id"], it["reply_id"]),
    "reactions.add": lambda model, it: _done(
        model.react(it["channel_url"], it["message_id"], ME, it["reaction"], True)
    ),
    "reactions.remove": lambda model, it: _done(
        model.react(it["channel_url"], it["message_id"], ME, it["reaction"], False)
    ),
}
