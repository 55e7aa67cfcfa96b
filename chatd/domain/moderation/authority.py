"""Who may mute and ban whom, and who may know of it.

Operators may, except other operators; those only the owner may, who made the channel and operates it. Backends may
do it to anybody. Nobody does it to themselves, nor takes back what was done to them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatd.domain.channels.access import find_channel, operated_channel, operates, visible_channel
from chatd.domain.channels.open_access import operated_open
from chatd.domain.users.people import acting, acting_user, find_user
from chatd.errors import Forbidden, MissingParameter
from chatd.model import Actor, Channel, Sanction, User
from chatd.store.transaction import Transaction


class Viewed(NamedTuple):
    """A user, and what there is of them."""

    user: User
    sanction: Sanction | None


def moderated_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel of any kind of which the caller is an operator; any for a backend. Raises NotFound or Forbidden."""
    if find_channel(txn, channel_url).is_open:
        return operated_open(txn, actor, channel_url)
    return operated_channel(txn, actor, channel_url)


def check_authority(txn: Transaction, actor: Actor, channel: Channel, user: int) -> None:
    """Raise Forbidden when the caller, who moderates a channel, may not do it to a user."""
    if actor.user is None:
        return
    if user == actor.user:
        raise Forbidden("Nobody moderates themselves.")
    if operates(txn, channel, user) and channel.created_by != actor.user:
        raise Forbidden("Only the owner of the channel, or a backend, does this to an operator.")


def moderator_of(txn: Transaction, actor: Actor, agent_id: str) -> Actor:
    """Who moderates: the caller, or whom a backend names. Raises Forbidden for a client that names another."""
    return acting(txn, actor, agent_id) if agent_id else actor


def viewed(
    txn: Transaction,
    actor: Actor,
    channel_url: str,
    user_id: str,
    find: Callable[[Transaction, Channel, int], Sanction | None],
) -> Viewed:
    """A user and what `find` finds of them in a channel: their own for everybody, any for who moderates it."""
    if actor.user is None or user_id not in ("", actor.user_id):
        if not user_id:
            raise MissingParameter("user_id")
        channel, user = moderated_channel(txn, actor, channel_url), find_user(txn, user_id)
        return Viewed(user, find(txn, channel, user.number))
    user = acting_user(txn, actor)
    sanction = find(txn, find_channel(txn, channel_url), user.number)
    if sanction is None:
        visible_channel(txn, actor, channel_url)  # of one that they may not know of they learn nothing
    return Viewed(user, sanction)
