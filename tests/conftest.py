"""What all tests share: which parts can run here."""

from __future__ import annotations

import os
import shutil

from hypothesis import settings

# How long an example takes says more about the machine than about chatd.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NODE = shutil.which("node") and shutil.which("npm")

collect_ignore_glob: list[str] = []


def _needed(name: str, present: object, folder: str) -> str:
    """Leave a folder out when its program is missing, unless the environment demands it."""
    if present:
        return f"{name}: found"
    if os.environ.get(f"CHATD_REQUIRE_{name.upper()}") == "1":
        raise RuntimeError(f"{name} is required (CHATD_REQUIRE_{name.upper()}=1) and was not found")
    collect_ignore_glob.append(folder)
    return f"{name}: missing, {folder} not collected"


_REPORT = [
    _needed("browser", CHROMIUM, "browser/*"),
    _needed("node", NODE, "sdk/*node*"),
]


def pytest_report_header() -> list[str]:
    """Say which parts are left out."""
    return _REPORT
