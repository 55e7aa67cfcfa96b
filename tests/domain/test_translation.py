"""Translations: asked for once, kept until the text changes, gone with the message."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.errors import NotFound, RequestError, TooManyItems, Unacceptable
from tests.domain.conftest import World
from tests.domain.test_erasure import MARK, ask, carry_out, places

CHANNEL = "tea_time"


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "eve")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def send(tea: World, **params: Any) -> int:
    params = {"message": "tea?"} | params
    message_id: int = tea.client("ann", "messages.send", channel_url=CHANNEL, **params)["message_id"]
    return message_id


def asked(tea: World, message_id: int, *languages: str, user_id: str = "bob") -> Any:
    params = {"channel_url": CHANNEL, "message_id": message_id, "target_langs": languages}
    return tea.client(user_id, "messages.translate", **params)


def answered(tea: World, question: Any, text: str = "In") -> Any:
    return tea.write(question.keep, {language: f"{text} {language}" for language in question.languages})


def test_all_are_told_and_nobody_has_edited_it(tea: World) -> None:
    message_id = send(tea)
    tea.told.clear()
    message = answered(tea, asked(tea, message_id, "de", "pt-BR"))
    assert message["translations"] == {"de": "In de", "pt-BR": "In pt-BR"}
    assert message["updated_at"] == 0
    (told,) = tea.told
    assert (told.data["type"], told.data["message"]) == ("message.updated", message)
    assert tea.client("ann", "messages.view", channel_url=CHANNEL, message_id=message_id)["translations"]


def test_only_what_is_missing_is_asked_for(tea: World) -> None:
    message_id = send(tea)
    first = answered(tea, asked(tea, message_id, "de"))
    assert asked(tea, message_id, "de", "ko", "ko").languages == ("ko",)
    question = asked(tea, message_id, "de")
    assert question.languages == ()
    tea.told.clear()
    assert answered(tea, question) == first
    assert tea.told == []


def test_of_two_who_asked_at_once_the_first_answer_stays(tea: World) -> None:
    message_id = send(tea)
    questions = [asked(tea, message_id, "de"), asked(tea, message_id, "de", "ko")]
    answered(tea, questions[0], "First")
    assert answered(tea, questions[1], "Second")["translations"] == {"de": "First de", "ko": "Second ko"}


def test_an_edit_of_the_text_ends_them_also_one_in_the_meantime(tea: World) -> None:
    message_id = send(tea)
    answered(tea, asked(tea, message_id, "de"))
    late = asked(tea, message_id, "ko")
    change = {"channel_url": CHANNEL, "message_id": message_id}
    assert tea.client("ann", "messages.update", **change, data="d")["translations"] == {"de": "In de"}
    assert tea.client("ann", "messages.update", **change, message="coffee?")["translations"] == {}
    assert answered(tea, late)["translations"] == {}
    assert asked(tea, message_id, "de").text == "coffee?"


def test_a_message_that_is_gone_meanwhile_is_not_found(tea: World) -> None:
    message_id = send(tea)
    question = asked(tea, message_id, "de")
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message_id)
    with pytest.raises(NotFound):
        answered(tea, question)
    other = send(tea)
    question = asked(tea, other, "de")
    tea.backend("channels.delete", channel_url=CHANNEL)
    with pytest.raises(NotFound):
        answered(tea, question)


def test_there_is_a_limit(tea: World) -> None:
    message_id = send(tea)
    languages = [f"a{chr(97 + number)}" for number in range(21)]
    late = asked(tea, message_id, "de")
    answered(tea, asked(tea, message_id, *languages[:10]))
    answered(tea, asked(tea, message_id, *languages[10:20]))
    with pytest.raises(TooManyItems):
        asked(tea, message_id, languages[20])
    assert len(answered(tea, late)["translations"]) == 20


@pytest.mark.parametrize("languages", [[], ["german"], ["d"], ["de_DE"], ["de\n"], ["de"] * 11, [""]])
def test_languages_are_checked(tea: World, languages: list[str]) -> None:
    with pytest.raises(RequestError):
        asked(tea, send(tea), *languages)


def test_who_cannot_read_it_cannot_have_it_translated(tea: World) -> None:
    message_id = send(tea)
    with pytest.raises(RequestError):
        asked(tea, message_id, "de", user_id="eve")
    file = send(tea, message="", files=[{"file_id": tea.upload("ann", "file")}])
    with pytest.raises(Unacceptable):
        asked(tea, file, "de")


def test_nothing_is_left_of_what_an_erased_person_wrote(tea: World) -> None:
    message_id = send(tea, message=f"tea {MARK}")
    answered(tea, asked(tea, message_id, "de"), f"Tee {MARK}")
    answered(tea, asked(tea, message_id, "ko"), f"cha {MARK}")
    tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=message_id, message=f"more {MARK}")
    answered(tea, asked(tea, message_id, "de"), f"mehr {MARK}")
    assert places(tea.store, MARK)
    ask(tea, "ann")
    carry_out(tea)
    assert not places(tea.store, MARK)
