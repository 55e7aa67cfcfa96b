"""The Platform API, for backends: from asyncio and Trio alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Any, Literal, Self, Unpack, get_args
from urllib.parse import quote
from uuid import uuid4

import anyio
import httpx

from chatd.client.address import origin_of
from chatd.client.errors import NotFound, UserNotFound
from chatd.client.failures import Failure, Unreachable
from chatd.client.files import TOO_MANY_REQUESTS, refusal
from chatd.client.operations import (
    AdminMessageOptions,
    GroupChannelChange,
    GroupChannelDetails,
    GroupChannelFilters,
    GroupChannelOptions,
    MemberFilters,
    MessageChange,
    MessageDetails,
    MessageFilters,
    MessageOptions,
    UserChange,
    UserFilters,
    UserOptions,
)
from chatd.client.pauses import Pauses
from chatd.client.schema import GroupChannel, Member, Message, User

# In seconds.
DEADLINE = 30.0
UNAVAILABLE = 503
PAGE = 100
FOR_EVER = -1

Json = dict[str, Any]
Kind = Literal["group_channels", "open_channels"]

_NEWEST: Json = {"message_ts": 4_000_000_000_000, "prev_limit": PAGE, "next_limit": 0}


class Backend:
    """`async with Backend(url, api_token) as backend`. Calls raise a Failure, with the numbers of the Platform API.

    What is safe to ask again is asked again until there is an answer or the deadline, in seconds, has come: what reads,
    sets or removes, messages (by their request ids), and what the server refused before it did anything (429, 503).
    `transport`: as of httpx, for those who need another one.
    """

    def __init__(
        self, url: str, api_token: str, *, deadline: float = DEADLINE, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        base, headers = origin_of(url) + "/v3/", {"Api-Token": api_token}
        self._deadline = deadline
        self._http = httpx.AsyncClient(base_url=base, headers=headers, timeout=deadline, transport=transport)
        self.users = Users(self)
        self.channels = Channels(self)
        self.messages = Messages(self)
        self.moderation = BackendModeration(self)

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: Json | None = None,
        deadline: float | None = None,
    ) -> Any:
        """Any operation: `request("PUT", "/users/ann", {"nickname": "Ann"})`. Ids in paths go through `part`."""
        attempt = _Attempt(method, is_repeatable=_is_repeatable(method, path, body or {}))
        pauses = Pauses()
        with anyio.move_on_after(self._deadline if deadline is None else deadline):
            while True:
                answer = await attempt.of(self._http, path, body, query)
                if not isinstance(answer, Failure):
                    return answer
                await anyio.sleep(max(pauses.next(), answer.retry_after))
        raise attempt.failure or Unreachable(f"{method} {path} was not answered in time.")

    async def pages(self, path: str, field: str, **query: Any) -> AsyncIterator[Any]:
        """All that a list has: `pages("/users", "users")`."""
        token = ""
        while True:
            page = await self.request("GET", path, query={"limit": PAGE, **query, "token": token})
            for item in page[field]:
                yield item
            token = page["next"]
            if not token:
                return


class Users:
    """Those of the application."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def create(self, user_id: str, nickname: str, *, profile_url: str = "", **more: Unpack[UserOptions]) -> User:
        """A new one."""
        body = {"user_id": user_id, "nickname": nickname, "profile_url": profile_url, **more}
        user: User = await self._backend.request("POST", "/users", body)
        return user

    async def view(self, user_id: str) -> User:
        """One of them."""
        user: User = await self._backend.request("GET", f"/users/{part(user_id)}")
        return user

    async def update(self, user_id: str, **changes: Unpack[UserChange]) -> User:
        """Have other values in some fields."""
        user: User = await self._backend.request("PUT", f"/users/{part(user_id)}", {**changes})
        return user

    async def delete(self, user_id: str) -> None:
        """They leave every channel; what they wrote stays."""
        await self._backend.request("DELETE", f"/users/{part(user_id)}")

    def list(self, **filters: Unpack[UserFilters]) -> AsyncIterator[User]:
        """All of them, or some."""
        return self._backend.pages("/users", "users", **filters)

    async def issue_token(self, user_id: str, *, expires_at: int | None = None) -> str:
        """A session token: what `Chat` and the SDKs need. `expires_at` is in ms; without it seven days from now."""
        body = {} if expires_at is None else {"expires_at": expires_at}
        answer = await self._backend.request("POST", f"/users/{part(user_id)}/token", body)
        return str(answer["token"])

    async def revoke_tokens(self, user_id: str) -> None:
        """End all sessions, at once."""
        await self._backend.request("DELETE", f"/users/{part(user_id)}/token")


class Channels:
    """Of groups. For open channels there is `request`."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def create(
        self, user_ids: Sequence[str] = (), *, name: str = "", **more: Unpack[GroupChannelOptions]
    ) -> GroupChannel:
        """A new one with these members; with `channel_url` or `is_distinct` it is safe to ask for it again."""
        body = {"user_ids": list(user_ids), "name": name, **more}
        channel: GroupChannel = await self._backend.request("POST", "/group_channels", body)
        return channel

    async def view(self, url: str, **query: Unpack[GroupChannelDetails]) -> GroupChannel:
        """One of them."""
        channel: GroupChannel = await self._backend.request("GET", _channel(url), query={**query})
        return channel

    async def update(self, url: str, **changes: Unpack[GroupChannelChange]) -> GroupChannel:
        """Have other values in some fields."""
        channel: GroupChannel = await self._backend.request("PUT", _channel(url), {**changes})
        return channel

    async def delete(self, url: str) -> None:
        """With its messages."""
        await self._backend.request("DELETE", _channel(url))

    def list(self, **filters: Unpack[GroupChannelFilters]) -> AsyncIterator[GroupChannel]:
        """All of them, or some."""
        return self._backend.pages("/group_channels", "channels", **filters)

    def members(self, url: str, **filters: Unpack[MemberFilters]) -> AsyncIterator[Member]:
        """Those of one."""
        return self._backend.pages(_channel(url) + "/members", "members", **filters)

    async def invite(self, url: str, *user_ids: str) -> GroupChannel:
        """Have others in it."""
        channel: GroupChannel = await self._backend.request("POST", _channel(url) + "/invite", {"user_ids": user_ids})
        return channel

    async def leave(self, url: str, *user_ids: str) -> None:
        """Have some in it no more."""
        await self._backend.request("PUT", _channel(url) + "/leave", {"user_ids": user_ids})


class Messages:
    """In channels of groups, or with `kind="open_channels"` in others."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def send(
        self,
        url: str,
        user_id: str,
        text: str,
        *,
        kind: Kind = "group_channels",
        req_id: str = "",
        **more: Unpack[MessageOptions],
    ) -> Message:
        """In the name of a user. With the same `req_id` the same message is sent once."""
        body = {"message_type": "MESG", "user_id": user_id, "message": text, "req_id": req_id or uuid4().hex, **more}
        message: Message = await self._backend.request("POST", _channel(url, kind) + "/messages", body)
        return message

    async def announce(
        self, url: str, text: str, *, kind: Kind = "group_channels", **more: Unpack[AdminMessageOptions]
    ) -> Message:
        """In nobody's name."""
        body = {"message_type": "ADMM", "message": text, **more}
        message: Message = await self._backend.request("POST", _channel(url, kind) + "/messages", body)
        return message

    async def view(
        self, url: str, message_id: int, *, kind: Kind = "group_channels", **query: Unpack[MessageDetails]
    ) -> Message:
        """One of them."""
        message: Message = await self._backend.request("GET", _message(url, message_id, kind), query={**query})
        return message

    async def edit(
        self, url: str, message_id: int, text: str, *, kind: Kind = "group_channels", **changes: Unpack[MessageChange]
    ) -> Message:
        """Have it say something else."""
        body = {"message_type": "MESG", "message": text, **changes}
        message: Message = await self._backend.request("PUT", _message(url, message_id, kind), body)
        return message

    async def delete(self, url: str, message_id: int, *, kind: Kind = "group_channels") -> None:
        """For everybody."""
        await self._backend.request("DELETE", _message(url, message_id, kind))

    async def list(
        self, url: str, *, kind: Kind = "group_channels", **filters: Unpack[MessageFilters]
    ) -> list[Message]:
        """A page around `message_ts` (ms) or `message_id`, of `prev_limit` and `next_limit`; else the newest 100."""
        is_placed = "message_ts" in filters or "message_id" in filters
        query = {**filters} if is_placed else _NEWEST | {**filters}
        answer = await self._backend.request("GET", _channel(url, kind) + "/messages", query=query)
        messages: list[Message] = answer["messages"]
        return messages


class BackendModeration:
    """Of channels of groups."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def mute(self, url: str, user_id: str, *, seconds: int = FOR_EVER, description: str = "") -> None:
        """Let somebody write no more for so many seconds."""
        await self._add("mute", url, user_id, seconds, description)

    async def unmute(self, url: str, user_id: str) -> None:
        """Let them write again."""
        await self._backend.request("DELETE", f"{_channel(url)}/mute/{part(user_id)}")

    async def ban(self, url: str, user_id: str, *, seconds: int = FOR_EVER, description: str = "") -> None:
        """Keep somebody out for so many seconds."""
        await self._add("ban", url, user_id, seconds, description)

    async def unban(self, url: str, user_id: str) -> None:
        """Let them come back."""
        await self._backend.request("DELETE", f"{_channel(url)}/ban/{part(user_id)}")

    async def freeze(self, url: str, *, is_frozen: bool = True) -> None:
        """Have only operators write in it."""
        await self._backend.request("PUT", _channel(url) + "/freeze", {"freeze": is_frozen})

    async def _add(self, what: str, url: str, user_id: str, seconds: int, description: str) -> None:
        body = {"user_id": user_id, "seconds": seconds, "description": description}
        await self._backend.request("POST", f"{_channel(url)}/{what}", body)


class _Attempt:
    """One operation, tried as often as it is safe to."""

    def __init__(self, method: str, *, is_repeatable: bool) -> None:
        self.failure: Failure | None = None
        self._method = method
        self._is_repeatable = is_repeatable
        # Whether it may have been done, though no answer said so.
        self._may_be_done = False

    async def of(self, http: httpx.AsyncClient, path: str, body: Json | None, query: Json | None) -> Any:
        """What the server answers; a Failure when it is to be tried again."""
        self.failure = None  # what was answered before says nothing of this time
        try:
            answer = await http.request(self._method, path.lstrip("/"), json=body, params=_query(query or {}))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:  # nothing was sent
            return self._again(Unreachable(f"The server cannot be reached: {error}"), is_safe=True)
        except httpx.TransportError as error:
            self._may_be_done = True
            return self._again(Unreachable(f"No answer came: {error}"), is_safe=self._is_repeatable)
        return answer.json() if answer.is_success else self._refused(answer)

    def _refused(self, answer: httpx.Response) -> Any:
        failure = refusal(answer)
        is_gone = isinstance(failure, NotFound | UserNotFound)
        if is_gone and self._method == "DELETE" and self._may_be_done:
            return {}
        is_untouched = answer.status_code == TOO_MANY_REQUESTS or (
            answer.status_code == UNAVAILABLE and failure.retry_after > 0
        )
        return self._again(failure, is_safe=is_untouched or (failure.temporary and self._is_repeatable))

    def _again(self, failure: Failure, *, is_safe: bool) -> Failure:
        self.failure = failure
        if not is_safe:
            raise failure
        return failure


def part(name: str) -> str:
    """An id as a part of a path. A ValueError when it is none: dots would be steps to another path."""
    if name in ("", ".", ".."):
        raise ValueError(f'"{name}" is no id')
    return quote(name, safe="")


def _channel(url: str, kind: Kind = "group_channels") -> str:
    return f"/{kind}/{part(url)}"


def _message(url: str, message_id: int, kind: Kind) -> str:
    return f"{_channel(url, kind)}/messages/{message_id}"


def _query(params: Json) -> dict[str, str | int]:
    return {name: _value(value) for name, value in params.items() if value is not None}


def _value(value: Any) -> str | int:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A comma of an item itself is encoded twice: the server splits what it has decoded.
    return value if isinstance(value, int | str) else ",".join(str(item).replace(",", "%2C") for item in value)


def _is_repeatable(method: str, path: str, body: Json) -> bool:
    """Whether doing it twice is as good as doing it once. What counts up or down (`mode`) is not."""
    if method != "POST":
        return "mode" not in body
    # Request ids are of users: they mean nothing in nobody's message, and for a channel that a backend makes.
    is_nobodys = body.get("message_type") == "ADMM" or path.strip("/") in get_args(Kind)
    is_named = bool(body.get("req_id") or body.get("dedup_id")) and not is_nobodys
    return is_named or bool(body.get("is_distinct"))
