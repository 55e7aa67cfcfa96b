"""What is looked for, in the engine's terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from chatd.store.search_query import Clause

# Numbers of an application's things become numbers of the whole server: application, then thing.
_THING_BITS = 40
# Messages of one millisecond are told apart by the end of their ids.
_TIE_BITS = 16

LAST_PLACE = 2**63


class Sought(NamedTuple):
    """Which messages to find. None leaves a filter out; of places the first is included, the end is not.

    Messages above `newest` are left out, so that later pages are not moved by what came since.
    """

    application: int
    clauses: tuple[Clause, ...]
    channels: Sequence[int] | None = None
    senders: Sequence[int] | None = None
    custom_types: Sequence[str] | None = None
    has_files: bool | None = None
    first: int = 0
    end: int = LAST_PLACE
    newest: int | None = None
    by_time: bool = True
    ascending: bool = False


def place(created_at: int, message_id: int) -> int:
    """A message's place in the order of time: practically a number of its own in an application."""
    return first_place(created_at) | message_id & (1 << _TIE_BITS) - 1


def first_place(time: int) -> int:
    """The first place of a millisecond."""
    return time << _TIE_BITS


def global_number(application: int, number: int) -> int:
    """What the index calls an application's channel, user or message."""
    return application << _THING_BITS | number


def to_query(schema: tantivy.Schema, sought: Sought) -> Query:
    """The query that finds what is sought. Only words count for the score."""
    parts = [(Occur.MustNot if clause.is_excluded else Occur.Must, _words(schema, clause)) for clause in sought.clauses]
    parts += [(Occur.Must, Query.const_score_query(each, 0.0)) for each in _filters(schema, sought)]
    return Query.boolean_query(parts)


def _filters(schema: tantivy.Schema, sought: Sought) -> list[Query]:
    found = []
    if sought.channels is None:
        found.append(Query.term_query(schema, "application", sought.application))
    for name, numbers in (("channel", sought.channels), ("sender", sought.senders)):
        if numbers is not None:
            keys = [global_number(sought.application, number) for number in numbers]
            found.append(Query.term_set_query(schema, name, keys))
    if sought.custom_types is not None:
        found.append(Query.term_set_query(schema, "custom_type", list(sought.custom_types)))
    if sought.has_files is not None:
        found.append(Query.term_query(schema, "has_files", int(sought.has_files)))
    if sought.first > 0 or sought.end < LAST_PLACE:
        found.append(in_range(schema, "place", sought.first, sought.end))
    if sought.newest is not None:
        found.append(in_range(schema, "message", 0, sought.newest + 1))
    return found


def in_range(schema: tantivy.Schema, name: str, first: int, end: int) -> Query:
    """What has a number from `first` on and before `end`."""
    return Query.range_query(schema, name, tantivy.FieldType.Unsigned, first, end, include_upper=False)


def _words(schema: tantivy.Schema, clause: Clause) -> Query:
    *whole, last = clause.words
    if clause.is_prefix:
        # Words are letters, digits and pictures, so they mean themselves in patterns.
        pattern = f"{last}.*"
        if whole:
            return Query.regex_phrase_query(schema, "text", [*whole, pattern])
        return Query.regex_query(schema, "text", pattern)
    if whole:
        return Query.phrase_query(schema, "text", [*clause.words])
    return Query.term_query(schema, "text", last)
