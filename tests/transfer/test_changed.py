"""Exports in which anything may be anything: they come in whole, or an error says what is wrong."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.errors import BrokenExport
from chatd.store.store import Store
from chatd.transfer.archive import Archive
from chatd.transfer.mattermost import MattermostExport
from chatd.transfer.moving import Move
from chatd.transfer.slack import SlackExport
from tests.domain.conftest import MAP_SIZE, MEMORY
from tests.domain.test_verify import findings_of
from tests.transfer.conftest import MAX_FILE, Home, Read
from tests.transfer.samples import MATTERMOST, encoded, mattermost_files, mattermost_lines, slack_files

junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.sampled_from(["U1", "C1", "ines", "town-square", "1718000001.000100", "<@U1|x>", "&lt;", ":+1:"]),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=5), max_size=3),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value inside another."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy of a value with another one at the end of a way."""
    value = json.loads(json.dumps(value))
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return value


SLACK = {name: content for name, content in slack_files().items() if not isinstance(content, bytes)}
slack = st.sampled_from([(name, path) for name in SLACK for path in places(SLACK[name])])
mattermost = st.sampled_from(list(places(MATTERMOST)))


def archive(files: dict[str, bytes]) -> Archive:
    sizes = {name: len(content) for name, content in files.items()}
    return Archive(Path("export.zip"), sizes, lambda name: io.BytesIO(files[name]), lambda _: None)


def refused(files: dict[str, bytes], read: Read) -> str | None:
    """Why an export is refused; None when it is not."""
    try:
        read(archive(files), MAX_FILE).survey()
    except BrokenExport as broken:
        return broken.message
    return None


def come_in(files: dict[str, bytes], read: Read) -> None:
    """Move in twice, unless the export is refused."""
    refusal = refused(files, read)
    if refusal is not None:
        assert any(name in refusal for name in (*files, "export.zip"))
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        home = Home(Store.open(Path(name) / "data", MAP_SIZE))
        for _ in range(2):
            source = read(archive(files), MAX_FILE)
            team = source.survey()
            move = Move(home.store, home.application, source)
            move.run(team)
        assert +move.tally.imported == {}
        assert not findings_of(home.store), findings_of(home.store).examples
        home.store.close()


@settings(max_examples=15, deadline=None)
@given(slack, junk)
def test_slack(place: tuple[str, tuple[Any, ...]], new: Any) -> None:
    name, path = place
    content = slack_files() | {name: changed(SLACK[name], path, new)}
    come_in({name: encoded(each) for name, each in content.items()}, SlackExport)


@settings(max_examples=15, deadline=None)
@given(mattermost, junk)
def test_mattermost(path: tuple[Any, ...], new: Any) -> None:
    lines = changed(MATTERMOST, path, new)
    come_in(mattermost_files() | {"import.jsonl": mattermost_lines(lines)}, MattermostExport)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.one_of(slack, mattermost), junk)
def test_much_of_both(place: Any, new: Any) -> None:
    if isinstance(place[0], str):
        test_slack.hypothesis.inner_test(place, new)
    else:
        test_mattermost.hypothesis.inner_test(place, new)
