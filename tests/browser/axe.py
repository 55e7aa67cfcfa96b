"""axe-core on a page: what stands in the way of people with disabilities, as far as a program can tell."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

_AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
# WCAG 2.2, levels A and AA, and what axe-core's makers count as good practice.
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A menu opens outside the landmarks, above all else; on a phone the list takes the place of the main part.
_UNFIT: Final = {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}
_RUN: Final = """async ([runOnly, rules]) => {
    const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ["violations"] });
    const told = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`;
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(told) }));
}"""


def violations(page: Page) -> list[str]:
    """Each violation of what is shown now, whatever its weight, with the elements concerned."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN, [_TAGS, _UNFIT])
    return [f"{each['impact']} {each['id']}: {node}" for each in found for node in each["nodes"]]
