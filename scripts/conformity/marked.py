"""Parts of docs/conformance.md that scripts write, between `<!-- NAME begins -->` and `<!-- NAME ends -->`."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"


def write_section(name: str, text: str) -> None:
    """Replace what stands between the marks of a name. Raises ValueError when they are not there."""
    begins, ends = f"<!-- {name} begins -->\n", f"<!-- {name} ends -->"
    page = PAGE.read_text("utf-8")
    before, rest = page[: page.index(begins) + len(begins)], page[page.index(ends) :]
    PAGE.write_text(f"{before}{text}\n{rest}", "utf-8")
