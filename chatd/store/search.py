"""The search index of a store: one that answers, and perhaps one that is being made anew beside it.

Each is a directory of its own under `search` in the store's directory. Backups leave them out: what is missing,
damaged, or of another format is made anew from the log.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from chatd.errors import SearchFailed
from chatd.store.files import make_directory, sync_directory
from chatd.store.search_index import SearchIndex

DIRECTORY = "search"
# Counts changes of what is indexed and how. An index with another number is made anew.
FORMAT = 2

_NAME = re.compile(r"(\d+)-(\d+)")
_STATE = "followed.json"
_WISH = "rebuild"


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """How far an index has followed an application's log.

    Messages were read when the log had reached `horizon` or more: what events up to it did to them was seen then.
    """

    epoch: str
    sequence: int
    horizon: int


class State(msgspec.Struct, frozen=True):
    """What an index is: whether it has ever reached the end of the logs, and how far it followed each."""

    is_complete: bool = False
    cursors: dict[int, Cursor] = msgspec.field(default_factory=dict)
    unclean_since: int = 0  # milliseconds: when words of removed messages were first seen in the files; 0 for none


class Generation:
    """An index, and how far it has followed the logs.

    `state` is what the disk holds: never ahead of the index, at most a commit behind. So what follows it
    may be in the index already.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.state = _read_state(directory)
        self.index = SearchIndex(directory)

    def commit(self, cursors: dict[int, Cursor], now: int) -> None:
        """Keep the changes of the index at `now` (ms), then how far it has followed the logs. Raises SearchFailed."""
        if self.index.pending:
            self.index.commit()
        unclean_since = (self.state.unclean_since or now) if self.index.leftovers() else 0
        self._keep(State(self.state.is_complete, cursors, unclean_since))

    def complete(self) -> None:
        """Say that it has reached the end of the logs: it may answer. Raises SearchFailed."""
        self._keep(replace(self.state, is_complete=True))

    def _keep(self, state: State) -> None:
        _write_state(self.directory, state)
        self.state = state


class Search:
    """Generations of the index. One thread at a time may change them; any may look for messages in `live`.

    `behind` is how many events of the logs were not in it yet, when last seen. Raises SearchFailed when the disk
    refuses.
    """

    def __init__(self, store_directory: Path) -> None:
        self.directory = store_directory / DIRECTORY
        self.behind = 0
        self.live: Generation | None = None
        self.coming: Generation | None = None

    def open(self) -> None:
        """Open what there is, and begin an index when there is none. What is of another format is removed."""
        with _refusals(self.directory):
            make_directory(self.directory)
            for directory in self._directories():
                self._open(directory)
        if self.live is None and self.coming is None:
            self.begin()

    def begin(self) -> None:
        """Begin an index anew, from the beginning of the logs. The one that answers goes on meanwhile."""
        if self.coming is not None:
            self._remove(self.coming)
            self.coming = None
        with _refusals(self.directory):
            numbers = [int(directory.name.partition("-")[2]) for directory in self._directories()]
            self.coming = Generation(self.directory / f"{FORMAT}-{max(numbers, default=0) + 1}")
            (self.directory / _WISH).unlink(missing_ok=True)

    def promote(self) -> None:
        """Let the index that was made anew answer from now on."""
        assert self.coming is not None
        old, self.live, self.coming = self.live, self.coming, None
        self.live.complete()
        if old is not None:
            self._remove(old)

    def clear(self) -> None:
        """Throw away all that is there; nothing may be open."""
        shutil.rmtree(self.directory, ignore_errors=True)

    def messages(self) -> int:
        """How many messages can be found."""
        live = self.live
        return 0 if live is None else live.index.messages()

    def wished(self) -> bool:
        """Whether somebody has asked for an index made anew."""
        return (self.directory / _WISH).exists()

    def wish(self) -> None:
        """Ask a server that runs, or the next one, to make the index anew."""
        with _refusals(self.directory):
            make_directory(self.directory)
            (self.directory / _WISH).touch()

    def settle(self) -> None:
        """Let the index become as small as it gets. It cannot be changed afterwards."""
        if self.live is not None:
            self.live.index.settle()

    def close(self) -> None:
        """Let the files go. What was not committed is followed again next time."""
        for generation in (self.live, self.coming):
            if generation is not None:
                generation.index.close()
        self.live = self.coming = None

    def _directories(self) -> list[Path]:
        """Directories of indexes, oldest first."""
        found = [each for each in self.directory.iterdir() if _NAME.fullmatch(each.name)]
        return sorted(found, key=lambda each: int(each.name.partition("-")[2]))

    def _open(self, directory: Path) -> None:
        if not directory.name.startswith(f"{FORMAT}-") or not (directory / _STATE).exists():
            # Of another version, or killed at the very beginning.
            shutil.rmtree(directory, ignore_errors=True)
            return
        generation = Generation(directory)
        if not generation.state.is_complete:
            self.coming, previous = generation, self.coming
        else:
            self.live, previous = generation, self.live
        if previous is not None:
            self._remove(previous)

    def _remove(self, generation: Generation) -> None:
        """Close an index and remove its files; who still looks into it can finish."""
        generation.index.close()
        shutil.rmtree(generation.directory, ignore_errors=True)


@contextmanager
def _refusals(directory: Path) -> Iterator[None]:
    """Raise SearchFailed for what the disk refuses and for files that are not what they should be."""
    try:
        yield
    except (OSError, msgspec.DecodeError) as error:
        raise SearchFailed(f"{directory}: {error}") from error


def _read_state(directory: Path) -> State:
    path = directory / _STATE
    with _refusals(directory):
        return msgspec.json.decode(path.read_bytes(), type=State) if path.exists() else State()


def _write_state(directory: Path, state: State) -> None:
    """Replace the file, durably and as a whole."""
    path, new = directory / _STATE, directory / f"{_STATE}.new"
    with _refusals(directory):
        with new.open("wb") as file:
            file.write(msgspec.json.encode(state))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync_directory(directory)
