"""Keys of the organization API."""

from __future__ import annotations

from pathlib import Path

import click

from chatd.cli.applications import date_of
from chatd.cli.options import open_store, with_store_options
from chatd.domain.tenants import organization


@click.group("organization-key")
def organization_key() -> None:
    """Keys of the organization API: secrets with which applications are made and deleted."""


@organization_key.command("create")
@click.option("--label", default="", help="What the key is for.")
@with_store_options
def create_key(config_file: Path | None, data_dir: Path | None, label: str) -> None:
    """Make a key. The secret is printed alone on standard output, this once; it is stored hashed."""
    with open_store(config_file, data_dir) as store:
        secret, made = store.write_now(0, organization.create_key, label)
    click.echo(f"Key {made.key_id}; keep the secret, it is not shown again:", err=True)
    click.echo(secret)


@organization_key.command("list")
@with_store_options
def list_keys(config_file: Path | None, data_dir: Path | None) -> None:
    """List the keys, without their secrets."""
    with open_store(config_file, data_dir) as store:
        for each in store.read(0, organization.every_key):
            click.echo(f"{each.key_id}  {date_of(each.created_at)}  {each.label}".rstrip())


@organization_key.command("revoke")
@click.argument("key_id")
@with_store_options
def revoke_key(config_file: Path | None, data_dir: Path | None, key_id: str) -> None:
    """End a key. A running server refuses it within about a second."""
    with open_store(config_file, data_dir) as store:
        store.write_now(0, organization.revoke_key, key_id)
    click.echo(f"Key {key_id} is revoked.")
