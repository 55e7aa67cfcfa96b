"""The page about moderation names what there is: acts, permissions, categories of reports, settings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from chatd.domain import COMMANDS
from chatd.domain.channels.access import Deed
from chatd.domain.moderation.audit import ActKind
from chatd.domain.moderation.reports import Category

PAGE = (Path(__file__).parents[2] / "docs" / "moderation.md").read_text("utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(text: str, heading: str) -> set[str]:
    """What the first column of a table has."""
    rows = text.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def test_every_act_is_named() -> None:
    assert first_cells(section("Audit log"), "kind") == set(get_args(ActKind))


def test_every_permission_is_named() -> None:
    assert first_cells(section("Permissions"), "permission") == set(get_args(Deed))


def test_every_category_of_reports_is_named() -> None:
    line = next(line for line in section("Reports").splitlines() if line.startswith("| `report_category` |"))
    assert set(re.findall(r"`(\w+)`", line)) - {"report_category"} == set(get_args(Category))


def test_the_settings_of_the_page_are_taken() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", section("Filters"), re.DOTALL)
    COMMANDS["moderation.update"].parse(json.loads(block))
