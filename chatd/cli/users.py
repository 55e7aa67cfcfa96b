"""Users of an application: forgetting them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from chatd.cli.options import open_store, open_to_read, with_store_options
from chatd.domain.tenants import applications
from chatd.domain.users import privacy
from chatd.model import Actor


@click.group()
def user() -> None:
    """Users of an application."""


@user.command("erase")
@click.argument("application")
@click.argument("user_ids", nargs=-1, required=True)
@click.option("--channels", type=click.Choice(("keep", "1_on_1", "all")), default="keep", show_default=True)
@with_store_options
def erase_users(
    config_file: Path | None, data_dir: Path | None, application: str, user_ids: tuple[str, ...], channels: str
) -> None:
    """Have users forgotten, with everything they wrote, also those who were deleted before.

    A server carries it out, the one that runs or the next that starts; "user erasures" says how far it is. --channels
    deletes those that they share with one other, or all in which they are.
    """
    option = "do_not_delete" if channels == "keep" else channels
    params = {"user_ids": list(user_ids), "channel_delete_option": option}
    with open_store(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, application).number
        made = store.write_now(number, privacy.create.function, Actor(number, None, None), privacy.create.parse(params))
    click.echo(f"Request {made['request_id']} is {made['status']}.")


@user.command("erasures")
@click.argument("application")
@with_store_options
def list_erasures(config_file: Path | None, data_dir: Path | None, application: str) -> None:
    """List the requests that users be forgotten. When one is done, the number of users is left of them."""
    with open_to_read(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, application).number
        for request in store.read(number, privacy.every):
            made = datetime.fromtimestamp(request.created_at / 1000, UTC).strftime("%Y-%m-%d %H:%M")
            whom = ", ".join(request.user_ids) or f"{len(request.users)} users"
            click.echo(f"{request.number}  {made}  {request.status}  {whom}")
