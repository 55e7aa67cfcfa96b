"""On a phone and in narrow windows nothing is cut off, and axe-core finds nothing serious on any screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.screens import Visitor
from tests.browser.touring import SETTLED, look, scene, tour, visit

__all__ = ["scene", "visit"]
pytestmark = pytest.mark.slow

NARROW, ZOOMED = (320, 640), (600, 380)

# Whatever one can use has to be within the window, unless what it is in scrolls sideways or is out of sight by intent.
CUT = """() => [...document.querySelectorAll("button, a[href], input, textarea, select, h1, h2, h3")].filter((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    if (width === 0 || !node.checkVisibility({ visibilityProperty: true })) return false;
    return !node.closest(".unseen, .table, .code pre, .skip, [role=tablist]") && (left < -1 || right > innerWidth + 1);
}).map((node) => node.outerHTML.slice(0, 120)).concat(
    document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [])"""


def test_no_screen_keeps_anybody_out(visit: Callable[..., Visitor]) -> None:
    """At 320 pixels, as on the smallest phones, and then at twice the size on a desk."""

    def seen(page: Page, name: str) -> list[str]:
        found = []
        for width, height in (NARROW, ZOOMED):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(SETTLED)
            found += [f"{name}, {width} wide: {each}" for each in page.evaluate(CUT)]
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        return [*found, *look(page, name)]

    found = tour(visit("en", **{**PHONE, "viewport": {"width": NARROW[0], "height": NARROW[1]}}), seen)
    assert not found, "\n".join(found)
