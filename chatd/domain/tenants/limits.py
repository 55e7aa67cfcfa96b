"""How fast the backends of an application may call, as owners of the server say it in the dashboard."""

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


def _words(calls: int | None) -> str:
    if calls is None:
        return "as configured"
    return f"{calls} a second" if calls else "without limit"
