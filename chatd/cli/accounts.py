"""Accounts of the web chat."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chatd.cli.options import open_store, settings, with_listen_option, with_store_options
from chatd.domain.tenants import accounts, invites, resets, second_factor
from chatd.domain.tenants.passwords import hash_password
from chatd.errors import InvalidValue

_role = click.option("--role", type=click.Choice(accounts.ROLES), default=accounts.MEMBER, show_default=True)


@click.group()
def account() -> None:
    """Accounts: people who sign in to the web chat."""


@account.command("create")
@click.argument("login")
@click.option("--nickname", default="", help="The name that others see.")
@_role
@with_store_options
def create_account(config_file: Path | None, data_dir: Path | None, login: str, nickname: str, role: str) -> None:
    """Make an account; the password is asked for, or read from a pipe."""
    password_hash = hash_password(_ask_password())
    with open_store(config_file, data_dir, make=True) as store:
        made = store.write_now(0, accounts.create, login, password_hash, role, nickname)
    click.echo(f"Account {made.login} ({made.role}) is ready.")


@account.command("reset-password")
@click.argument("login")
@with_store_options
def reset_password(config_file: Path | None, data_dir: Path | None, login: str) -> None:
    """Set a new password; the account is signed out everywhere."""
    password_hash = hash_password(_ask_password())
    with open_store(config_file, data_dir) as store:
        store.write_now(0, accounts.set_password, login, password_hash)
    click.echo(f"The password of {login} is changed.")


@account.command("invite")
@_role
@click.option("--login", default="", help="The login that it is for, such as that of a user who has moved in.")
@with_listen_option
@with_store_options
def invite(config_file: Path | None, data_dir: Path | None, listen: str | None, role: str, login: str) -> None:
    """Print a link with which one person can make an account, within a week."""
    server = settings(config_file, data_dir, listen).server
    with open_store(config_file, data_dir) as store:
        secret, _ = store.write_now(0, invites.create, role, "", login)
    click.echo(f"{server.url(server.port)}/join/{secret}")


@account.command("set-role")
@click.argument("login")
@click.argument("role", type=click.Choice(accounts.ROLES))
@with_store_options
def set_role(config_file: Path | None, data_dir: Path | None, login: str, role: str) -> None:
    """Make somebody an owner of the server, or a member again."""
    with open_store(config_file, data_dir) as store:
        store.write_now(0, accounts.set_role, login, role)
    click.echo(f"{login} is {role} now.")


@account.command("remove-second-factor")
@click.argument("login")
@with_store_options
def remove_second_factor(config_file: Path | None, data_dir: Path | None, login: str) -> None:
    """Let somebody sign in with the password alone again, such as who has lost phone and recovery codes."""
    with open_store(config_file, data_dir) as store:
        store.write_now(0, second_factor.remove, login.lower())
    click.echo(f"{login} signs in with the password alone.")


@account.command("reset-link")
@click.argument("login")
@with_listen_option
@with_store_options
def reset_link(config_file: Path | None, data_dir: Path | None, listen: str | None, login: str) -> None:
    """Print a link with which somebody chooses a new password, once, within a day."""
    server = settings(config_file, data_dir, listen).server
    with open_store(config_file, data_dir) as store:
        secret, _ = store.write_now(0, resets.create, login)
    click.echo(f"{server.url(server.port)}/reset/{secret}")


def _ask_password() -> str:
    """The password, typed twice at a terminal unseen, or one line of a pipe: command lines are visible to others."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
        return typed
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InvalidValue("A password is UTF-8 text.") from error
