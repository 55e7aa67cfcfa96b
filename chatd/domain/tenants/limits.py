"""How fast the backends of an application may call and how much room its files take, as owners of the server say it."""

from __future__ import annotations

from collections.abc import Mapping

from chatd.domain.moderation.audit import About, note_act
from chatd.domain.tenants import applications
from chatd.model import Actor, Application
from chatd.store.transaction import Transaction


def set_limits(txn: Transaction, actor: Actor, limits: Mapping[str, int | None]) -> Application:
    """Set some of the caller's application, and note it in its audit log; see `applications.limit`."""
    application = applications.by_number(txn, actor.application)
    changed = applications.limit(txn, application.name, limits)
    note_act(txn.bind(actor.application), actor, "settings.changed", None, About(detail=words_of(limits)))
    return changed


def words_of(limits: Mapping[str, int | None]) -> str:
    """Limits for people, each with its name, which says of what it is."""
    return ", ".join(f"{name}: {_words(most)}" for name, most in limits.items())


def _words(most: int | None) -> str:
    if most is None:
        return "as configured"
    return str(most) if most else "without limit"
