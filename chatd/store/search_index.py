"""One full-text index on disk: what is in it, and how it is changed.

It knows no rule of chat: a message is found by words, channel, sender, type, time and whether it has files, and named
by its id. Everything in it follows from the log, so it may be thrown away at any time.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
import tantivy

from chatd.errors import SearchFailed
from chatd.store.search_terms import Sought, first_place, global_number, in_range, place, to_query
from chatd.store.search_text import searchable

R = TypeVar("R")

# Words are kept in memory until they take so much or are committed; then they become files.
WRITER_BYTES = 50_000_000
# Merging files yields to serving.
NICENESS = 10


class Entry(NamedTuple):
    """A message as the index takes it."""

    application: int
    message_id: int
    channel: int
    sender: int
    created_at: int
    text: str
    custom_type: str
    has_files: bool = False


class Hits(NamedTuple):
    """What was found: how many messages match, and of those asked for the ids, each with its place in time."""

    total: int
    found: list[tuple[int, int]]


class SearchIndex:
    """An open index. One thread at a time may change it; any may search what was committed last.

    Raises SearchFailed when the disk refuses or the files are not what they should be; what was not committed is
    then lost, and the index has to be opened anew.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._index = guarded(lambda: _open(directory))
        self.schema = self._index.schema
        self._writer: Any = guarded(lambda: _yielding(lambda: self._index.writer(WRITER_BYTES, 1)))
        self.pending = 0
        # The engine may lose a removal that is the first change after opening (tantivy 0.27). So the first one is of
        # nothing.
        self._remove("application", 0)
        self.pending = 0
        self.searcher = guarded(self._index.searcher)

    def add(self, entry: Entry) -> None:
        """Add a message; one that is there already has to be removed first."""
        document = tantivy.Document()
        document.add_text("text", searchable(entry.text))
        document.add_unsigned("application", entry.application)
        document.add_unsigned("channel", global_number(entry.application, entry.channel))
        document.add_unsigned("sender", global_number(entry.application, entry.sender))
        document.add_unsigned("key", global_number(entry.application, entry.message_id))
        document.add_unsigned("message", entry.message_id)
        document.add_unsigned("place", place(entry.created_at, entry.message_id))
        document.add_unsigned("has_files", int(entry.has_files))
        if entry.custom_type:
            document.add_text("custom_type", entry.custom_type)
        self._change(self._writer.add_document, document)

    def remove(self, application: int, message_id: int) -> None:
        """Remove a message, if it is there."""
        self._remove("key", global_number(application, message_id))

    def remove_channel(self, application: int, channel: int) -> None:
        """Remove the messages of a channel."""
        self._remove("channel", global_number(application, channel))

    def remove_until(self, application: int, channel: int, time: int) -> None:
        """Remove the messages of a channel up to a time (ms), included."""
        where = tantivy.Query.term_query(self.schema, "channel", global_number(application, channel))
        when = in_range(self.schema, "place", 0, first_place(time + 1))
        self._change(self._writer.delete_documents_by_query, where.and_must_match(when))

    def remove_application(self, application: int) -> None:
        """Remove the messages of an application."""
        self._remove("application", application)

    def last(self, application: int) -> int:
        """The newest message of an application that is in the index, 0 when there is none."""
        query = tantivy.Query.term_query(self.schema, "application", application)
        hits = guarded(lambda: self.searcher.search(query, 1, count=False, order_by_field="message")).hits
        return int(hits[0][0]) if hits else 0

    def commit(self) -> None:
        """Keep all changes, or none of them; then searches see them."""
        guarded(self._writer.commit)
        guarded(self._index.reload)
        self.searcher = guarded(self._index.searcher)
        self.pending = 0

    def messages(self) -> int:
        """How many messages can be found."""
        return self.searcher.num_docs

    def leftovers(self) -> int:
        """How many removed messages have words in the files yet: they go when the files are merged or made anew."""
        try:
            found = msgspec.json.decode((self.directory / "meta.json").read_bytes())
            return sum(each["deletes"]["num_deleted_docs"] for each in found["segments"] if each["deletes"])
        except (OSError, msgspec.DecodeError, LookupError, TypeError) as error:
            raise SearchFailed(f"The search index is damaged: {error}") from error

    def find(self, sought: Sought, limit: int, offset: int = 0) -> Hits:
        """Up to `limit` messages, the best first, behind `offset` better ones."""
        searcher = self.searcher
        query = to_query(self.schema, sought)
        order = "place" if sought.by_time else None
        direction = tantivy.Order.Asc if sought.ascending else tantivy.Order.Desc

        def search() -> Hits:
            result: Any = searcher.search(query, limit, True, order, offset, direction)
            addresses = [address for _, address in result.hits]
            ids: Any = searcher.fast_field_values("message", addresses)
            places: Any = searcher.fast_field_values("place", addresses)
            return Hits(result.count, list(zip(ids, places, strict=True)))

        return guarded(search)

    def settle(self) -> None:
        """Wait for merges, and close: for who made an index and has no other use for it."""
        guarded(self._writer.wait_merging_threads)

    def close(self) -> None:
        """Let the files go. What was not committed is lost; merges under way come to nothing."""
        self._writer = None

    def _remove(self, name: str, number: int) -> None:
        # The engine's deletion by term does not find terms that are numbers (tantivy 0.27); its deletion by query does.
        self._change(self._writer.delete_documents_by_query, tantivy.Query.term_query(self.schema, name, number))

    def _change(self, function: Callable[..., Any], *args: Any) -> None:
        self.pending += 1
        guarded(lambda: function(*args))


def guarded(function: Callable[[], R]) -> R:
    """What the engine returns. Raises SearchFailed in place of whatever it raises."""
    try:
        return function()
    except Exception as error:
        raise SearchFailed(f"The search index failed: {error}") from error
    except BaseException as error:
        # The engine's own assertions are no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SearchFailed(f"The search index failed: {error}") from error


def _open(directory: Path) -> tantivy.Index:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), str(directory), reuse=True)
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("words", analyzer)
    index.config_reader("manual")
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="words", index_option="position")
    builder.add_text_field("custom_type", tokenizer_name="raw", index_option="basic")
    for name in ("application", "channel", "sender", "key", "has_files"):
        builder.add_unsigned_field(name, indexed=True)
    for name in ("message", "place"):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def _yielding(function: Callable[[], R]) -> R:
    """Run a function in a thread of low priority, which the threads that it starts inherit."""
    done: list[R] = []
    raised: list[BaseException] = []

    def work() -> None:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        try:
            done.append(function())
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=work, name="search")
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
    return done[0]
