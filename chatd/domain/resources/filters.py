"""Settings of filters, as they look from outside."""

from __future__ import annotations

from chatd.domain.moderation.filters import allows_links
from chatd.domain.moderation.rules import MAX_MESSAGE_LENGTH, first_said
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


def limits_resource(rules: tuple[Moderation, ...]) -> Resource:
    """What holds beside filters, as the first of the settings says that says something."""
    return {
        "allow_links": allows_links(rules),
        "image_moderation": {
            "type": 0,
            "soft_block": False,
            "check_urls": False,
            "limits": {"adult": 0, "spoof": 0, "medical": 0, "violence": 0, "racy": 0},
        },
        "max_message_length": first_said((rule.max_length for rule in rules), MAX_MESSAGE_LENGTH),
        "display_past_message": first_said((rule.shows_past for rule in rules), True),
        "user_messages_per_channel": first_said((rule.channel_messages for rule in rules), 0),
        "user_messages_per_channel_duration": first_said((rule.channel_seconds for rule in rules), 0),
    }
