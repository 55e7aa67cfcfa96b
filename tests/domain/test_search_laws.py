"""Whatever happened, in whatever order it was indexed: search finds what reading everything would find."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain.channels.memberships import channels_of
from chatd.domain.fold.stored import current_message
from chatd.domain.upkeep.indexing import written
from chatd.domain.upkeep.purge import purge
from chatd.jobs.index import Indexer
from chatd.model import Actor
from chatd.store import tables
from chatd.store.search_query import matches, parse
from chatd.store.search_text import places, words
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World

USERS = ("ann", "bob", "eve")
ROOMS = ("room", "cellar")
WORDS = ("tea", "team", "Tee", "thé", "東京", "京都都", "co-op", "a.b@c.de", "x")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
queries = st.lists(
    st.tuples(st.sampled_from(["", "-"]), st.sampled_from([*WORDS, "te*", "the*", '"tea team"', '"te"*', "京", "op"])),
    max_size=2,
).map(lambda parts: " ".join(map("".join, parts)) + " te*")
who, where = st.sampled_from(USERS), st.sampled_from(ROOMS)
actions = st.one_of(
    st.tuples(st.just("send"), where, who, texts),
    st.tuples(st.just("send"), where, who, texts),
    st.tuples(st.just("edit"), st.integers(0, 9), texts),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("leave"), where, who),
    st.tuples(st.just("join"), where, who),
    st.tuples(st.just("close"), where),
    st.tuples(st.just("index")),
    st.tuples(st.sampled_from(["index", "reopen", "lose", "rebuild", "purge", "look"])),
)


class History:
    """An application to which things happen, and its index."""

    def __init__(self, directory: Path) -> None:
        self.world = World(Store.open(directory / "data", MAP_SIZE))
        self.world.users(*USERS)
        self.sent: list[tuple[str, int]] = []
        self.now = itertools.count(0.0, 1000.0)
        self.indexer = Indexer(self.world.store)
        self.indexer.open()

    def act(self, name: str, *args: Any) -> None:
        getattr(self, name)(*args)

    def send(self, room: str, user: str, text: str) -> None:
        if not self._has(room):
            self.world.backend("channels.create", channel_url=room, user_ids=["ann", "bob"], is_public=True)
        self.join(room, user)
        sent = self.world.client(user, "messages.send", channel_url=room, message=text)
        self.sent.append((room, sent["message_id"]))

    def edit(self, index: int, text: str) -> None:
        if index < len(self.sent):
            room, message_id = self.sent[index]
            self.world.backend("messages.update", channel_url=room, message_id=message_id, message=text)

    def delete(self, index: int) -> None:
        if index < len(self.sent):
            room, message_id = self.sent.pop(index)
            self.world.backend("messages.delete", channel_url=room, message_id=message_id)

    def leave(self, room: str, user: str) -> None:
        if self._has(room) and room in self._rooms(user):
            self.world.client(user, "channels.leave", channel_url=room)

    def join(self, room: str, user: str) -> None:
        if self._has(room) and room not in self._rooms(user):
            self.world.client(user, "channels.join", channel_url=room)

    def close(self, room: str) -> None:
        if self._has(room):
            self.world.backend("channels.delete", channel_url=room)
            self.sent = [each for each in self.sent if each[0] != room]

    def index(self) -> None:
        while self.indexer.step(next(self.now)):
            pass

    def look(self) -> None:
        """Follow the log without committing."""
        self.indexer.step(-1.0)

    def reopen(self) -> None:
        self.indexer = Indexer(self.world.store)
        self.indexer.open()

    def lose(self) -> None:
        """The file that says how far the log was followed is an old one: as after a crash between two writes."""
        live = self.world.store.search.live
        if live is not None:
            old = live.directory / "followed.json"
            kept = old.read_bytes()
            self.index()
            if self.world.store.search.live is live:
                old.write_bytes(kept)
                self.reopen()

    def rebuild(self) -> None:
        self.world.store.search.wish()

    def purge(self) -> None:
        self.world.store.write_now(self.world.application, purge, 1)

    def _has(self, room: str) -> bool:
        number = self.world.store.read_now(self.world.application, lambda txn: txn.get(tables.CHANNEL_URLS, room))
        return number is not None

    def _rooms(self, user: str) -> set[str]:
        return self.world.store.read_now(self.world.application, _rooms, self.world.actor(user))


def _rooms(txn: Transaction, actor: Actor) -> set[str]:
    assert actor.user is not None
    return {txn.require(tables.CHANNELS, channel).channel_url for channel in channels_of(txn, actor.user)}


def _brute(txn: Transaction, actor: Actor, query: str) -> list[int]:
    """What is found by reading everything, the newest first."""
    mine = None if actor.user is None else {channel for (_, channel), _ in txn.scan(tables.MEMBERSHIPS, actor.user)}
    found = []
    for (channel,), _ in txn.scan(tables.CHANNELS):
        if mine is not None and channel not in mine:
            continue
        for (_, time, message_id), _ in txn.scan(tables.TIMELINE, channel):
            message = current_message(txn, message_id)
            if message and not message.is_removed and matches(parse(query), words(written(message))):
                found.append((time, message_id))
    return [message_id for _, message_id in sorted(found, reverse=True)]


histories = st.lists(actions, max_size=30)
questions = st.lists(queries, min_size=1, max_size=4)


@given(histories, questions)
@settings(max_examples=20)
def test_search_finds_what_reading_everything_finds(history: list[tuple[Any, ...]], asked: list[str]) -> None:
    _check(history, asked)


@pytest.mark.slow
@given(histories, questions)
@settings(max_examples=300)
def test_search_finds_it_after_many_histories(history: list[tuple[Any, ...]], asked: list[str]) -> None:
    _check(history, asked)


def _check(history: list[tuple[Any, ...]], asked: list[str]) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        made = History(Path(directory))
        for action in history:
            made.act(*action)
        try:
            for round in (made.index, made.reopen, made.rebuild):
                round()
                made.index()
                _compare(made, asked)
        finally:
            made.world.store.search.close()
            made.world.store.close()


def _compare(made: History, asked: list[str]) -> None:
    world = made.world
    for query in asked:
        for actor in (Actor(world.application, None, None), *map(world.actor, USERS)):
            found = world.call(actor, "messages.search", {"query": query, "sort_field": "ts", "limit": 100})
            brute = world.store.read_now(world.application, _brute, actor, query)
            assert [each["message_id"] for each in found["results"]] == brute
            assert found["total_count"] == len(brute)
            scored = world.call(actor, "messages.search", {"query": query, "limit": 100})
            assert {each["message_id"] for each in scored["results"]} == set(brute)


@given(st.text(max_size=80))
def test_places_of_words_are_where_the_words_are(text: str) -> None:
    found = places(text)
    if found is not None:
        assert [word.text for word in found] == words(text)
        for word in found:
            assert 0 <= word.start < word.end <= len(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_text_is_found_by_its_words(text: str, more: str) -> None:
    found = words(text)
    if found and len(found) <= 32:
        assert matches(parse('"' + text.replace('"', " ") + '"'), words(f"{more} {text} {more}"))
