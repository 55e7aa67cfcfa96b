"""The index on disk: what is in it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatd.errors import SearchFailed
from chatd.store.search import Cursor, Generation, Search
from chatd.store.search_index import Entry, SearchIndex
from chatd.store.search_query import parse
from chatd.store.search_terms import Sought


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    made = SearchIndex(tmp_path / "index")
    for application in (1, 2):
        for number in range(1, 7):
            made.add(Entry(application, number, number % 2, 7, 1000 + number, f"hello {number}", ""))
    made.commit()
    yield made
    made.close()


def found(index: SearchIndex, application: int, query: str = "hello") -> list[int]:
    hits = index.find(Sought(application, parse(query)), 100)
    assert hits.total == len(hits.found)
    return [message_id for message_id, _ in hits.found]


def test_everything_is_of_its_application(index: SearchIndex) -> None:
    assert found(index, 1) == found(index, 2) == [6, 5, 4, 3, 2, 1]
    assert found(index, 3) == []
    index.remove(1, 3)
    index.remove_channel(2, 0)
    index.commit()
    assert (found(index, 1), found(index, 2)) == ([6, 5, 4, 2, 1], [5, 3, 1])
    assert index.leftovers() == 4
    index.remove_application(1)
    index.commit()
    assert (found(index, 1), found(index, 2), index.messages()) == ([], [5, 3, 1], 3)


def test_old_messages_of_a_channel_are_removed_together(index: SearchIndex) -> None:
    index.remove_until(1, 1, 1003)
    index.commit()
    assert (found(index, 1), found(index, 2)) == ([6, 5, 4, 2], [6, 5, 4, 3, 2, 1])


def test_a_change_in_one_commit_removes_what_was_and_keeps_what_is(index: SearchIndex) -> None:
    index.remove(1, 3)
    index.add(Entry(1, 3, 1, 7, 1003, "goodbye 3", ""))
    assert 3 in found(index, 1)
    index.commit()
    assert (found(index, 1, "goodbye"), found(index, 1, "3")) == ([3], [3])


def test_a_removal_right_after_opening_counts(tmp_path: Path) -> None:
    """Also when the one before has ended with a removal, and when there are several files to merge."""
    number = 0
    for opened in range(25):
        index = SearchIndex(tmp_path / "opened")
        for _ in range(1 + opened % 5):
            index.remove(1, number)
            if number:
                index.add(Entry(1, number, 1, 7, 1000 + number, f"edited {number}", ""))
            for _ in range(3):
                number += 1
                index.add(Entry(1, number, 1, 7, 1000 + number, f"hello {number}", ""))
            index.remove(1, number - 1)
            index.add(Entry(1, number - 1, 1, 7, 999 + number, f"edited {number - 1}", ""))
            index.commit()
        assert index.messages() == number
        index.close()


def test_what_was_not_committed_is_lost(index: SearchIndex) -> None:
    index.remove(1, 3)
    index.close()
    again = SearchIndex(index.directory)
    assert len(found(again, 1)) == 6
    assert again.last(1) == 6
    assert again.last(3) == 0
    again.close()


def test_an_index_is_of_one_process(index: SearchIndex) -> None:
    with pytest.raises(SearchFailed):
        SearchIndex(index.directory)


def test_a_newer_index_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    search = Search(tmp_path)
    search.open()
    assert search.live is None
    assert search.coming is not None
    search.coming.commit({1: Cursor("epoch", 5, 5)}, 0)
    search.close()
    search.open()
    assert search.coming is not None
    assert search.coming.state.cursors == {1: Cursor("epoch", 5, 5)}
    search.promote()
    search.begin()
    search.coming.commit({}, 0)
    search.promote()
    assert [path.name for path in search.directory.iterdir()] == ["2-2"]
    search.close()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    search = Search(tmp_path)
    search.open()
    assert search.coming is not None
    search.coming.commit({}, 0)
    (search.coming.directory / "followed.json").write_bytes(content)
    search.close()
    with pytest.raises(SearchFailed):
        search.open()
    search.close()
    search.clear()
    search.open()
    assert search.coming is not None
    search.close()


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "search").write_bytes(b"")
    with pytest.raises(SearchFailed):
        Search(tmp_path).open()
    with pytest.raises(SearchFailed):
        Search(tmp_path).wish()
    (tmp_path / "2-1").write_bytes(b"")
    with pytest.raises(SearchFailed):
        Generation(tmp_path / "2-1")
