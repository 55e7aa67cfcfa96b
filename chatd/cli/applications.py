"""Applications and their API tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from chatd.cli.options import open_store, with_store_options
from chatd.domain.tenants import allowed_addresses, applications, tokens, unlisted
from chatd.domain.tenants.limits import words_of
from chatd.domain.upkeep import retention
from chatd.model import Actor
from chatd.transfer.importing import remove_leaving

HOURS = {"h": 1, "d": 24}
CONFIGURED = -1
MAX_LIMITS = {
    "reads_per_second": 1_000_000,
    "writes_per_second": 1_000_000,
    "max_file_bytes": 2**44,
    "max_file_bytes_per_user": 2**44,
}


@click.group()
def app() -> None:
    """Applications: tenants with their own users and channels."""


@app.command("create")
@click.argument("name")
@with_store_options
def create_application(config_file: Path | None, data_dir: Path | None, name: str) -> None:
    """Make an application."""
    with open_store(config_file, data_dir, make=True) as store:
        made = store.write_now(0, applications.create, name)
    click.echo(f"{made.name}  {made.application_id}")


@app.command("list")
@with_store_options
def list_applications(config_file: Path | None, data_dir: Path | None) -> None:
    """List the applications."""
    with open_store(config_file, data_dir) as store:
        for each in store.read(0, applications.every):
            click.echo(f"{each.name}  {each.application_id}  {date_of(each.created_at)}")


def _hours(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """So many days or hours, as hours; "forever" is -1."""
    if value is None or value == "forever":
        return None if value is None else -1
    number, unit = value[:-1], value[-1:]
    if unit not in HOURS or not (number.isascii() and number.isdigit()):
        raise click.BadParameter("write it like 90d or 12h, or forever.")
    return int(number) * HOURS[unit]


def _number(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """A number of messages; "all" is -1."""
    if value is None or value == "all":
        return None if value is None else -1
    if not (value.isascii() and value.isdigit()):
        raise click.BadParameter("write a number, or all.")
    return int(value)


@app.command("retention")
@click.argument("name")
@click.option("--age", callback=_hours, help="How long messages are kept, as 90d or 12h, or forever.")
@click.option("--count", callback=_number, help="How many messages of each channel are kept, or all.")
@with_store_options
def keep_messages(
    config_file: Path | None, data_dir: Path | None, name: str, age: int | None, count: int | None
) -> None:
    """Say how long an application keeps messages, or show it. A running server removes what is older by and by.

    What a channel says itself goes before.
    """
    params = {"message_retention_hours": age, "message_retention_count": count}
    with open_store(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, name).number
        actor = Actor(number, None, None)
        found = store.write_now(number, retention.update.function, actor, retention.update.parse(params))
    click.echo(_lasting(found["message_retention_hours"], found["message_retention_count"]))


def _lasting(hours: int, count: int) -> str:
    age = "for ever" if hours < 0 else f"for {hours} hours" if hours % 24 else f"for {hours // 24} days"
    return f"Messages are kept {age}, {'all' if count < 0 else count} of each channel."


def _limit(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """A limit, 0 for none; "configured" is -1."""
    if value is None or value == "configured":
        return None if value is None else CONFIGURED
    most = MAX_LIMITS[param.name or ""]
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise click.BadParameter(f"write a number up to {most}, or configured.")
    return int(value)


@app.command("limit")
@click.argument("name")
@click.option("--reads", "reads_per_second", callback=_limit, help="Calls per second that only read.")
@click.option("--writes", "writes_per_second", callback=_limit, help="Calls per second that change something.")
@click.option("--files", "max_file_bytes", callback=_limit, help="Bytes of the files of all users together.")
@click.option("--files-of-user", "max_file_bytes_per_user", callback=_limit, help="Bytes of the files of each user.")
@with_store_options
def limit_application(config_file: Path | None, data_dir: Path | None, name: str, **given: int | None) -> None:
    """Say how fast an application's backends may call, and how much room its files take, or show it.

    0 is no limit, and configured is what the configuration says. What is not said stays as it is. A running server
    knows it within about a second.
    """
    limits = {key: None if value == CONFIGURED else value for key, value in given.items() if value is not None}
    with open_store(config_file, data_dir) as store:
        found = store.write_now(0, applications.limit, name, limits)
    click.echo(words_of({key: getattr(found, key) for key in MAX_LIMITS}).replace(", ", "\n"))


@app.command("allow")
@click.argument("name")
@click.argument("networks", nargs=-1)
@click.option("--everywhere", is_flag=True, help="Let backends call from everywhere again.")
@with_store_options
def allow_addresses(
    config_file: Path | None, data_dir: Path | None, name: str, networks: tuple[str, ...], everywhere: bool
) -> None:
    """Say from which addresses or networks, as 203.0.113.0/24, the backends of an application call, or show it.

    This command itself is never refused.
    """
    with open_store(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, name).number
        actor = Actor(number, None, None)
        if everywhere:
            store.write_now(number, allowed_addresses.remove.function, actor, allowed_addresses.Remove())
        if networks:
            added = allowed_addresses.add.parse({"ip_whitelist_addresses": list(networks)})
            store.write_now(number, allowed_addresses.add.function, actor, added)
        found = store.read_now(number, allowed_addresses.view.function, actor, allowed_addresses.View())
    click.echo("\n".join(found["ip_whitelist_addresses"]) or "from everywhere")


@app.command("delete")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_store_options
def delete_application(config_file: Path | None, data_dir: Path | None, name: str, yes: bool) -> None:
    """Delete an application with all that belongs to it: users, channels, messages, files, tokens."""
    with open_store(config_file, data_dir) as store:
        found = store.read(0, applications.by_name, name)
        events = store.read(found.number, lambda txn: txn.head.sequence)
        if not yes:
            click.confirm(f"Delete {name}, with {events} events, for ever?", abort=True, err=True)
        store.write_now(0, unlisted.dismiss, name)
        removed = remove_leaving(store)
    click.echo(f"{name} is deleted." if removed else f"{name} is deleted; the server removes what it held.")


@click.group()
def token() -> None:
    """API tokens: secrets with which backends act for an application."""


@token.command("create")
@click.argument("application")
@click.option("--label", default="", help="What the token is for.")
@with_store_options
def create_token(config_file: Path | None, data_dir: Path | None, application: str, label: str) -> None:
    """Make a token. The secret is printed alone on standard output, this once; it is stored hashed."""
    with open_store(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, application).number
        secret, made = store.write_now(0, tokens.create, number, label)
    click.echo(f"Token {made.token_id} of {application}; keep the secret, it is not shown again:", err=True)
    click.echo(secret)


@token.command("list")
@click.argument("application")
@with_store_options
def list_tokens(config_file: Path | None, data_dir: Path | None, application: str) -> None:
    """List the tokens of an application, without their secrets."""
    with open_store(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, application).number
        for each in store.read(0, tokens.every, number):
            click.echo(f"{each.token_id}  {date_of(each.created_at)}  {each.label}".rstrip())


@token.command("revoke")
@click.argument("application")
@click.argument("token_id")
@with_store_options
def revoke_token(config_file: Path | None, data_dir: Path | None, application: str, token_id: str) -> None:
    """End a token. A running server refuses it within about a second."""
    with open_store(config_file, data_dir) as store:
        number = store.read(0, applications.by_name, application).number
        store.write_now(0, tokens.revoke, number, token_id)
    click.echo(f"Token {token_id} is revoked.")


def date_of(milliseconds: int) -> str:
    """A time as lists show it."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M")
