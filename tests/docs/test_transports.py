"""The guides for other platforms: what they call exists, and what they send is what a server takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatd.domain.shapes.publications import PUBLICATIONS
from chatd.gateway.chat import METHODS
from chatd.wire.codes import INVALID_TOKEN
from tests.sdk.backend import Backend
from tests.served import Served

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = [DOCS / f"sdk-{name}.md" for name in ("swift", "java", "dotnet", "dart", "go")]
COMMON = (DOCS / "sdk-transports.md").read_text("utf-8")
SCHEMA = (DOCS / "commands.json").read_text("utf-8")
DESCRIBED = json.loads(SCHEMA)
COMMANDS = DESCRIBED["commands"]
GENERATED = "MessagesSendParameters"
# The protocol's own errors are below.
LAST_OF_PROTOCOL = 199
WORD = re.compile(r"""["']([a-z_]+)["']""")
DOTTED = re.compile(r"""["']([a-z_]+\.[a-z_]+)["']""")


def code(page: Path) -> str:
    return "\n".join(re.findall(r"```\w+\n(.*?)```", page.read_text("utf-8"), re.DOTALL))


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_what_is_called_and_told_exists(page: Path) -> None:
    named = {name for name in DOTTED.findall(code(page)) if not name.endswith(".png")}
    assert {"channels.list", "messages.send", "message.created", "message.deleted"} <= named
    assert named <= {*METHODS, *PUBLICATIONS}


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_fields_are_those_of_the_schema(page: Path) -> None:
    named = {word for word in WORD.findall(code(page)) if "_" in word}
    named |= set(re.findall(r"[{,] (\w+_\w+) = ", code(page)))  # anonymous classes of C#
    assert {"channel_url", "req_id", "file_id"} & named
    assert all(f'"{word}"' in SCHEMA for word in named), named


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_what_is_generated_has_the_names_of_the_description(page: Path) -> None:
    proto = (DOCS / "chatd.proto").read_text("utf-8")
    for name in re.findall(r"\b(?:Chatd_V1_)?(Messages\w+Parameters)\b", page.read_text("utf-8")):
        assert f"message {name} {{" in proto


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_calls_have_the_parameters_of_their_commands(page: Path) -> None:
    called: dict[str, set[str]] = {}
    for name, words in _beside(code(page), before=1):
        if name in METHODS:
            called[name] = called.get(name, set()) | words
    assert {"order", "limit"} <= called["channels.list"]
    assert {"channel_url", "message", "req_id"} <= called["messages.send"]
    for name, words in called.items():
        described = json.dumps(COMMANDS[name]["parameters"])
        assert {word for word in words if f'"{word}"' not in described} <= _fields(COMMANDS[name]["result"]), name


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_publications_have_the_fields_that_are_read(page: Path) -> None:
    near = [(name, words) for name, words in _beside(code(page), after=1) if name in PUBLICATIONS]
    read = {word for _, words in near for word in words}
    assert {"message", "message_id"} <= read or page.stem == "sdk-go"  # there a type says what is read
    assert read <= {field for name, _ in near for field in _fields(DESCRIBED["publications"][name])}


def _beside(text: str, *, before: int = 0, after: int = 0) -> Iterator[tuple[str, set[str]]]:
    """What is named with a dot, and the other words in these lines: texts, and names of anonymous classes of C#."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        near = "\n".join(lines[max(at - before, 0) : at + after + 1])
        words = {*WORD.findall(near), *re.findall(r"[{,] (\w+) = ", near)}
        for name in DOTTED.findall(line):
            yield name, words


def _fields(schema: dict[str, Any]) -> set[str]:
    """Of an object, or of several that it may be."""
    shapes = [DESCRIBED["$defs"][each["$ref"].rpartition("/")[2]] for each in schema.get("anyOf", [schema])]
    return {field for shape in shapes for field in shape["properties"]}


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_what_is_generated_has_the_fields_that_are_set(page: Path) -> None:
    snippets = [
        each for each in re.findall(r"```\w+\n(.*?)```", page.read_text("utf-8"), re.DOTALL) if GENERATED in each
    ]
    assert len(snippets) == (0 if page.stem == "sdk-dart" else 1)
    for snippet in snippets:
        names = re.findall(r"parameters\.(\w+) =|\.set(\w+)\(|[{,] (\w+) = |(\w+): proto\.", snippet)
        fields = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", "".join(each)).lower() for each in names}
        assert fields == {"channel_url", "message"}
        assert fields <= set(COMMANDS["messages.send"]["parameters"]["properties"])


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_codes_are_where_those_of_the_server_begin(page: Path) -> None:
    codes = {int(found) for found in re.findall(r"(?i)code(?:\(\))? >= (\d+)", code(page))}
    assert codes - {400} == {INVALID_TOKEN.code}
    assert not INVALID_TOKEN.reconnects
    assert min(each for error in DESCRIBED["errors"] for each in error["rpc_codes"] if each > LAST_OF_PROTOCOL) == 400


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_each_guide_says_how_to_connect_and_upload(page: Path) -> None:
    text = code(page)
    assert "/connection/websocket" in text
    assert "/client/v1/files" in text
    assert "Bearer" in text


@pytest.mark.slow
def test_a_server_takes_what_is_shown(tmp_path: Path) -> None:
    served = Served(tmp_path)
    try:
        _play(Backend(served))
    finally:
        served.stop()


def _play(backend: Backend) -> None:
    backend.people("ann", "bob")
    backend.say("bob", "Tea?")
    oldest = str(backend.history()[0]["message_id"])
    headers = {"Authorization": f"Bearer {backend.session('ann')}"}
    url = f"{backend.served.url}/client/v1"
    uploaded = httpx.post(f"{url}/files?name=cat.png", headers=headers, content=b"cat").json()
    shown = re.findall(r"```json\n(.*?)```", COMMON, re.DOTALL)
    assert shown
    for block in shown:
        call = json.loads(block.replace("$file", uploaded["file_id"]).replace("$oldest", oldest))
        answer = httpx.post(f"{url}/rpc/{call['method']}", headers=headers, json=call["data"])
        assert answer.status_code == 200, (call, answer.text)
        _has_what_was_asked_for(call, answer.json())


def _has_what_was_asked_for(call: dict[str, Any], answer: dict[str, Any]) -> None:
    if call["method"] == "channels.list":
        assert [channel["channel_url"] for channel in answer["channels"]] == ["kitchen"]
    if call["method"] == "messages.list" and "message_ts" in call["data"]:
        assert [message["message"] for message in answer["messages"]] == ["Tea?"]
