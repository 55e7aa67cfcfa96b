"""Applications and their API tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from chatd.cli.options import open_store, with_store_options
from chatd.domain import applications, tokens


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
            click.echo(f"{each.name}  {each.application_id}  {_date(each.created_at)}")


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
            click.echo(f"{each.token_id}  {_date(each.created_at)}  {each.label}".rstrip())


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


def _date(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M")
