"""How fast the backends of an application may call and how much room its files take, as owners of the server say it."""

from __future__ import annotations

from chatd.domain.moderation.audit import About, note_act
from chatd.domain.tenants import applications
from chatd.model import Actor, Application
from chatd.store.transaction import Transaction


def set_limits(txn: Transaction, actor: Actor, reads: int | None, writes: int | None) -> Application:
    """Set those of the caller's application, and note it in its audit log; see `applications.limit`."""
    application = applications.by_number(txn, actor.application)
    changed = applications.limit(txn, application.name, reads, writes)
    detail = f"calls of backends: reads {_words(reads)}, writes {_words(writes)}"
    note_act(txn.bind(actor.application), actor, "settings.changed", None, About(detail=detail))
    return changed


def set_file_limits(txn: Transaction, actor: Actor, most: int | None, of_user: int | None) -> Application:
    """Set those of the caller's application, and note it in its audit log; see `applications.limit_files`."""
    application = applications.by_number(txn, actor.application)
    changed = applications.limit_files(txn, application.name, most, of_user)
    detail = f"files: {_bytes(most)} for all, {_bytes(of_user)} for each user"
    note_act(txn.bind(actor.application), actor, "settings.changed", None, About(detail=detail))
    return changed


def _bytes(most: int | None) -> str:
    if most is None:
        return "as configured"
    return f"{most} bytes" if most else "without limit"


def _words(calls: int | None) -> str:
    if calls is None:
        return "as configured"
    return f"{calls} a second" if calls else "without limit"
