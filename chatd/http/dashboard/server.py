"""What the server is and keeps: version, storage, backups, settings. For those who own it."""

from __future__ import annotations

import platform
import re
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import trio
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response

from chatd import VERSION, ids, logs
from chatd.config import Config
from chatd.errors import Unacceptable
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.dashboard.access import owner_of
from chatd.http.dashboard.changelog import changes
from chatd.http.dashboard.live import snapshot
from chatd.store.backup import complete

_SECTION: Final = re.compile(r"^\[(\w+)\]$")
_OPTION: Final = re.compile(r"^(\w+) = ")


async def view(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/server`: `version` with its `changes`, `python`, `store` with its tables, and `backups`."""
    owner_of(request, services)
    return json_answer(await _described(services) | {"changes": await trio.to_thread.run_sync(changes)})


async def settings(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/server/settings`: each with `section`, `name`, `value`, `default` and what it is `about`."""
    owner_of(request, services)
    return json_answer({"settings": _settings(services.config)})


async def back_up(request: Request, services: Services) -> Response:
    """`POST /dashboard/api/server/backups`: write a backup now. Raises Unacceptable where there is no place for it."""
    owner_of(request, services)
    if not services.config.backup.directory:
        raise Unacceptable("There is no directory for backups: name one in [backup] of the configuration.")
    services.store.scheduled.is_wanted = True
    return json_answer({})


async def diagnostics(request: Request, services: Services) -> Response:
    """`GET /dashboard/api/server/diagnostics`: all of that in one file for who helps. No secrets, no messages."""
    owner_of(request, services)
    found = {
        "made_at": ids.now_ms(),
        "server": await _described(services),
        "live": snapshot(services),
        "settings": _settings(services.config),
        "log": logs.recent.after(0, "info", ""),
    }
    return json_answer(found, headers={"content-disposition": 'attachment; filename="chatd-diagnostics.json"'})


async def _described(services: Services) -> dict[str, Any]:
    store, backup = services.store, services.config.backup
    pages = store.table_bytes()
    tables = [{"name": name, "entries": count, "bytes": pages[name]} for name, count in store.entries().items()]
    return {
        "version": VERSION,
        "python": platform.python_version(),
        "system": sys.platform,
        "store": {
            "directory": str(store.directory.resolve()),
            "used_bytes": store.used_bytes(),
            "map_bytes": store.map_size(),
            "file_bytes": await trio.to_thread.run_sync(store.file_bytes),
            "format": store.format(),
            "tables": sorted(tables, key=lambda table: (-table["bytes"], -table["entries"])),
        },
        "backups": {
            "directory": backup.directory,
            "every_hours": backup.every_hours,
            "keep": backup.keep,
            "failures": store.scheduled.failures,
            "list": await trio.to_thread.run_sync(_backups, backup.directory),
        },
    }


def _backups(directory: str) -> list[dict[str, Any]]:
    """The complete ones, the newest first."""
    found = complete(Path(directory)) if directory else []
    return [
        {
            "path": str(each.path),
            "created_at": int(each.manifest.time.timestamp() * 1000),
            "bytes": each.manifest.bytes,
            "file_bytes": each.manifest.file_bytes,
            "version": each.manifest.chatd_version,
        }
        for each in reversed(found)
    ]


def _settings(config: Config) -> list[dict[str, Any]]:
    """All options as they are, beside their defaults. None holds a secret: those are in files that they name."""
    defaults, about = Config(), _explanations()
    return [
        {
            "section": section,
            "name": name,
            "value": value,
            "default": getattr(getattr(defaults, section), name),
            "about": about[section, name],
        }
        for section in Config.__struct_fields__
        for name, value in asdict(getattr(config, section)).items()
    ]


@cache
def _explanations() -> dict[tuple[str, str], str]:
    """What the comments above each option of the default configuration say."""
    found: dict[tuple[str, str], str] = {}
    section, comment = "", list[str]()
    for line in resources.files("chatd").joinpath("default.toml").read_text("utf-8").splitlines():
        if head := _SECTION.match(line):
            section = head[1]
        elif option := _OPTION.match(line):
            found[section, option[1]] = " ".join(comment)
        comment = [*comment, line[2:]] if line.startswith("# ") else []
    return found
