"""Whether users become members at once when they are invited."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.stream import emit, note
from chatd.domain.users.people import acting_user
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

# In the place of a user: all who have not said it themselves.
EVERYBODY_ELSE = 0


class View(Input, frozen=True):
    """Whose preference to look at."""

    user_id: OptionalUserId = ""


class Update(Input, frozen=True):
    """What a user prefers from now on."""

    auto_accept: bool
    user_id: OptionalUserId = ""


class ViewDefault(Input, frozen=True):
    """Nothing to say."""


class UpdateDefault(Input, frozen=True):
    """What those users prefer who have not said it themselves."""

    auto_accept: bool


@command("users.view_invitation_preference", Right.BOTH, Kind.READ, example={}, result=shapes.InvitationPreference)
def view(txn: Transaction, actor: Actor, input: View) -> shapes.InvitationPreference:
    """Whether a user becomes a member at once when invited."""
    return {"auto_accept": auto_accepts(txn, acting_user(txn, actor, input.user_id).number)}


@command(
    "users.update_invitation_preference",
    Right.BOTH,
    Kind.WRITE,
    example={"auto_accept": False},
    result=shapes.InvitationPreference,
)
def update(txn: Transaction, actor: Actor, input: Update) -> shapes.InvitationPreference:
    """Say whether a user becomes a member at once when invited, or decides each time."""
    user = acting_user(txn, actor, input.user_id).number
    if txn.get(tables.INVITATION_PREFERENCES, user) != input.auto_accept:
        emit(txn, events.InvitationPreferenceChanged(user, input.auto_accept))
    return {"auto_accept": input.auto_accept}


@command(
    "applications.view_invitation_preference", Right.BACKEND, Kind.READ, example={}, result=shapes.InvitationPreference
)
def view_default(txn: Transaction, actor: Actor, input: ViewDefault) -> shapes.InvitationPreference:
    """Whether users become members at once when invited, unless they have said it themselves."""
    return {"auto_accept": auto_accepts(txn, EVERYBODY_ELSE)}


@command(
    "applications.update_invitation_preference",
    Right.BACKEND,
    Kind.WRITE,
    example={"auto_accept": False},
    result=shapes.InvitationPreference,
)
def update_default(txn: Transaction, actor: Actor, input: UpdateDefault) -> shapes.InvitationPreference:
    """Say whether users become members at once when invited, unless they have said it themselves."""
    if auto_accepts(txn, EVERYBODY_ELSE) != input.auto_accept:
        note(txn, events.InvitationPreferenceChanged(EVERYBODY_ELSE, input.auto_accept))
    return {"auto_accept": input.auto_accept}


def auto_accepts(txn: Transaction, user: int) -> bool:
    """Whether a user becomes a member at once when invited."""
    own = txn.get(tables.INVITATION_PREFERENCES, user)
    if own is None:
        own = txn.get(tables.INVITATION_PREFERENCES, EVERYBODY_ELSE)
    return own is not False
