"""Finding a route by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from chatd.http.platform.routes.route import Route

# From the segments of a path those that are written in a route, and the route by them.
Shape = tuple[Callable[[Sequence[str]], Any], dict[Any, Route]]


class Tree:
    """Routes by method and length, then by what is written in them. What is written comes before a parameter."""

    def __init__(self, routes: Iterable[Route]) -> None:
        by_shape: dict[tuple[str, tuple[bool, ...]], list[Route]] = {}
        for route in routes:
            is_parameter = tuple(segment[0] == "{" for segment in route.segments)
            by_shape.setdefault((route.method, is_parameter), []).append(route)
        self._shapes: dict[tuple[str, int], list[Shape]] = {}
        for (method, is_parameter), alike in sorted(by_shape.items(), key=itemgetter(0)):
            written = itemgetter(*(at for at, is_one in enumerate(is_parameter) if not is_one))
            found = {written(route.segments): route for route in alike}
            self._shapes.setdefault((method, len(is_parameter)), []).append((written, found))

    def find(self, method: str, segments: Sequence[str]) -> Route | None:
        """The route of a request, None when there is none."""
        for written, routes in self._shapes.get((method, len(segments)), ()):
            route = routes.get(written(segments))
            if route is not None:
                return route
        return None
