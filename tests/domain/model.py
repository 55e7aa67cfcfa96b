"""A small model of chat in plain dictionaries, to compare chatd with.

A command is a method: it checks what may be, changes the dictionaries, and returns what has to be in the result. What
only chatd knows, such as the number of a new message, is `given`. It is meant to be read, and widened: a new command is
a method here, a rule in `test_model.py`, and what devices are to have of it in `seen`.
"""

from __future__ import annotations

from typing import Any

Known = dict[str, Any]
MAX_PINS = 10


class Refused(Exception):
    """A command has to fail with the error of this name."""


class Chat:
    """Everything that everybody can know."""

    def __init__(self, user_ids: tuple[str, ...]) -> None:
        self.auto_accept = dict.fromkeys(user_ids, True)
        self.channels: dict[str, Known] = {}
        self.requests: dict[tuple[str, str], tuple[Known, int]] = {}
        self.last_message = 0

    def seen(self, user: str) -> Known:
        """What a device of a user has to have."""
        channels = self.channels.items()
        return {
            "auto_accept": self.auto_accept[user],
            "invitations": {url for url, channel in channels if user in channel["invited"]},
            "channels": {url: _seen(channel, user) for url, channel in channels if user in channel["members"]},
        }

    def users_update_invitation_preference(self, user: str, given: Known, *, auto_accept: bool) -> Known:
        self.auto_accept[user] = auto_accept
        return {"auto_accept": auto_accept}

    def channels_create(
        self, user: str, given: Known, *, channel_url: str, user_ids: list[str], is_public: bool
    ) -> Known:
        if channel_url in self.channels:
            raise Refused("AlreadyExists")
        channel = {
            "name": "",
            "is_public": is_public,
            "freeze": False,
            "creator": user,
            "operators": {user},
            "banned": set(),
            "pins": [],
            "saved": {each: set() for each in self.auto_accept},
            "followed": {each: {} for each in self.auto_accept},
            "members": {},
            "invited": set(),
            "messages": {},
            "drafts": {},
        }
        self.channels[channel_url] = channel
        self._bring(channel, [user, *(each for each in user_ids if self.auto_accept[each])])
        channel["invited"] = set(user_ids) - set(channel["members"])
        return {"is_created": True, "joined_member_count": len(channel["members"])}

    def channels_invite(self, user: str, given: Known, *, channel_url: str, user_ids: list[str]) -> Known:
        channel = self._own(user, channel_url)
        for each in user_ids:
            _check_banned(channel, each)
        self._bring(channel, [each for each in user_ids if self.auto_accept[each]])
        channel["invited"] |= set(user_ids) - set(channel["members"])
        return {"member_count": len(channel["members"]) + len(channel["invited"])}

    def channels_accept(self, user: str, given: Known, *, channel_url: str) -> Known:
        channel = self._known(user, channel_url)
        if user not in channel["members"] and user not in channel["invited"]:
            raise Refused("NotFound")
        self._bring(channel, [user])
        return {"channel_url": channel_url}

    def channels_decline(self, user: str, given: Known, *, channel_url: str) -> Known:
        channel = self._known(user, channel_url)
        if user not in channel["invited"]:
            raise Refused("NotFound")
        channel["invited"].discard(user)
        return {}

    def channels_join(self, user: str, given: Known, *, channel_url: str) -> Known:
        channel = self._known(user, channel_url)
        self._bring(channel, [user])
        return {"joined_member_count": len(channel["members"])}

    def channels_leave(self, user: str, given: Known, *, channel_url: str, user_ids: list[str]) -> Known:
        channel = self._own(user, channel_url)
        if user_ids != [user]:
            self._operated(user, channel_url)
            channel["operators"] -= {each for each in user_ids if each in channel["members"]}
        for each in user_ids:
            channel["members"].pop(each, None)
            channel["invited"].discard(each)
        return {}

    def channels_update(self, user: str, given: Known, *, channel_url: str, name: str) -> Known:
        self._edited(user, channel_url)["name"] = name
        return {"name": name}

    def channels_freeze(self, user: str, given: Known, *, channel_url: str, freeze: bool) -> Known:
        self._operated(user, channel_url)["freeze"] = freeze
        return {"freeze": freeze}

    def channels_delete(self, user: str, given: Known, *, channel_url: str) -> Known:
        self._operated(user, channel_url)
        del self.channels[channel_url]
        return {}

    def operators_add(self, user: str, given: Known, *, channel_url: str, operator_ids: list[str]) -> Known:
        channel = self._operated(user, channel_url)
        if not set(operator_ids) <= set(channel["members"]) | channel["invited"]:
            raise Refused("InvalidValue")
        channel["operators"] |= set(operator_ids)
        return {}

    def operators_remove(self, user: str, given: Known, *, channel_url: str, operator_ids: list[str]) -> Known:
        self._operated(user, channel_url)["operators"] -= set(operator_ids)
        return {}

    def channels_hide(self, user: str, given: Known, *, channel_url: str, allow_auto_unhide: bool) -> Known:
        state = "hidden_allow_auto_unhide" if allow_auto_unhide else "hidden_prevent_auto_unhide"
        self._own(user, channel_url)["members"][user]["hidden_state"] = state
        return {}

    def channels_unhide(self, user: str, given: Known, *, channel_url: str) -> Known:
        self._own(user, channel_url)["members"][user]["hidden_state"] = "unhidden"
        return {}

    def channels_mark_read(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._own(user, channel_url)
        if message_id:
            _message(channel, message_id)
        member = channel["members"][user]
        member["read"] = max(member["read"], message_id or self.last_message)
        return {}

    def channels_mark_unread(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._own(user, channel_url)
        _message(channel, message_id)
        member = channel["members"][user]
        member["read"] = min(member["read"], message_id - 1)
        return {}

    def bans_add(self, user: str, given: Known, *, channel_url: str, user_id: str) -> Known:
        channel = self._moderated(user, channel_url, user_id)
        channel["banned"].add(user_id)
        if user_id in channel["members"]:
            channel["operators"].discard(user_id)
        channel["members"].pop(user_id, None)
        channel["invited"].discard(user_id)
        return {"description": ""}

    def bans_remove(self, user: str, given: Known, *, channel_url: str, user_id: str) -> Known:
        self._operated(user, channel_url)["banned"].discard(user_id)
        return {}

    def messages_pin(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._edited(user, channel_url)
        _message(channel, message_id)
        if message_id not in channel["pins"]:
            if len(channel["pins"]) == MAX_PINS:
                raise Refused("LimitExceeded")
            channel["pins"].append(message_id)
        return {"pinned_message_ids": list(channel["pins"])}

    def messages_unpin(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._edited(user, channel_url)
        _message(channel, message_id)
        channel["pins"] = [each for each in channel["pins"] if each != message_id]
        return {"pinned_message_ids": list(channel["pins"])}

    def saved_add(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self.channels.get(channel_url)
        if channel is None or not (channel["is_public"] or user in channel["members"]):
            raise Refused("NotFound")
        _check_banned(channel, user)
        _message(channel, message_id)
        channel["saved"][user].add(message_id)
        return {}

    def saved_remove(self, user: str, given: Known, *, message_id: int) -> Known:
        for channel in self.channels.values():
            channel["saved"][user].discard(message_id)
        return {}

    def threads_subscribe(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._own(user, channel_url)
        if _message(channel, message_id)["parent"]:
            raise Refused("InvalidValue")
        if channel["followed"][user].get(message_id) is None:
            channel["followed"][user][message_id] = max(_replies(channel, message_id), default=0)
        return {}

    def threads_unsubscribe(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._own(user, channel_url)
        if _message(channel, message_id)["parent"]:
            raise Refused("InvalidValue")
        channel["followed"][user][message_id] = None
        return {}

    def threads_mark_read(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._own(user, channel_url)
        _message(channel, message_id)
        read = channel["followed"][user].get(message_id)
        if read is not None:
            channel["followed"][user][message_id] = max([read, *_replies(channel, message_id)])
        return {}

    def drafts_set(self, user: str, given: Known, *, channel_url: str, message: str) -> Known:
        channel = self._own(user, channel_url)
        channel["drafts"][user] = message
        return {"message": message}

    def messages_send(self, user: str, given: Known, *, channel_url: str, **params: Any) -> Known:
        request = (user, params.get("req_id", ""))
        if request[1] and request in self.requests:
            channel, number = self.requests[request]
            if all(each is not channel for each in self.channels.values()):
                raise Refused("NotFound")
            if self.channels.get(channel_url) is not channel:
                raise Refused("IncompatibleValues")
            return {"message_id": number}
        channel = self._own(user, channel_url)
        if channel["freeze"] and not _operates(channel, user):
            raise Refused("Forbidden")
        parent = params.get("parent_message_id", 0)
        if parent and _message(channel, parent)["parent"]:
            raise Refused("InvalidValue")
        self._add(channel, user, given.get("message_id", 0), params)
        if request[1]:
            self.requests[request] = channel, self.last_message
        return {"message": params["message"], "channel_url": channel_url}

    def messages_update(self, user: str, given: Known, *, channel_url: str, message_id: int, message: str) -> Known:
        found = _message(self._own(user, channel_url), message_id)
        if found["user"] != user:
            raise Refused("Forbidden")
        found["message"] = message
        return {"message": message}

    def messages_delete(self, user: str, given: Known, *, channel_url: str, message_id: int) -> Known:
        channel = self._own(user, channel_url)
        if _message(channel, message_id)["user"] != user and not _operates(channel, user):
            raise Refused("Forbidden")
        del channel["messages"][message_id]
        channel["pins"] = [each for each in channel["pins"] if each != message_id]
        for user in self.auto_accept:
            channel["saved"][user].discard(message_id)
        return {}

    def reactions_add(self, user: str, given: Known, *, channel_url: str, message_id: int, reaction: str) -> Known:
        _message(self._own(user, channel_url), message_id)["reactions"].add((reaction, user))
        return {"operation": "ADD"}

    def reactions_remove(self, user: str, given: Known, *, channel_url: str, message_id: int, reaction: str) -> Known:
        _message(self._own(user, channel_url), message_id)["reactions"].discard((reaction, user))
        return {"operation": "DELETE"}

    def _known(self, user: str, channel_url: str) -> Known:
        """A channel that a user may know of."""
        channel = self.channels.get(channel_url)
        if channel is None or not (channel["is_public"] or user in channel["members"] or user in channel["invited"]):
            raise Refused("NotFound")
        if user not in channel["invited"]:
            _check_banned(channel, user)
        return channel

    def _own(self, user: str, channel_url: str) -> Known:
        """A channel in which a user is."""
        channel = self.channels.get(channel_url)
        if channel is None or (user not in channel["members"] and not channel["is_public"]):
            raise Refused("NotFound")
        if user not in channel["members"]:
            raise Refused("Forbidden")
        return channel

    def _operated(self, user: str, channel_url: str) -> Known:
        channel = self._own(user, channel_url)
        if not _operates(channel, user):
            raise Refused("Forbidden")
        return channel

    def _edited(self, user: str, channel_url: str) -> Known:
        """A channel that a user may change: as an operator, or when it has none."""
        channel = self._own(user, channel_url)
        if not _operates(channel, user) and any(_operates(channel, each) for each in channel["members"]):
            raise Refused("Forbidden")
        return channel

    def _moderated(self, user: str, channel_url: str, other: str) -> Known:
        """A channel in which a user may do something to another."""
        channel = self._operated(user, channel_url)
        if user == other or (_operates(channel, other) and channel["creator"] != user):
            raise Refused("Forbidden")
        return channel

    def _bring(self, channel: Known, users: list[str]) -> None:
        for user in users:
            channel["members"].setdefault(user, {"read": self.last_message, "hidden_state": "unhidden"})
            channel["invited"].discard(user)

    def _add(self, channel: Known, user: str, number: int, params: Known) -> None:
        self.last_message = number
        is_silent = params.get("is_silent", False)
        channel["messages"][number] = {
            "user": user,
            "message": params["message"],
            "parent": params.get("parent_message_id", 0),
            "mentioned": set(params.get("mentioned_user_ids", ())),
            "silent": is_silent,
            "reactions": set(),
        }
        channel["members"][user]["read"] = number
        self._follow(channel, user, number, params.get("parent_message_id", 0))
        for member in channel["members"].values():
            if member["hidden_state"] == "hidden_allow_auto_unhide" and not is_silent:
                member["hidden_state"] = "unhidden"

    def _follow(self, channel: Known, user: str, number: int, parent: int) -> None:
        """Who replies follows the thread, and so does who began it, from the first reply on."""
        if parent:
            channel["followed"][user][parent] = number
            began = channel["messages"][parent]["user"]
            if len(_replies(channel, parent)) == 1:
                channel["followed"][began].setdefault(parent, 0)


def _operates(channel: Known, user: str) -> bool:
    return user in channel["members"] and user in channel["operators"]


def _check_banned(channel: Known, user: str) -> None:
    if user in channel["banned"]:
        raise Refused("Banned")


def _message(channel: Known, number: int) -> Known:
    if number not in channel["messages"]:
        raise Refused("NotFound")
    found: Known = channel["messages"][number]
    return found


def _replies(channel: Known, parent: int) -> list[int]:
    return [number for number, each in channel["messages"].items() if each["parent"] == parent]


def _threads(channel: Known, user: str) -> dict[int, int]:
    """How many replies are unread in each thread that a user follows."""
    found = {}
    for parent, read in channel["followed"][user].items():
        replies = _replies(channel, parent)
        if read is not None and replies:
            found[parent] = sum(number > read for number in replies)
    return found


def _seen(channel: Known, user: str) -> Known:
    member = channel["members"][user]
    messages = channel["messages"]
    unread = [each for number, each in messages.items() if number > member["read"] and not each["silent"]]
    return {
        "name": channel["name"],
        "freeze": channel["freeze"],
        "hidden_state": member["hidden_state"],
        "members": {each: "operator" if each in channel["operators"] else "" for each in channel["members"]},
        "invited": channel["invited"],
        "unread": len(unread),
        "mentions": sum(user in each["mentioned"] for each in unread),
        "pins": list(channel["pins"]),
        "saved": channel["saved"][user],
        "threads": _threads(channel, user),
        "draft": channel["drafts"].get(user, ""),
        "messages": {
            number: {
                **each,
                "replies": sum(reply["parent"] == number for reply in messages.values()),
            }
            for number, each in messages.items()
        },
    }
