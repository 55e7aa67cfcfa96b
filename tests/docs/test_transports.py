"""The guides for other platforms: what they call exists, and what they send is what a server takes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatd.domain.shapes.publications import PUBLICATIONS
from chatd.gateway.chat import METHODS
from tests.sdk.backend import Backend
from tests.served import Served

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = [DOCS / f"sdk-{name}.md" for name in ("swift", "java", "dotnet", "dart", "go")]
COMMON = (DOCS / "sdk-transports.md").read_text("utf-8")
SCHEMA = (DOCS / "commands.json").read_text("utf-8")
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
