"""Exports."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

ROUTES: Final = (
    route("POST", "/export/{data_type}", "exports.create"),
    route("GET", "/export/{data_type}", "exports.list"),
    route("GET", "/export/{data_type}/{request_id}", "exports.view"),
)
