"""What is wrong with the server now, in plain words, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from chatd.gateway.service import Services

SLOW_LOOP_SECONDS: Final = 0.25
SLOW_COMMIT_SECONDS: Final = 0.1
SEARCH_BEHIND: Final = 10_000
# Of a limit, so much in use is worth a word.
NEARLY: Final = 0.9


class Problem(NamedTuple):
    """`name` stays the same for programs; `severity` is `error` or `warning`."""

    name: str
    severity: str
    text: str
    help: str


def problems(services: Services) -> list[Problem]:
    """All that there are, the worst first."""
    found = [*_store(services), *_gateway(services), *_backups(services)]
    return sorted(found, key=lambda problem: problem.severity)


def _store(services: Services) -> Iterator[Problem]:
    writer, search = services.writer, services.store.search
    if not writer.healthy:
        yield Problem(
            "disk_refuses",
            "error",
            "The disk does not take writes: nothing can be sent. Reading goes on.",
            "Make room on the disk, or look into its errors. Writing goes on by itself then.",
        )
    if writer.durations.part(0.5) > SLOW_COMMIT_SECONDS:
        yield Problem(
            "slow_disk",
            "warning",
            f"A commit takes {writer.durations.part(0.5) * 1000:.0f} ms: every message waits so long for the disk.",
            "Use a faster disk, or find out what else writes to it.",
        )
    if search.live is None or search.behind > SEARCH_BEHIND:
        yield Problem(
            "search_behind",
            "warning",
            f"Search does not know {search.behind} of the last events yet.",
            "It catches up by itself. When this number grows for long, the processor is too busy.",
        )


def _gateway(services: Services) -> Iterator[Problem]:
    counters, limits = services.counters, services.config.gateway
    if counters.lag.now > SLOW_LOOP_SECONDS:
        yield Problem(
            "slow_loop",
            "error",
            f"Everybody waits: the server was {counters.lag.now * 1000:.0f} ms late within the last second.",
            "Look at the slowest calls below, and at what else runs on the machine.",
        )
    if counters.connections > NEARLY * limits.max_connections:
        yield Problem(
            "many_connections",
            "warning",
            f"{counters.connections} of {limits.max_connections} connections are in use; beyond, clients are refused.",
            'Set "max_connections" in [gateway] higher if the machine has memory for more.',
        )
    if counters.backlog_bytes > NEARLY * limits.total_backlog_bytes:
        yield Problem(
            "large_backlog",
            "warning",
            f"{counters.backlog_bytes >> 20} MiB wait for clients that read slowly; beyond, they are cut.",
            "Clients that are cut come back and recover. When this lasts, the network is too slow for what is sent.",
        )


def _backups(services: Services) -> Iterator[Problem]:
    settings, scheduled = services.config.backup, services.store.scheduled
    if not settings.directory:
        yield Problem(
            "no_backups",
            "warning",
            "There are no backups on a schedule.",
            'Name a "directory" in [backup], best on another disk.',
        )
    elif scheduled.failures and (scheduled.newest is None or _hours(scheduled.newest) > 2 * settings.every_hours):
        yield Problem(
            "old_backup",
            "error",
            f"Backups fail: {scheduled.failures} since the start, and the newest is old or missing.",
            "Look for “backup failed” in the log below.",
        )


def _hours(moment: datetime) -> float:
    return (datetime.now(UTC) - moment).total_seconds() / 3600
