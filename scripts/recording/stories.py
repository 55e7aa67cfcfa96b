"""What is recorded: what a client does, and how many messages it waits for each time.

A step is one line of the recording. `expect` stands for so many lines of the server.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Step = dict[str, Any]
KNOWN: Step = {"known": "$token_1"}
OPEN: Step = {"open": {}}
CLOSE: Step = {"close": {}}
CONNECT = {"id": 1, "connect": {"token": "$token_1", "name": "example"}}
SUBSCRIBE = {"id": 2, "subscribe": {"channel": "~"}}
KITCHEN = {"channel_url": "kitchen"}


class Story(NamedTuple):
    """One exchange: what it is called, what it shows, and what happens."""

    name: str
    about: str
    steps: list[Step]


def backend(method: str, path: str, **body: Any) -> Step:
    """A call of a backend."""
    return {"backend": {"method": method, "path": path, "body": body}}


def send(*commands: Step) -> Step:
    """Commands of the client in one frame."""
    return {"client": list(commands)}


def expect(count: int) -> Step:
    """So many messages of the server."""
    return {"expect": count}


def rpc(number: int, method: str, **data: Any) -> Step:
    """A call."""
    return {"id": number, "rpc": {"method": method, "data": data}}


def session(**body: Any) -> Step:
    """A backend asks for a session token of ann."""
    return backend("POST", "/v3/users/ann/token", **body) | {"keep": ["token"]}


def says(user_id: str, message: str) -> Step:
    """Somebody else says something in the kitchen."""
    path = "/v3/group_channels/kitchen/messages"
    return backend("POST", path, message_type="MESG", user_id=user_id, message=message)


PEOPLE = [
    backend("POST", "/v3/users", user_id="ann", nickname="Ann"),
    backend("POST", "/v3/users", user_id="bob", nickname="Bob"),
    backend("POST", "/v3/group_channels", channel_url="kitchen", name="Kitchen", user_ids=["ann", "bob"]),
    session(),
    KNOWN,
]
IN_THE_STREAM = [*PEOPLE, OPEN, send(CONNECT, SUBSCRIBE), expect(2)]


STORIES = [
    Story(
        "connect",
        "A client connects, subscribes to its stream in the same frame, and asks for the time.",
        [*IN_THE_STREAM, send(rpc(3, "server.time")), expect(1)],
    ),
    Story(
        "unknown-token",
        "A token that does not exist: the server closes, and the client does not come back.",
        [OPEN, send({"id": 1, "connect": {"token": "none"}}), expect(1)],
    ),
    Story(
        "send",
        "A message is sent, and sent again with the same req_id as if the answer had been lost.",
        [
            *IN_THE_STREAM,
            send(rpc(3, "messages.send", **KITCHEN, message="Tea?", req_id="c0ffee")),
            expect(2),
            send(rpc(4, "messages.send", **KITCHEN, message="Tea?", req_id="c0ffee")),
            expect(1),
            send(rpc(5, "server.time")),
            expect(1),
        ],
    ),
    Story(
        "change",
        "A message is edited, reacted to, pinned, and deleted.",
        [
            *IN_THE_STREAM,
            send(rpc(3, "messages.send", **KITCHEN, message="Tea?")),
            expect(2),
            send(rpc(4, "messages.update", **KITCHEN, message_id="$message_1", message="Coffee?")),
            expect(2),
            send(rpc(5, "reactions.add", **KITCHEN, message_id="$message_1", reaction="👍")),
            expect(2),
            send(rpc(6, "messages.pin", **KITCHEN, message_id="$message_1")),
            expect(2),
            send(rpc(7, "messages.delete", **KITCHEN, message_id="$message_1")),
            expect(2),
        ],
    ),
    Story(
        "recover",
        "What is said while a client is away is told when it comes back with the last position it saw.",
        [
            *IN_THE_STREAM,
            says("bob", "One"),
            expect(1),
            CLOSE,
            says("bob", "Two"),
            says("bob", "Three"),
            OPEN,
            send(
                CONNECT,
                {"id": 2, "subscribe": {"channel": "~", "recover": True, "epoch": "$epoch_1", "offset": "$offset_2"}},
            ),
            expect(2),
        ],
    ),
    Story(
        "not-recovered",
        "A position of another log: the client is told to load anew, as an error if it asks for that.",
        [
            *PEOPLE,
            OPEN,
            send(CONNECT, {"id": 2, "subscribe": {"channel": "~", "recover": True, "epoch": "another", "offset": 1}}),
            expect(2),
            send({"id": 3, "unsubscribe": {"channel": "~"}}),
            expect(1),
            send({"id": 4, "subscribe": {"channel": "~", "recover": True, "epoch": "another", "offset": 1, "flag": 2}}),
            expect(1),
        ],
    ),
    Story(
        "server-side",
        "The server subscribes the client to its stream, and recovers it, with connect alone.",
        [
            *PEOPLE,
            OPEN,
            send({"id": 1, "connect": {"token": "$token_1", "data": {"stream": True}}}),
            expect(1),
            says("bob", "One"),
            expect(1),
            CLOSE,
            says("bob", "Two"),
            OPEN,
            send(
                {
                    "id": 1,
                    "connect": {
                        "token": "$token_1",
                        "data": {"stream": True},
                        "subs": {"~": {"recover": True, "epoch": "$epoch_1", "offset": "$offset_2"}},
                    },
                }
            ),
            expect(1),
        ],
    ),
    Story(
        "errors",
        "What is refused: an unknown method, no parameter, what is not there, what is not for clients.",
        [
            *IN_THE_STREAM,
            send(rpc(3, "messages.juggle")),
            expect(1),
            send(rpc(4, "messages.send", **KITCHEN)),
            expect(1),
            send(rpc(5, "messages.view", **KITCHEN, message_id=4096)),
            expect(1),
            send(rpc(6, "users.create", user_id="cat")),
            expect(1),
            send({"id": 7, "subscribe": {"channel": "~"}}),
            expect(1),
            send({"id": 8, "subscribe": {"channel": "elsewhere"}}),
            expect(1),
            send({"id": 9, "publish": {"channel": "~", "data": {}}}),
            expect(1),
        ],
    ),
    Story(
        "typing",
        "Somebody types: a publication without an offset, which moves no position and is not recovered.",
        [*IN_THE_STREAM, backend("POST", "/v3/group_channels/kitchen/typing", user_ids=["bob"]), expect(1)],
    ),
    Story(
        "read",
        "A message of somebody else is read.",
        [
            *IN_THE_STREAM,
            says("bob", "Tea?"),
            expect(1),
            send(rpc(3, "channels.unread_count", **KITCHEN)),
            expect(1),
            send(rpc(4, "channels.mark_read", **KITCHEN)),
            expect(2),
            send(rpc(5, "channels.unread_count", **KITCHEN)),
            expect(1),
        ],
    ),
    Story(
        "file",
        "A file is uploaded over HTTP, and sent.",
        [
            *IN_THE_STREAM,
            {
                "upload": {
                    "path": "/client/v1/files?name=note.txt",
                    "type": "text/plain",
                    "token": "$token_1",
                    "content": "Tea at five",
                },
                "keep": ["file_id", "size"],
            },
            send(rpc(3, "messages.send", **KITCHEN, files=[{"file_id": "$file_1"}])),
            expect(2),
        ],
    ),
    Story(
        "refresh",
        "A session that expires: the client brings a new token before.",
        [
            backend("POST", "/v3/users", user_id="ann", nickname="Ann"),
            session(expires_at=4102444800000),
            session(),
            KNOWN,
            OPEN,
            send(CONNECT),
            expect(1),
            send({"id": 2, "refresh": {"token": "$token_2"}}),
            expect(1),
        ],
    ),
    Story(
        "open-channel",
        "An open channel is entered, spoken in, looked at, and deleted under the client.",
        [
            *PEOPLE,
            backend("POST", "/v3/open_channels", channel_url="hall", name="The hall"),
            OPEN,
            send(CONNECT, {"id": 2, "subscribe": {"channel": "open:hall"}}),
            # The third tells who has entered, about a second later: nothing after it depends on how fast we are.
            expect(3),
            send({"id": 3, "presence_stats": {"channel": "open:hall"}}),
            expect(1),
            send(rpc(4, "messages.send", channel_url="hall", message="Hello, all")),
            expect(2),
            backend("DELETE", "/v3/open_channels/hall"),
            expect(2),
        ],
    ),
]
