"""Fuzzes one law with libFuzzer, guided by coverage: python target.py LAW [arguments of libFuzzer]"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["chatd", "h11", "wsproto"]):
    from tests.wire.laws import LAWS


def main() -> None:
    """Try one input after the other, until libFuzzer has enough or an input breaks the law."""
    atheris.Setup([sys.argv[0], *sys.argv[2:]], LAWS[sys.argv[1]].holds)
    atheris.Fuzz()


main()
