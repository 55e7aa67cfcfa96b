"""The guide to the Python client does what it says: its snippets run, one after the other, on a live server."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from chatd.client import Chat
from tests.sdk.backend import Backend
from tests.served import Served

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "sdk-python.md").read_text("utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
MIDNIGHT = "datetime.time(0, 0)"
SAID = [
    "Kitchen 0 None",
    "Kitchen: ['Bob']",
    "Tea is ready True",
    "heart 1",
    "['Coming']",
    "1 0",
    "0 0 []",
    "True",
    "['Bob']",
    "True",
    "Tea or coffee? [('Tea', 1), ('Coffee', 0)]",
    "[('Tea is ready!', 'ann')]",
    "['Tea is ready!']",
    "['The tea is cold now']",
    "9 9",
    "9 9",
    "[]",
    "Seen(is_online=False, last_seen_at=-1)",
    "['Bob']",
    "True",
    "Market 1 False",
    "{'topic': 'Apples'}",
    "Cooking {'city': 'Kyoto'}",
    "contacts",
    "['Bob']",
    "mention_only all default",
    "QuietHours(start=datetime.time(22, 0), end=datetime.time(7, 0), timezone='Europe/Berlin')",
    f"QuietWeek(times=(QuietTime(day='sunday', start={MIDNIGHT}, end={MIDNIGHT}),), timezone='Europe/Berlin')",
    "The hall 1 Good evening",
    "Anybody here?",
    "['Bob']",
    "[]",
    "501 False",
]
PRELUDE = """
import httpx, trio
api_token = {token!r}
async def get_token():
    async with httpx.AsyncClient() as http:
        answer = await http.post("{url}/v3/users/{user}/token", headers={{"Api-Token": api_token}}, json={{}})
    return answer.json()["token"]
"""


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    served = Served(tmp_path)
    found = Backend(served)
    found.people("ann", "bob")
    yield found
    served.stop()


def is_program(snippet: str) -> bool:
    """Whether it runs by itself."""
    return ".run(" in snippet


def program(snippet: str, backend: Backend, user: str) -> list[str]:
    """What runs it, as printed but for the address."""
    prelude = PRELUDE.format(token=backend.token, url=backend.served.url, user=user)
    code = snippet.replace("https://chat.example.com", backend.served.url)
    return [sys.executable, "-c", prelude + code]


async def test_the_snippets_of_a_chat(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("recipe.txt").write_text("Hot water")
    backend.call("POST", "/open_channels", channel_url="hall", name="The hall")
    backend.call("POST", "/group_channels", channel_url="market", name="Market", user_ids=["bob"], is_public=True)
    with trio.fail_after(60):
        async with Chat(backend.served.url, backend.session("ann")) as chat:
            names: dict[str, Any] = {"chat": chat, "trio": trio}
            for snippet in SNIPPETS:
                if not is_program(snippet):
                    code = compile(snippet, "sdk-python.md", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
                    done = eval(code, names)
                    if inspect.isawaitable(done):
                        await done
    assert capsys.readouterr().out.splitlines() == SAID
    assert Path("copy.txt").read_text() == "Hot water"


def test_the_programs(backend: Backend) -> None:
    connecting, bot, managing = [snippet for snippet in SNIPPETS if is_program(snippet)]
    printed = subprocess.run(program(connecting, backend, "ann"), capture_output=True, text=True, timeout=30)
    assert printed.stdout == "Ann is connected\n", printed.stderr
    printed = subprocess.run(program(managing, backend, "ann"), capture_output=True, text=True, timeout=30)
    assert printed.stdout.split() == ["ann", "bob", "cleo"], printed.stderr
    _test_bot(program(bot, backend, "bob"), backend)


def _test_bot(command: list[str], backend: Backend) -> None:
    with subprocess.Popen(command, env=os.environ, stderr=subprocess.PIPE) as process:
        try:
            trio.run(_talk, backend)
        finally:
            process.terminate()  # an interrupt is ignored by what runs in the background of a shell


async def _talk(backend: Backend) -> None:
    with trio.fail_after(30):
        async with Chat(backend.served.url, backend.session("ann")) as chat:
            kitchen = chat.channels["kitchen"]
            await kitchen.messages.ready()
            while True:  # until the bot listens
                await kitchen.send("hello")
                with trio.move_on_after(1):
                    await _wait(kitchen.messages, "You said: hello")
                    break
            await kitchen.send("/remind 0.1 buy tea")
            await _wait(kitchen.messages, "In 0.1 seconds, Ann.")
            await _wait(kitchen.messages, "buy tea")


async def _wait(timeline: Any, text: str) -> None:
    await timeline.changed.until(lambda: any(message["message"] == text for message in timeline))
