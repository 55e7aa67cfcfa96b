"""Where the server is, for the samples in Python: the same variables as for those in Node."""

from __future__ import annotations

import os
import sys


def url() -> str:
    """The address of the server."""
    return os.environ.get("CHATD_URL", "http://127.0.0.1:8000")


def api_token() -> str:
    """The key of this backend; ends the program when there is none."""
    return needed("CHATD_API_TOKEN", "an API token: `chatd token create main`")


def needed(name: str, meaning: str) -> str:
    """A variable without which the program ends, saying what it would be."""
    if value := os.environ.get(name):
        return value
    sys.exit(f"{name} has to be {meaning}.")
