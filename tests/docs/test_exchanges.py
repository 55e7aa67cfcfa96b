"""The recorded exchanges: they are what the schema says, and what a server says today."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
EXCHANGES = ROOT / "docs" / "exchanges"
SCHEMA = json.loads((ROOT / "docs" / "commands.json").read_text("utf-8"))
TEXTS = {"$text", "$token", "$file", "$client", "$epoch"}


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def filled(told: Any) -> Any:
    """Something in the place of each name."""
    if isinstance(told, dict):
        return {name: filled(value) for name, value in told.items()}
    if isinstance(told, list):
        return [filled(value) for value in told]
    if not isinstance(told, str) or not told.startswith("$"):
        return told
    return "text" if told.partition("_")[0] in TEXTS else 1_790_000_000_000


def fits(value: Any, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema | {"$defs": SCHEMA["$defs"]}).validate(filled(value))


def said(path: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every result and every publication with its schema."""
    asked: dict[int, str] = {}
    for line in lines(path):
        asked |= {each["id"]: each["rpc"]["method"] for each in line.get("client", ()) if "rpc" in each}
        told = line.get("server", {})
        if "rpc" in told:
            yield SCHEMA["commands"][asked[told["id"]]]["result"], told["rpc"]["data"]
        for publication in [told.get("push", {}).get("pub"), *told.get("subscribe", {}).get("publications", ())]:
            if publication:
                yield SCHEMA["publications"][publication["data"]["type"]], publication["data"]


def test_what_all_share_are_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema({"$defs": SCHEMA["$defs"]})


def test_what_was_said_has_the_shapes_of_the_schema() -> None:
    every = [each for path in sorted(EXCHANGES.glob("*.jsonl")) for each in said(path)]
    assert len(every) > 20
    for schema, value in every:
        fits(value, schema)


def test_the_page_names_each_exchange() -> None:
    page = (ROOT / "docs" / "conformance.md").read_text("utf-8")
    for path in EXCHANGES.glob("*.jsonl"):
        assert f"`{path.stem}`" in page
        assert "about" in lines(path)[0]


def played(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "recording"), "play", *arguments]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'scripts' / 'recording'}"}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)


@pytest.mark.slow
def test_a_server_says_what_was_recorded() -> None:
    done = played()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("as recorded") == len(list(EXCHANGES.glob("*.jsonl")))


@pytest.mark.slow
def test_what_differs_is_found(tmp_path: Path) -> None:
    changed = (EXCHANGES / "send.jsonl").read_text("utf-8").replace('"recoverable": true', '"recoverable": false')
    (tmp_path / "send.jsonl").write_text(changed, "utf-8")
    done = played("send", "--to", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "recorded" in done.stdout
