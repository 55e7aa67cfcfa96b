"""In narrow windows nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.screens import Visitor
from tests.browser.touring import scene, tour, visit

__all__ = ["scene", "visit"]
pytestmark = pytest.mark.slow

# Whatever one can use has to be within the window, unless what it is in scrolls sideways or is out of sight by intent.
CUT = """() => [...document.querySelectorAll("button, a[href], input, textarea, select, h1, h2, h3")].filter((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    if (width === 0 || !node.checkVisibility({ visibilityProperty: true })) return false;
    return !node.closest(".unseen, .table, .code pre, .skip, [role=tablist]") && (left < -1 || right > innerWidth + 1);
}).map((node) => node.outerHTML.slice(0, 120)).concat(
    document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [])"""


@pytest.mark.parametrize(("width", "height"), [(320, 640), (600, 380)], ids=["narrow", "zoomed"])
def test_nothing_is_cut_off(visit: Callable[..., Visitor], width: int, height: int) -> None:
    """At 320 pixels, and at twice the size on a desk."""

    def cut(page: Page, name: str) -> list[str]:
        found: list[str] = page.evaluate(CUT)
        return [f"{name}: {each}" for each in found]

    found = tour(visit(viewport={"width": width, "height": height}), cut)
    assert not found, "\n".join(found)
