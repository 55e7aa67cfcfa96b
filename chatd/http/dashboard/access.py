"""Who asks from the dashboard, and for which application."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request

from chatd.domain.tenants import accounts, teams
from chatd.domain.tenants.teams import Membership
from chatd.errors import Forbidden
from chatd.gateway.service import Services
from chatd.http.origin import check_origin
from chatd.http.signing_in import signed_in
from chatd.model import Account, Actor


class Caller(NamedTuple):
    """An account at work on an application."""

    account: Account
    membership: Membership

    @property
    def actor(self) -> Actor:
        """As whom commands are called: like a backend, with the account's name to it."""
        return Actor(self.membership.application.number, None, None, login=self.account.login)


def account_of(request: Request, services: Services) -> Account:
    """Who is signed in. Raises InvalidSessionToken, and Forbidden for a request from a page of another site."""
    check_origin(request, services.config.server)
    return signed_in(services, request)


def owner_of(request: Request, services: Services) -> Account:
    """Who is signed in and owns the server. Raises as `account_of`, and Forbidden for everybody else."""
    account = account_of(request, services)
    if account.role != accounts.OWNER:
        raise Forbidden("Only owners of the server may do this.")
    return account


def caller_of(request: Request, services: Services) -> Caller:
    """Who is signed in and works on the application that the path names. Raises as `account_of`, and NotFound."""
    account = account_of(request, services)
    membership = services.store.read(0, teams.working_on, account, request.path_params["app_id"])
    return Caller(account, membership)
