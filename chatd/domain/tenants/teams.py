"""Teams: which accounts work on an application in the dashboard, and as what.

An account that owns the server is an owner of every application. All others have a role in each application of whose
team they are, and no part in the rest.
"""

from __future__ import annotations

from typing import NamedTuple

from chatd.domain.moderation.audit import About, note_act
from chatd.domain.tenants import accounts
from chatd.domain.tenants.roles import OWNER, ROLES
from chatd.errors import Forbidden, InvalidValue, NotFound
from chatd.model import Account, Actor, Application, TeamMember
from chatd.store import tables
from chatd.store.transaction import Transaction


class Membership(NamedTuple):
    """An application, and the role that an account has in it."""

    application: Application
    role: str


def role_in(txn: Transaction, account: Account, application: int) -> str:
    """The role of an account in an application, empty when it has none."""
    if account.role == accounts.OWNER:
        return OWNER
    member = txn.get(tables.TEAMS, application, account.login)
    return "" if member is None else member.role


def memberships(txn: Transaction, account: Account) -> list[Membership]:
    """The applications on which an account works, oldest first."""
    found = [Membership(each, role_in(txn, account, number)) for (number,), each in txn.scan(tables.APPLICATIONS)]
    return [each for each in found if each.role]


def working_on(txn: Transaction, account: Account, application_id: str) -> Membership:
    """An application with the role that an account has in it.

    Raises NotFound, also for one of whose team the account is not: who has no part in it learns nothing of it.
    """
    for (number,), application in txn.scan(tables.APPLICATIONS):
        if application.application_id == application_id and (role := role_in(txn, account, number)):
            return Membership(application, role)
    raise NotFound("Application")


def team(txn: Transaction, application: int) -> list[tuple[str, TeamMember]]:
    """Who works on an application, by login: without those who own the server."""
    return [(login, member) for (_, login), member in txn.scan(tables.TEAMS, application)]


def assign(txn: Transaction, actor: Actor, login: str, role: str) -> TeamMember:
    """Give an account a role in the application of the caller. Raises InvalidValue, NotFound, Forbidden."""
    if role not in ROLES:
        raise InvalidValue(f'"role" is one of {", ".join(ROLES)}.')
    account = accounts.find(txn, login)
    if account is None:
        raise NotFound("Account")
    _check_other(actor, account.login)
    member = TeamMember(role, txn.now)
    txn.put(tables.TEAMS, actor.application, account.login, value=member)
    _note(txn, actor, f"{account.login}: {role}")
    return member


def dismiss(txn: Transaction, actor: Actor, login: str) -> None:
    """Take an account off the team. Raises NotFound, Forbidden."""
    _check_other(actor, login)
    if not txn.delete(tables.TEAMS, actor.application, login):
        raise NotFound("Account")
    _note(txn, actor, f"{login}: removed")


def _check_other(actor: Actor, login: str) -> None:
    """Nobody changes their own role: an application would be left without an owner by a slip."""
    if actor.login == login:
        raise Forbidden("Your own role is changed by another owner.")


def _note(txn: Transaction, actor: Actor, detail: str) -> None:
    note_act(txn.bind(actor.application), actor, "team.changed", None, About(detail=detail))
