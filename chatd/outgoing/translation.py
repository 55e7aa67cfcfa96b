"""Servers that translate, asked by their HTTP APIs: LibreTranslate's `/translate` and DeepL's `/v2/translate`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson
import trio

from chatd.config import Translation
from chatd.errors import OutgoingFailed, Overloaded, StartError, Unavailable
from chatd.logs import log
from chatd.outgoing.client import Client, Request
from chatd.outgoing.network import Network

# Of a text with 5,000 characters in ten languages, each as an escaped code point, and what is said around it.
MAX_ANSWER_BYTES: Final = 512 * 1024
AT_ONCE: Final = 8
MAX_WAITING: Final = 100


class Wanted(NamedTuple):
    """What is to be sent for a text in one language, under a path, and how to read what comes back."""

    path: str
    body: dict[str, Any]
    headers: tuple[tuple[str, str], ...]
    read: Callable[[Any], Any]


def _libretranslate(text: str, language: str, key: str) -> Wanted:
    body = {"q": text, "source": "auto", "target": language, "format": "text"} | ({"api_key": key} if key else {})
    return Wanted("/translate", body, (), lambda answer: answer["translatedText"])


def _deepl(text: str, language: str, key: str) -> Wanted:
    headers = (("Authorization", f"DeepL-Auth-Key {key}"),)
    body = {"text": [text], "target_lang": language.upper()}
    return Wanted("/v2/translate", body, headers, lambda answer: answer["translations"][0]["text"])


_PROVIDERS: Final = {"libretranslate": _libretranslate, "deepl": _deepl}


class Translator:
    """Asks one server, that the operator has named, a few texts at a time."""

    def __init__(self, settings: Translation, network: Network) -> None:
        self._settings = settings
        self._client = Client(network, settings.seconds, trusted={settings.url})
        self._key = _key(settings.key_file)
        self._turns = trio.CapacityLimiter(AT_ONCE)

    async def translate(self, text: str, languages: tuple[str, ...]) -> dict[str, str]:
        """The text in each language. Raises Unavailable, OutgoingFailed, Overloaded."""
        if not languages:
            return {}
        if not self._settings.provider:
            raise Unavailable("Translation is unavailable: the operator has named nobody who translates.")
        if self._turns.statistics().tasks_waiting >= MAX_WAITING:
            raise Overloaded("More texts wait to be translated than can be; try again.")
        async with self._turns:
            return {language: await self._one(text, language) for language in languages}

    async def _one(self, text: str, language: str) -> str:
        wanted = _PROVIDERS[self._settings.provider](text, language, self._key)
        headers = (("Content-Type", "application/json"), *wanted.headers)
        body = orjson.dumps(wanted.body)
        try:
            answer = await self._client.post(Request(self._settings.url + wanted.path, MAX_ANSWER_BYTES, headers, body))
        except OutgoingFailed as error:
            log("not translated", logging.WARNING, error=error.message)
            raise OutgoingFailed("The server that translates cannot be asked now; try again.") from error
        return _read(answer.status, answer.body, wanted, language)


def _read(status: int, body: bytes, wanted: Wanted, language: str) -> str:
    """The text in an answer, as far as one that is longer than any message could be is not one."""
    try:
        text = wanted.read(orjson.loads(body)) if status == 200 else None
    except (orjson.JSONDecodeError, LookupError, TypeError):
        text = None
    if isinstance(text, str) and len(text) <= MAX_ANSWER_BYTES // 10:
        return text
    log("not translated", logging.WARNING, status=status, answer=body[:200].decode("utf-8", "replace"))
    raise OutgoingFailed(f'The server that translates has no text in "{language}" for this message.')


def _key(path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"translation.key_file: cannot be read: {error}") from error
