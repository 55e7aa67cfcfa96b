"""What is filtered out of messages: said for an application, and for channels of a custom type."""

from __future__ import annotations

from chatd.model.record import Record

NOT_FILTERED, REPLACED, BLOCKED, DETECTED = range(4)
"""What becomes of a message with words that are not wanted. DETECTED ones are sent as they are."""

ANY_HOST, LISTED_HOSTS, UNLISTED_HOSTS = range(3)
"""To which hosts messages may have links."""

NO_PENALTY, MUTE, KICK, BAN = range(4)
"""What happens to who goes on."""


class WordFilter(Record, frozen=True):
    """Keywords and regular expressions, and what is done about messages in which they are found: `type`."""

    type: int = NOT_FILTERED
    keywords: tuple[str, ...] = ()
    regexes: tuple[str, ...] = ()
    checks_common: bool = True


class DomainFilter(Record, frozen=True):
    """Hosts, in the form in which they are compared, and which links are let through: `type`."""

    type: int = ANY_HOST
    domains: tuple[str, ...] = ()
    checks_common: bool = True


class Penalty(Record, frozen=True):
    """What happens to who was filtered `count` times in `duration` seconds. It lasts for `seconds`, -1 for ever."""

    action: int = NO_PENALTY
    count: int = 0
    duration: int = 0
    seconds: int = 3600


class Moderation(Record, frozen=True):
    """The settings of an application, or of one custom type.

    In a type's, `checks_common` says whether the application's filter holds too, and `allows_links` is None where that
    is left to the application, where it is true without a word. So it is with the rest: how many characters a message
    may have, whether members see what was sent before they came, and how many messages a user may write in a channel
    in how many seconds, 0 for as many as they like.
    """

    custom_type: str = ""
    words: WordFilter = WordFilter()
    domains: DomainFilter = DomainFilter()
    penalty: Penalty = Penalty()
    allows_links: bool | None = None
    max_length: int | None = None
    shows_past: bool | None = None
    channel_messages: int | None = None
    channel_seconds: int | None = None
