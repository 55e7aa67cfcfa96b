"""The pictures of users and channels over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.users.pictures import call_with_picture, find_picture, set_avatar, set_cover
from chatd.errors import InvalidValue, NotFound, RateLimited
from chatd.gateway.rates import WINDOW_SECONDS, Verdict
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.downloads import download
from chatd.http.files import Whole, client, commit, form_input
from chatd.http.uploads import Receiving, check_length, on_disk, read_form, receive_one
from chatd.imaging.pictures import MIDDLE, make_pictures
from chatd.model import Actor, File

MAX_BYTES: Final = 5 << 20
SIDE: Final = 512

# Commands to which a backend may send a picture in a form.
TAKE_PICTURES: Final = frozenset({"users.create", "users.update", "channels.create", "channels.update"})


async def avatar(request: Request, services: Services) -> Response:
    """`POST /client/v1/avatar`: the caller's picture; answers the user. Raises ChatdError."""
    actor = _judged(request, services)
    return await _set(request, services, actor, set_avatar, actor.user_id)


async def cover(request: Request, services: Services) -> Response:
    """`POST /client/v1/channels/{channel_url}/cover`: that of a channel which the caller may change; the channel."""
    actor = _judged(request, services)
    return await _set(request, services, actor, set_cover, request.path_params["channel_url"])


async def send(request: Request, services: Services, application: int, name: str, whole: Whole) -> Response:
    """A form of a backend that makes or changes a user or a channel, with a picture: `profile_file` or `cover_file`.

    `name` is that of the command. Raises ChatdError.
    """
    command, actor = COMMANDS[name], Actor(application, None, None)
    async with AsyncExitStack() as open_files:
        form = await read_form(request, services, open_files)
        input = form_input(command, form, whole)
        if not form.files:
            return json_answer(await commit(services, application, (), command.function, actor, input))
        if len(form.files) > 1:
            raise InvalidValue("The form has more than one file.")
        file = await keep_square(services, application, form.files[0])
    return json_answer(await commit(services, application, (file,), call_with_picture, actor, command, input, file))


async def load(request: Request, services: Services) -> Response:
    """`GET /pictures/{file_id}`, for whoever knows it."""
    try:
        application, file = services.store.read(0, find_picture, request.path_params["file_id"])
    except NotFound as missing:
        missing.status = HTTPStatus.NOT_FOUND
        raise
    return await download(request, services.store.blobs.path(application, file.file_id), file)


async def keep_square(services: Services, application: int, received: Receiving) -> File:
    """Make a picture out of what was received: a blob. Raises TooLarge, InvalidValue, StorageFailed."""
    made = await make_pictures(await received.whole(MAX_BYTES), MIDDLE, SIDE)
    if made is None or not made.made:
        raise InvalidValue("The file is not a picture that the server can read: JPEG or PNG, up to 64 million pixels.")
    head, data = made.made[0]
    kept = await on_disk(services.store.blobs.put, application, data)
    name = f"picture.{head.type.rpartition('/')[2]}"
    return File(kept.file_id, name, head.type, kept.size, kept.sha256, head.width, head.height)


async def _set(
    request: Request, services: Services, actor: Actor, function: Callable[..., Any], name: str | None
) -> Response:
    check_length(request, services, 1)
    async with AsyncExitStack() as open_files:
        received = await receive_one(request, services, open_files)
        file = await keep_square(services, actor.application, received)
    return json_answer(await commit(services, actor.application, (file,), function, actor, name, file))


def _judged(request: Request, services: Services) -> Actor:
    """Who calls, unless too often."""
    actor = client(request, services)
    if services.rates.judge_user(actor) is not Verdict.FINE:
        raise RateLimited("Too many calls; wait a moment.", WINDOW_SECONDS)
    return actor
