"""What the Python client has of the schema: `errors.py`."""

from __future__ import annotations

from textwrap import indent
from typing import Any

_HEAD = '''"""The errors of the server, by name. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from chatd.client.failures import Refused
'''


def error_classes(described: dict[str, Any]) -> str:
    """A module with a class for each error. Those with the same codes are told apart by nobody, and are one class."""
    parts, named = [_HEAD], dict[tuple[int, ...], str]()
    for each in described["errors"]:
        codes = (*each["rpc_codes"], *each["codes"])
        first = named.setdefault(codes, each["name"])
        parts.append(_class(each, codes) if first == each["name"] else f"\n\n{each['name']} = {first}\n")
    return "".join(parts).replace("\n\n\n\n", "\n\n\n")


def _class(error: dict[str, Any], codes: tuple[int, ...]) -> str:
    return f'''

class {error["name"]}(Refused):
    """{indent(error["description"], "    ").strip()}"""

    codes = {codes}
'''
