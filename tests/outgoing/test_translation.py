"""Servers that translate: what they are asked, and what of their answers is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
import trio
import trio.testing

from chatd.config import Translation
from chatd.errors import OutgoingFailed, Overloaded, StartError, Unavailable
from chatd.outgoing import translation
from chatd.outgoing.translation import Translator
from tests.outgoing.internet import Internet, page

LOOPBACK = "127.0.0.1"
LOCAL = Translation(provider="libretranslate", url="http://127.0.0.1:5000")


def json_page(answer: Any, status: str = "200 OK") -> Any:
    return page(orjson.dumps(answer), status=status, kind="application/json")


def asked(internet: Internet) -> tuple[str, dict[str, Any]]:
    head, _, body = b"".join(internet.requests).partition(b"\r\n\r\n")
    return head.decode(), orjson.loads(body)


async def test_libretranslate(nursery: trio.Nursery) -> None:
    internet = Internet(nursery, {}, {LOOPBACK: json_page({"translatedText": "Tee?"})})
    assert await Translator(LOCAL, internet).translate("tea?", ("de",)) == {"de": "Tee?"}
    head, body = asked(internet)
    assert head.startswith("POST /translate HTTP/1.1\r\n")
    assert body == {"q": "tea?", "source": "auto", "target": "de", "format": "text"}
    assert internet.dialled == [(LOOPBACK, 5000)]


async def test_deepl_has_its_key_from_a_file(nursery: trio.Nursery, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret-key\n")
    settings = Translation(provider="deepl", url="http://deepl.example", key_file=str(key))
    answer = {"translations": [{"detected_source_language": "EN", "text": "Tee?"}]}
    internet = Internet(nursery, {"deepl.example": [LOOPBACK]}, {LOOPBACK: json_page(answer)})
    assert await Translator(settings, internet).translate("tea?", ("de",)) == {"de": "Tee?"}
    head, body = asked(internet)
    assert head.startswith("POST /v2/translate HTTP/1.1\r\n")
    assert "Authorization: DeepL-Auth-Key secret-key\r\n" in head
    assert body == {"text": ["tea?"], "target_lang": "DE"}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"error": "no such language"}, "400 Bad Request"),
        ({"translatedText": 5}, "200 OK"),
        ({"translatedText": "x" * 60_000}, "200 OK"),
        ([], "200 OK"),
        ("text", "200 OK"),
    ],
)
async def test_other_answers_are_none(nursery: trio.Nursery, answer: Any, status: str) -> None:
    internet = Internet(nursery, {}, {LOOPBACK: json_page(answer, status)})
    with pytest.raises(OutgoingFailed) as raised:
        await Translator(LOCAL, internet).translate("tea?", ("de",))
    assert not isinstance(raised.value, Unavailable)


async def test_nobody_is_named(nursery: trio.Nursery) -> None:
    translator = Translator(Translation(), Internet(nursery, {}, {}))
    with pytest.raises(Unavailable):
        await translator.translate("tea?", ("de",))
    assert await translator.translate("tea?", ()) == {}


async def test_a_server_that_is_away_is_not_named_to_users(nursery: trio.Nursery) -> None:
    with pytest.raises(OutgoingFailed) as raised:
        await Translator(LOCAL, Internet(nursery, {}, {})).translate("tea?", ("de",))
    assert "127.0.0.1" not in raised.value.message


async def test_more_than_can_wait_are_refused(nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "AT_ONCE", 1)
    monkeypatch.setattr(translation, "MAX_WAITING", 1)

    async def silent_forever(stream: trio.abc.Stream) -> None:
        await trio.sleep_forever()

    silent = Internet(nursery, {}, {LOOPBACK: silent_forever})
    translator = Translator(LOCAL, silent)
    for _ in range(2):
        nursery.start_soon(translator.translate, "tea?", ("de",))
    await trio.testing.wait_all_tasks_blocked()
    with pytest.raises(Overloaded):
        await translator.translate("tea?", ("de",))
    nursery.cancel_scope.cancel()


async def test_a_key_that_cannot_be_read_keeps_the_server_from_starting(nursery: trio.Nursery, tmp_path: Path) -> None:
    with pytest.raises(StartError):
        Translator(Translation(key_file=str(tmp_path / "none")), Internet(nursery, {}, {}))
