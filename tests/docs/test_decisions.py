"""Pages about decisions are numbered, each once, and say their number."""

from __future__ import annotations

from pathlib import Path

PAGES = sorted((Path(__file__).parents[2] / "docs" / "decisions").glob("*.md"))


def test_each_number_is_there_once() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


def test_pages_say_their_number() -> None:
    for page in PAGES:
        assert page.read_text("utf-8").startswith(f"# {int(page.name[:4])}. "), page.name
