"""Commands that clients may send and answers that they may get, of every kind, as hypothesis draws them."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from chatd.wire import replies
from chatd.wire.codes import Disconnect, Error, Unsubscribe

texts = st.text(max_size=40)
numbers = st.integers(0, 2**64 - 1)
seconds = st.integers(0, 2**31)
ids = st.integers(1, 2**32 - 1)
codes = st.integers(1, 4999)
plain_data = st.one_of(st.booleans(), texts, st.integers(-(2**53), 2**53))
json_data = st.one_of(
    plain_data, st.lists(plain_data, max_size=2), st.dictionaries(texts, st.one_of(st.none(), plain_data), max_size=3)
)
perhaps_data = st.one_of(st.none(), json_data)


def fields(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these."""
    return st.fixed_dictionaries({}, optional=values)


channels = fields(channel=texts)
subscribes = fields(
    channel=texts,
    token=texts,
    recover=st.booleans(),
    epoch=texts,
    offset=numbers,
    data=json_data,
    positioned=st.booleans(),
    recoverable=st.booleans(),
    join_leave=st.booleans(),
    delta=texts,
    flag=st.integers(-(2**63), 2**63 - 1),
)
connects = fields(
    token=texts, data=json_data, subs=st.dictionaries(texts, subscribes, max_size=3), name=texts, version=texts
)
histories = fields(
    channel=texts,
    limit=st.integers(-(2**31), 2**31 - 1),
    since=fields(offset=numbers, epoch=texts),
    reverse=st.booleans(),
)
requests = st.one_of(
    st.tuples(st.just("connect"), connects),
    st.tuples(st.just("subscribe"), subscribes),
    st.tuples(st.sampled_from(["unsubscribe", "presence", "presence_stats"]), channels),
    st.tuples(st.just("publish"), fields(channel=texts, data=json_data)),
    st.tuples(st.just("history"), histories),
    st.tuples(st.just("ping"), st.just({})),
    st.tuples(st.just("send"), fields(data=json_data)),
    st.tuples(st.just("rpc"), fields(data=json_data, method=texts)),
    st.tuples(st.just("refresh"), fields(token=texts)),
    st.tuples(st.just("sub_refresh"), fields(channel=texts, token=texts)),
)
commands = st.lists(st.tuples(ids, requests), min_size=1, max_size=4)

infos = st.builds(replies.ClientInfo, texts, texts, perhaps_data, perhaps_data)
publications = st.builds(
    replies.Publication,
    json_data,
    numbers,
    st.one_of(st.none(), infos),
    st.dictionaries(texts, texts, max_size=2),
    st.integers(0, 2**62),
)
subscriptions = st.builds(
    replies.SubscribeResult,
    epoch=texts,
    offset=numbers,
    recovered=st.booleans(),
    was_recovering=st.booleans(),
    publications=st.lists(publications, max_size=2),
    recoverable=st.booleans(),
    positioned=st.booleans(),
    data=perhaps_data,
    expires=st.booleans(),
    ttl=seconds,
)
logins = st.builds(
    replies.ConnectResult,
    client=texts,
    version=texts,
    data=perhaps_data,
    expires=st.booleans(),
    ttl=seconds,
    ping=seconds,
    pong=st.booleans(),
    subs=st.dictionaries(texts, subscriptions, max_size=2),
    session=texts,
    node=texts,
)
results = st.one_of(
    st.tuples(st.just("connect"), logins),
    st.tuples(st.just("subscribe"), subscriptions),
    st.tuples(st.just("unsubscribe"), st.just(replies.UnsubscribeResult())),
    st.tuples(st.just("publish"), st.just(replies.PublishResult())),
    st.tuples(st.just("presence"), st.builds(replies.PresenceResult, st.dictionaries(texts, infos, max_size=2))),
    st.tuples(st.just("presence_stats"), st.builds(replies.PresenceStatsResult, seconds, seconds)),
    st.tuples(st.just("history"), st.builds(replies.HistoryResult, st.lists(publications, max_size=2), texts, numbers)),
    st.tuples(st.just("refresh"), st.builds(replies.RefreshResult, texts, texts, st.booleans(), seconds)),
    st.tuples(st.just("sub_refresh"), st.builds(replies.SubRefreshResult, st.booleans(), seconds)),
    st.tuples(st.just("error"), st.builds(Error, codes, texts, st.booleans())),
)
pushes = st.one_of(
    st.tuples(st.just("pub"), publications),
    st.tuples(st.just("join"), st.builds(replies.Join, infos)),
    st.tuples(st.just("leave"), st.builds(replies.Leave, infos)),
    st.tuples(st.just("unsubscribe"), st.builds(Unsubscribe, codes, texts)),
    st.tuples(st.just("message"), st.builds(replies.ServerMessage, json_data)),
    st.tuples(
        st.just("subscribe"),
        st.builds(replies.Subscribe, st.booleans(), texts, numbers, st.booleans(), perhaps_data),
    ),
    st.tuples(st.just("disconnect"), st.builds(Disconnect, codes, texts)),
)

DATA = {"data", "conn_info", "chan_info"}
# What stays in a JSON message when it is zero.
ALWAYS = {
    "ClientInfo": {"user", "client"},
    "ConnectResult": {"client", "version"},
    "Disconnect": {"code", "reason"},
    "Error": {"code", "message"},
    "HistoryResult": {"publications", "epoch", "offset"},
    "PresenceResult": {"presence"},
    "PresenceStatsResult": {"num_clients", "num_users"},
    "RefreshResult": {"client", "version"},
    "Unsubscribe": {"code", "reason"},
}


def encoded(codec: Any, id: int, kind: str, record: Any) -> bytes:
    """The frame of a reply."""
    frame: bytes = codec.error(id, record) if kind == "error" else codec.reply(id, record)
    return frame


def payload(frame: bytes) -> bytes:
    """What is in an unmasked frame."""
    start = {126: 4, 127: 10}.get(frame[1], 2)
    assert start == 2 or int.from_bytes(frame[2:start], "big") == len(frame) - start
    assert start > 2 or frame[1] == len(frame) - 2
    return frame[start:]


def plain(value: Any, always: dict[str, set[str]]) -> Any:
    """A record of ours as what JSON has: without zero values, but for those that `always` stay."""
    if isinstance(value, msgspec.Struct):
        kept = always.get(type(value).__name__, set())
        pairs = {name: getattr(value, name) for name in value.__struct_fields__}
        return {
            name: each if name in DATA else plain(each, always)
            for name, each in pairs.items()
            if name in kept or (each is not None if name in DATA else each)
        }
    if isinstance(value, dict):
        return {name: plain(each, always) for name, each in value.items()}
    return [plain(each, always) for each in value] if isinstance(value, list) else value


def read(request: Any) -> Any:
    """A request as the client wrote it: without zero values, data as what their bytes say."""
    if isinstance(request, msgspec.Struct):
        pairs = {name: read(getattr(request, name)) for name in request.__struct_fields__}
        return {name: each for name, each in pairs.items() if each}
    if isinstance(request, msgspec.Raw):
        return [msgspec.json.decode(request)] if bytes(request) else None
    return {name: read(each) for name, each in request.items()} if isinstance(request, dict) else request


def written(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a request that say something, data in a list."""
    found = {name: [each] if name == "data" else each for name, each in values.items()}
    if "subs" in found:
        found["subs"] = {channel: written(each) for channel, each in found["subs"].items()}
    if "since" in found:
        found["since"] = written(found["since"])
    return {name: each for name, each in found.items() if each}
