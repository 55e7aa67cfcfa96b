"""Filtering what is sent: by words, regular expressions and hosts, as the settings of the channel's type say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from chatd.domain.fold.filters import Rules, rules_of
from chatd.domain.moderation.domain_filter import linked_hosts, unwanted_host
from chatd.domain.moderation.words import compiled, found_in, masked
from chatd.model import Channel, DomainFilter, Moderation, Penalty, WordFilter
from chatd.model.filters import BLOCKED, DETECTED, NOT_FILTERED, REPLACED
from chatd.store.transaction import Transaction

_UNSAID: Final = Moderation()
_ACTIONS: Final = {REPLACED: "replaced", BLOCKED: "blocked", DETECTED: "detected"}


class Verdict(NamedTuple):
    """What becomes of a text: what is sent in its place, and what was done about it, nothing or one of `_ACTIONS`.

    `refusal` says why it is not sent at all.
    """

    text: str
    action: str = ""
    refusal: str = ""


def judged(rules: Rules, text: str) -> Verdict:
    """What the settings of a channel say of a text. It is not looked at when they say nothing, as most do."""
    if not rules or not text:
        return Verdict(text)
    refusal = _unwanted_link(rules, text)
    if refusal:
        return Verdict(text, "blocked", refusal)
    verdict = Verdict(text)
    for words in _word_filters(rules):
        verdict = _after(verdict, words)
    return verdict


def penalty_of(txn: Transaction, channel: Channel) -> Penalty:
    """What happens in a channel to who is filtered again and again."""
    return next((rule.penalty for rule in rules_of(txn, channel.custom_type) if rule.penalty.action), _UNSAID.penalty)


def allows_links(rules: Rules) -> bool:
    """Whether messages may have links at all: as the first of the settings says that says something."""
    return next((rule.allows_links for rule in rules if rule.allows_links is not None), True)


def _word_filters(rules: Rules) -> Iterator[WordFilter]:
    """Those that hold: a type's own, and the application's unless the type does without."""
    for rule in rules:
        if rule.words.type != NOT_FILTERED:
            yield rule.words
        if not rule.words.checks_common:
            return


def _after(verdict: Verdict, words: WordFilter) -> Verdict:
    """What a further filter makes of what one before it has left."""
    if verdict.refusal:
        return verdict
    text = unicodedata.normalize("NFC", verdict.text)
    spans = found_in(text, compiled(words.keywords, words.regexes))
    if not spans:
        return verdict
    if words.type == BLOCKED:
        return Verdict(verdict.text, "blocked", "The message has words that are not allowed here.")
    if words.type == REPLACED:
        return Verdict(masked(text, spans), "replaced")
    return Verdict(verdict.text, verdict.action or "detected")


def _unwanted_link(rules: Rules, text: str) -> str:
    """Why a text is refused for a link in it; empty when it is not."""
    if not allows_links(rules) and any(True for _ in linked_hosts(text)):
        return "Messages with links are not allowed here."
    for domains in _domain_filters(rules):
        host = unwanted_host(text, domains)
        if host:
            return f"Links to {host[:253]} are not allowed here."
    return ""


def _domain_filters(rules: Rules) -> Iterator[DomainFilter]:
    for rule in rules:
        yield rule.domains
        if not rule.domains.checks_common:
            return
