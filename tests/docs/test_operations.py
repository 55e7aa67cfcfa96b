"""The operations page: it names every limit with the default that it has, and its examples are valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatd.config import Config

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)\.(\w+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@pytest.mark.parametrize("section", ["gateway", "http", "files"])
def test_every_limit_is_named_with_its_default_and_what_it_does(section: str) -> None:
    named = {option: default for where, option, default, _ in ROW.findall(PAGE) if where == section}
    settings = getattr(Config(), section)
    assert named == {option: str(getattr(settings, option)) for option in settings.__struct_fields__}


def test_every_option_that_is_mentioned_exists() -> None:
    defaults = Config()
    options = {
        option for section in defaults.__struct_fields__ for option in getattr(defaults, section).__struct_fields__
    }
    mentioned = set(
        re.findall(r"`((?!chatd_)\w+_(?:bytes|seconds|limit|protocol|certificate|key|url)|proxies|listen)\b", PAGE)
    )
    assert mentioned
    assert mentioned <= options
