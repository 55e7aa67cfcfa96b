"""Settings of filters, as they look from outside."""

from __future__ import annotations

from chatd.domain.resources.resource import Resource
from chatd.model import Moderation


def moderation_resource(moderation: Moderation) -> Resource:
    """The settings of an application or of a custom type. What a type leaves to the application is null."""
    words, domains, penalty = moderation.words, moderation.domains, moderation.penalty
    return {
        "profanity_filter": {
            "type": words.type,
            "keywords": list(words.keywords),
            "regex_filters": [{"regex": regex} for regex in words.regexes],
            "should_check_global": words.checks_common,
        },
        "domain_filter": {
            "type": domains.type,
            "domains": list(domains.domains),
            "should_check_global": domains.checks_common,
        },
        "profanity_triggered_moderation": {
            "action": penalty.action,
            "count": penalty.count,
            "duration": penalty.duration,
            "seconds": penalty.seconds,
        },
    }
