"""The catalogues of the web chat have every text, in every language, with what stands for values in it."""

from __future__ import annotations

import re

import pytest

from scripts.translating.texts import PLURALS, TOLD, WEB, catalogue, idle, lacking, places, said, unreadable

# What Arabic says in words ("one message", "two messages") or French and Spanish may: these forms need no number.
IN_WORDS = frozenset({"zero", "one", "two"})

every_language = pytest.mark.parametrize("language", PLURALS)


def test_texts_are_literals_that_can_be_found() -> None:
    assert unreadable() == []
    assert not set.intersection(*said()), "a text is both: with a number and without"


def test_the_page_knows_the_catalogues_that_there_are() -> None:
    assert {path.stem for path in (WEB / "languages").glob("*.json")} == set(PLURALS)
    offered = re.search(r'data-languages="([a-z ]+)"', (WEB / "index.html").read_text("utf-8"))
    assert offered is not None
    assert offered[1].split() == list(PLURALS)
    names = (WEB / "app" / "language_choice.js").read_text("utf-8")
    assert all(f'{language}: "' in names for language in ["en", *PLURALS])


def test_what_the_server_says_is_said_by_it() -> None:
    root = WEB.parent
    sources = [*root.rglob("*.py"), *(WEB / "sdk").glob("*.js")]
    said_there = "".join(path.read_text("utf-8") for path in sources)
    assert [text for text in TOLD if f'"{text}"' not in said_there] == []


@every_language
def test_nothing_is_missing_and_nothing_is_idle(language: str) -> None:
    assert (lacking(language), idle(language)) == ([], []), "scripts/languages says what to add and what to remove"


@every_language
def test_every_number_has_its_forms(language: str) -> None:
    plain, numbered = said()
    for text, told in catalogue(language).items():
        assert isinstance(told, dict) == (text in numbered), text
        assert text in plain or (isinstance(told, dict) and tuple(told) == PLURALS[language]), text


@every_language
def test_values_stand_in_every_language(language: str) -> None:
    for text, told in catalogue(language).items():
        forms = told.items() if isinstance(told, dict) else [("other", told)]
        for category, form in forms:
            allowed = [places(text)] + ([places(text) - {"count"}] if category in IN_WORDS else [])
            assert places(form) in allowed, (text, category)
            assert form.strip(), text
