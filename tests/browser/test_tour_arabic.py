"""In Arabic, from right to left, axe-core finds nothing serious on any screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESK
from tests.browser.screens import Visitor
from tests.browser.touring import look, scene, tour, visit

__all__ = ["scene", "visit"]
pytestmark = pytest.mark.slow


def test_no_screen_keeps_anybody_out(visit: Callable[..., Visitor]) -> None:
    found = tour(visit("ar", **DESK), look)
    assert not found, "\n".join(found)
