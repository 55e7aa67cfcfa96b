"""The page about exports: it lists every line there can be, with its fields, and its example can be imported."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from chatd import events
from chatd.domain.tenants import applications
from chatd.store.store import Store
from chatd.transfer.exporting import EXPORT
from chatd.transfer.lines import name_of
from tests.domain.conftest import MAP_SIZE
from tests.transfer.test_export import imported

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
ROW = re.compile(r"^\| `([a-z_.]+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def test_every_event_is_listed_with_its_fields() -> None:
    listed = {name: re.findall(r"`(\w+)`", fields) for name, fields in ROW.findall(PAGE)}
    expected = {name_of(event): list(event.__struct_fields__) for event in get_args(events.Event)}
    assert set(listed) == set(expected)
    for name, fields in expected.items():
        assert listed[name][: len(fields)] == fields, name


@pytest.mark.parametrize("event", get_args(events.Event))
def test_fields_have_no_names_that_lines_have(event: type[msgspec.Struct]) -> None:
    assert not {"type", "sequence", "time"} & set(event.__struct_fields__)


def test_the_example_can_be_imported(tmp_path: Path) -> None:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    lines, _, end = block.rstrip("\n").rpartition("\n")
    sealed = end.replace("…", hashlib.sha256(f"{lines}\n".encode()).hexdigest())
    (tmp_path / EXPORT).write_text(f"{lines}\n{sealed}\n")
    store = Store.open(tmp_path / "data", MAP_SIZE)
    made = imported(store, tmp_path)
    store.refresh()
    assert store.read(0, applications.by_name, "shop") == made
    assert store.read(made.number, lambda txn: txn.head.sequence) == 3
    store.close()
