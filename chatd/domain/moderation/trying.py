"""What filters would make of a text that nobody has sent."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import CustomType
from chatd.domain.fold.filters import rules_of
from chatd.domain.moderation.filters import judged
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.model import Actor
from chatd.store.transaction import Transaction


class Text(Input, frozen=True):
    """A text, as if it were sent to a channel of a custom type, or of none."""

    text: Annotated[str, Meta(max_length=5000)]
    custom_type: CustomType = ""


@command(
    "moderation.test",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"text": "A slug is on the lettuce."},
    result=shapes.FilterVerdict,
)
def test(txn: Transaction, actor: Actor, input: Text) -> Resource:
    """What the filters make of a text. Nothing is sent, and nothing counts for a penalty."""
    verdict = judged(rules_of(txn, input.custom_type), input.text)
    return {"text": verdict.text, "action": verdict.action, "refusal": verdict.refusal}
