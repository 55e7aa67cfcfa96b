"""Whether a log is whole, and the state what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from chatd import events
from chatd.domain.stream import refold
from chatd.domain.upkeep.erasure import holds
from chatd.events import LogEntry
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.scratch import Scratch
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# Everything that follows from the log alone.
FOLDED: tuple[Table[Any], ...] = (
    tables.STREAMS,
    tables.USERS,
    tables.USER_IDS,
    tables.CHANNELS,
    tables.CHANNEL_URLS,
    tables.FORMAT_2_DISTINCT,
    tables.CHANNEL_STATES,
    tables.MEMBERS,
    tables.MEMBERSHIPS,
    tables.TENURES,
    tables.MESSAGES,
    tables.TIMELINE,
    tables.REQUESTS,
    tables.FORMAT_1_REQUESTS,
    tables.DELETED_CHANNELS,
    tables.REACTIONS,
    tables.FILES,
    tables.THREADS,
    tables.REPLIES,
    tables.REPLIERS,
    tables.RETENTION,
    tables.RETAINED,
    tables.ERASURES,
    tables.OPEN_CHANNELS,
    tables.OPERATORS,
    tables.SCHEDULED,
    tables.SCHEDULED_BY,
    tables.DUE,
    tables.DRAFTS,
    tables.SAVED,
    tables.SAVED_ORDER,
    tables.FOLLOWED,
    tables.SAVERS,
    tables.FOLLOWERS,
    tables.LOST_MESSAGES,
    tables.REACTED,
    tables.DISAPPEARING,
    tables.PICTURES,
    tables.FILE_BYTES,
    tables.OWN_SETTINGS,
    tables.COMMON_SETTINGS,
    tables.CHANNEL_METADATA,
    tables.METADATA_VALUES,
    tables.METACOUNTERS,
    tables.METACOUNTER_VALUES,
    tables.MEMBER_NAMES,
    tables.INVITATIONS,
    tables.INVITED,
    tables.INVITED_COUNTS,
    tables.INVITATION_PREFERENCES,
    tables.DISTINCT,
    tables.PINS,
    tables.FILE_SHARES,
    tables.POLLS,
    tables.POLL_STATES,
    tables.POLL_OPTIONS,
    tables.POLL_CHOICES,
    tables.POLL_VOTERS,
    tables.POLL_LISTS,
    tables.DELETED_POLLS,
    tables.PREVIEWS,
    tables.USER_NAMES,
    tables.USER_ITEMS,
    tables.INACTIVE_USERS,
    tables.STATUS_ENDS,
    tables.BOTS,
    tables.BOT_IDS,
    tables.CHANNEL_BOTS,
    tables.USER_DISCOVERY,
    tables.AUTO_MESSAGES,
    tables.EMOJIS,
    tables.EMOJI_CATEGORIES,
    tables.EMOJI_CATEGORIES_MADE,
    tables.REACTION_SETTINGS,
    tables.PRESENCE_PREFERENCES,
    tables.ANNOUNCEMENTS,
    tables.ANNOUNCEMENT_IDS,
    tables.ANNOUNCEMENT_TARGETS,
    tables.ANNOUNCEMENTS_DUE,
    tables.MUTES,
    tables.CHANNEL_MUTES,
    tables.USER_MUTES,
    tables.BANS,
    tables.CHANNEL_BANS,
    tables.USER_BANS,
    tables.DELETED_USERS,
    tables.TYPE_MUTES,
    tables.TYPE_MUTE_ENDS,
    tables.TYPE_BANS,
    tables.TYPE_BAN_ENDS,
    tables.TYPE_OPERATORS,
    tables.USER_TYPES,
    tables.EXPULSIONS,
    tables.TELLINGS,
    tables.BLOCKS,
    tables.BLOCKED_BY,
    tables.BLOCK_COUNTS,
    tables.LAST_SENT,
    tables.LAST_IN_CHANNEL,
    tables.PACE,
    tables.LAST_MESSAGES,
    tables.GONE_ORDINALS,
    tables.MENTIONS,
    tables.CHANNEL_MENTIONS,
    tables.PUSH_PREFERENCES,
    tables.ACTS,
    tables.MODERATION,
    tables.FILTER_HITS,
    tables.FILTERED,
    tables.PERMISSIONS,
    tables.REPORTS,
    tables.REPORTERS,
    tables.REPORT_STATES,
)

_BATCH = 1000

Entries = list[tuple[tuple[int], LogEntry]]
Difference = tuple[bytes, bytes | None, bytes | None]


def check_log(txn: Transaction, scratch: Scratch, findings: Findings, advance: Callable[[int], None]) -> None:
    """Walk along the log of an application, fold it anew, and compare. `advance` is told how many events were seen."""
    where = f"application {txn.application}"
    last = (0, 0)
    erased = {user for _, user in txn.scan(tables.ERASURES)} if txn.has(tables.ERASURES) else set()
    log: Any = txn.scan(tables.LOG)
    while batch := list(islice(log, _BATCH)):
        for (sequence,), entry in batch:
            _follow(last, (sequence, entry.time), where, findings)
            last = (sequence, entry.time)
            if erased and holds(entry.event, erased):
                findings.add("the log holds nothing of erased users", f"{where}: event {sequence}")
        if not scratch.write(txn, _fold, batch, findings):
            return
        advance(len(batch))
    head = txn.head
    if (head.sequence, head.time) != last or bool(head.epoch) != bool(head.sequence):
        findings.add("the head is the end of the log", f"{where}: {head}, the log ends with {last}")
    with scratch.reading(txn.application) as folded:
        for table in FOLDED:
            if txn.has(table):
                _compare(table, txn, folded, findings)


def _follow(last: tuple[int, int], here: tuple[int, int], where: str, findings: Findings) -> None:
    if here[0] != last[0] + 1:
        findings.add("the log has no gaps", f"{where}: {here[0]} follows {last[0]}")
    if here[1] < last[1]:
        findings.add("time never falls along the log", f"{where}: {here[1]} at {here[0]} follows {last[1]}")


def _fold(txn: Transaction, entries: Entries, findings: Findings) -> bool:
    """Fold events; False when one cannot be."""
    for (sequence,), entry in entries:
        where = f"application {txn.application}, event {sequence}"
        try:
            check_ordinals(txn, entry.event, where, findings)
            refold(entry.event, txn, sequence, entry.time)
        except Exception as error:  # whatever an event that makes no sense leads to
            findings.add("every event of the log can be folded", f"{where}: {type(error).__name__}: {error}")
            return False
    return True


def check_ordinals(txn: Transaction, event: events.Event, where: str, findings: Findings) -> None:
    """Note where an event that is to be folded counts messages wrongly."""
    if isinstance(event, events.MessageSent):
        message = event.message
        expected = txn.require(tables.CHANNEL_STATES, message.channel).ordinal + (not message.is_silent)
        if message.ordinal != expected:
            findings.add("ordinals count the messages", f"{where}: {message.ordinal} in the place of {expected}")
    elif isinstance(event, events.ChannelRead | events.ChannelMarkedUnread):
        end = txn.require(tables.CHANNEL_STATES, event.channel).ordinal
        if event.ordinal > end:
            findings.add("nobody has read what was not sent", f"{where}: {event.ordinal} of {end}")


def _compare(table: Table[Any], txn: Transaction, folded: Transaction, findings: Findings) -> None:
    """Note where the state of a table is not what follows from the log."""
    for raw, here, there in _differences(txn.stored(table), folded.stored(table)):
        key = table.unpack(raw)
        if here is not None and there is not None:
            if table.decode(here) == table.decode(there):  # written before a field was added
                continue
            what = "differs"
        elif here is not None:
            what = "does not follow from the log"
        else:
            what = "is missing"
        shown = ", ".join(part.hex() if isinstance(part, bytes) else str(part) for part in key)
        findings.add(f"{table.name} follow from the log", f"application {txn.application}: ({shown}) {what}")


def _differences(here: Iterator[tuple[bytes, bytes]], there: Iterator[tuple[bytes, bytes]]) -> Iterator[Difference]:
    """Keys under which two tables hold something else, with what they hold."""
    both = merge(((key, 0, value) for key, value in here), ((key, 1, value) for key, value in there))
    for key, group in groupby(both, key=itemgetter(0)):
        found = {side: value for _, side, value in group}
        if found.get(0) != found.get(1):
            yield key, found.get(0), found.get(1)
