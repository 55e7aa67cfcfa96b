"""Finding a route by its path, segment by segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from chatd.http.platform.routes.route import Route

# In the place of a parameter. No segment of a path is a number.
_PARAMETER: Final = 0

Node = dict[Any, Any]


class Tree:
    """Routes by method, then by one segment after the other. What is written comes before a parameter."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._methods: dict[tuple[str, int], Node] = {}
        for route in routes:
            node = self._methods.setdefault((route.method, len(route.segments)), {})
            *first, last = (_PARAMETER if each[0] == "{" else each for each in route.segments)
            for segment in first:
                node = node.setdefault(segment, {})
            node[last] = route

    def find(self, method: str, segments: Sequence[str]) -> Route | None:
        """The route of a request, None when there is none."""
        node = self._methods.get((method, len(segments)))
        return None if node is None else _find(node, segments, 0)


def _find(node: Node, segments: Sequence[str], at: int) -> Route | None:
    for key in (segments[at], _PARAMETER):
        found = node.get(key)
        if isinstance(found, Route):
            return found
        if found is not None and (route := _find(found, segments, at + 1)) is not None:
            return route
    return None
