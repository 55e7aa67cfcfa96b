"""Records the exchanges, or plays them."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import httpx
import trio
from playing import Differs, play
from recording import record
from stories import STORIES

from tests.served import Served

DIRECTORY = Path(__file__).parents[2] / "docs" / "exchanges"


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["play"], help="play what was recorded, and record nothing")
    parser.add_argument("names", nargs="*", help="which exchanges; all when absent")
    parser.add_argument("--url", help="a server that runs; without it, one is started")
    parser.add_argument("--token", help="an API token of an application that has no users yet; for one exchange")
    parser.add_argument("--to", type=Path, default=DIRECTORY, help="where they are")
    asked = parser.parse_args()
    names = asked.names or [story.name for story in STORIES]
    if asked.url:
        sys.exit(play_all(asked.to, names, asked.url, [asked.token] * len(names)))
    with tempfile.TemporaryDirectory() as directory:
        served = Served(Path(directory))
        try:
            tokens = api_tokens(served, names)
            if asked.what == "play":
                sys.exit(play_all(asked.to, names, served.url, tokens))
            record_all(asked.to, names, served.url, tokens)
        finally:
            served.stop()


def api_tokens(served: Served, names: Iterable[str]) -> list[str]:
    """The API tokens of new applications, one for each exchange: they do not hear of each other."""
    headers = {"SENDBIRDORGANIZATIONAPITOKEN": served.command("organization-key", "create")}
    made = [httpx.post(f"{served.url}/api/v2/applications", headers=headers, json={"app_name": name}) for name in names]
    return [answer.raise_for_status().json()["api_token"] for answer in made]


def record_all(directory: Path, names: Iterable[str], url: str, tokens: Iterable[str]) -> None:
    """Write each exchange into a file of its own."""
    stories = {story.name: story for story in STORIES}
    for name, token in zip(names, tokens, strict=True):
        lines = trio.run(record, stories[name], url, token)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (directory / f"{name}.jsonl").write_text(text, "utf-8")


def play_all(directory: Path, names: Iterable[str], url: str, tokens: Iterable[str]) -> int:
    """How many exchanges differed; says of each how it went."""
    failed = 0
    for name, token in zip(names, tokens, strict=True):
        lines = [json.loads(line) for line in (directory / f"{name}.jsonl").read_text("utf-8").splitlines()]
        try:
            trio.run(play, lines, url, token)
            print(f"{name}: as recorded")
        except* Differs as differences:
            failed += 1
            print(f"{name}: {differences.exceptions[0]}")
    return failed


main()
