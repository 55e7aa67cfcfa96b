"""What the job of erasures does, step by step, without its pauses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatd.domain.upkeep import erasure
from chatd.model import PrivacyRequest
from chatd.store import tables
from tests.domain.conftest import World


def steps(world: World, at_once: int = 3) -> Iterator[str]:
    """Carry out the oldest request; after each transaction the name of the step. It may be given up anywhere."""

    write = world.write
    request: PrivacyRequest | None = world.store.read(world.application, erasure.open_request)
    assert request is not None
    if request.status == erasure.SCHEDULED:
        users: list[int] = []
        start: int | None = 0
        while start is not None:
            found, start = world.store.read(world.application, erasure.find, request, start, at_once)
            users += found
        request = write(erasure.begin, request.number, tuple(users))
        assert request is not None
        yield "begin"
    for user in request.users:
        write(erasure.close, user)
        yield "close"
        while write(erasure.leave, user, request.channels, at_once):
            yield "leave"
    cursor, is_left = request.cursor, True
    while is_left:
        seen = world.store.read(world.application, erasure.survey, set(request.users), cursor, 4 * at_once, at_once)
        is_left = write(erasure.erase, request.number, seen)
        cursor = seen.cursor
        yield "erase"
    for user in request.users:
        write(erasure.forget, user)
        yield "forget"
        start = 0
        while start is not None:
            start = write(erasure.scrub_profile, user, start, at_once)
            yield "scrub_profile"
    if not write(erasure.finish, request.number):
        yield "wait"
        write(remove_blobs)
        assert write(erasure.finish, request.number)
    yield "finish"


def remove_blobs(txn: Any) -> None:
    """What another job does, after it has removed them from disk."""
    for key, _ in list(txn.scan(tables.UPLOADS, 0)):
        txn.delete(tables.UPLOADS, *key)
