"""Files over HTTP: clients upload and load them, backends send messages with them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from http import HTTPStatus
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.command import Command, Input
from chatd.domain.messages import files
from chatd.domain.messages.quotas import Quotas, check_quotas, keep_within
from chatd.domain.messages.receiving import send_received
from chatd.domain.tenants.tokens import application_of_api_token
from chatd.domain.users.bot_channels import send_received_by_bot
from chatd.domain.users.sessions import authenticate
from chatd.errors import (
    InvalidApiToken,
    InvalidSessionToken,
    NotFound,
    RateLimited,
    RequestError,
)
from chatd.gateway.rates import WINDOW_SECONDS, Verdict
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.downloads import download
from chatd.http.origin import caller
from chatd.http.uploads import Form, check_length, declared_length, on_disk, read_form, receive_one
from chatd.model import Actor, File

# Commands that come as forms with files, and what sends those.
TAKE_FILES: Final = {"messages.send": send_received, "bots.send": send_received_by_bot}
# Makes all parameters of a request out of those in its body.
Whole = Callable[[dict[str, Any]], dict[str, Any]]


class Signed(msgspec.Struct, frozen=True):
    """The query of a signed address."""

    application: Annotated[int, Meta(ge=0, lt=2**32)]
    expires: Annotated[int, Meta(ge=0, le=2**53)]
    signature: str


async def upload(request: Request, services: Services) -> Response:
    """`POST /client/v1/files`: a form with one file, or its bytes with `?name=`. Raises ChatdError."""
    actor = client(request, services)
    assert actor.user is not None
    if services.rates.judge_user(actor) is not Verdict.FINE:
        raise RateLimited("Too many calls; wait a moment.", WINDOW_SECONDS)
    check_length(request, services, 1)
    settings = services.config.files
    visitor = services.config.visitors.max_file_bytes if actor.is_visitor else 0
    quotas = Quotas(settings.max_bytes_per_user, settings.max_bytes_per_application, visitor)
    services.store.read(actor.application, files.check_uploads, actor.user)
    services.store.read(actor.application, check_quotas, actor.user, declared_length(request), quotas)
    file = await _receive(request, services, actor.application)
    await commit(services, actor.application, (file,), keep_within, actor.user, file, quotas)
    return json_answer({"file_id": file.file_id, "name": file.name, "type": file.type, "size": file.size})


async def send(request: Request, services: Services, application: int, name: str, whole: Whole) -> Response:
    """A command of TAKE_FILES as a form with files. Raises ChatdError."""
    command = COMMANDS[name]
    actor = Actor(application, None, None)
    async with AsyncExitStack() as open_files:
        form = await read_form(request, services, open_files)
        input = form_input(command, form, whole)
        received = tuple([await each.keep(application) for each in form.files])
    message = await commit(services, application, received, TAKE_FILES[name], actor, input, received)
    return json_answer(message)


def form_input(command: Command, form: Form, whole: Whole) -> Input:
    """The input of a command from the fields of a form, and what `whole` adds to them. Raises RequestError."""
    return command.parse(whole(form.values()), strict=False)


async def load(request: Request, services: Services) -> Response:
    """`GET /files/{file_id}/{name}`: by a signed address, a session token or an API token; 404 for everybody else."""
    try:
        application, file = _find(request, services)
    except (NotFound, InvalidSessionToken, InvalidApiToken):
        missing = NotFound("File")
        missing.status = HTTPStatus.NOT_FOUND
        raise missing from None
    return await download(request, services.store.blobs.path(application, file.file_id), file)


def client(request: Request, services: Services) -> Actor:
    """The user whose session token a request carries. Raises InvalidSessionToken."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = services.store.read(0, authenticate, token.strip() if scheme.lower() == "bearer" else "")
    services.hub.activity.used(session.application, session.user)
    return Actor(session.application, session.user, session.user_id, is_visitor=session.is_visitor)


def _find(request: Request, services: Services) -> tuple[int, File]:
    file_id = request.path_params["file_id"]
    try:
        signed = msgspec.convert(dict(request.query_params), Signed, strict=False)
        parts = (file_id, signed.expires, signed.signature)
        return signed.application, services.store.read(signed.application, files.find_signed, *parts)
    except (msgspec.ValidationError, NotFound):
        actor = _caller(request, services)
        return actor.application, services.store.read(actor.application, files.find, actor, file_id)


def _caller(request: Request, services: Services) -> Actor:
    token = request.headers.get("api-token")
    if token is None:
        return client(request, services)
    address = caller(request, services.proxies)
    return Actor(services.store.read(0, application_of_api_token, token, address), None, None)


async def _receive(request: Request, services: Services, application: int) -> File:
    async with AsyncExitStack() as open_files:
        file = await receive_one(request, services, open_files)
        return await file.keep(application)


async def commit(services: Services, application: int, received: tuple[File, ...], function: Any, *args: Any) -> Any:
    """Run a function that uses received files. When it is refused nothing names them, and they go at once.

    After any other failure they may be named: a commit is not undone by what follows it. Then the daily search for
    files without a message decides.
    """
    try:
        return await services.writer.run(application, function, *args)
    except RequestError:
        await on_disk(services.store.blobs.remove, application, [file.file_id for file in received])
        raise
