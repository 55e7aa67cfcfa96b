"""Backups, and stores made of them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from chatd.cli.options import open_to_read, settings, with_store_options
from chatd.cli.progress import progress
from chatd.store.backup import prune, read_manifest
from chatd.store.copy import BESIDE, FULL_SPEED, NICENESS
from chatd.store.restore import restore as restore_store


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="Remove the oldest backups there beyond this many.")
@click.option("--full-speed", is_flag=True, help="Make no pauses, in which a server beside it has the disk.")
@with_store_options
def backup(
    config_file: Path | None, data_dir: Path | None, directory: Path, keep: int | None, full_speed: bool
) -> None:
    """Write a backup into a new directory under DIRECTORY, also beside a running server."""
    # A server beside it comes first.
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    with (
        open_to_read(config_file, data_dir) as store,
        progress("Backing up", store.live_bytes() + store.file_bytes()) as advance,
    ):
        path = store.back_up(directory, advance, FULL_SPEED if full_speed else BESIDE)
    click.echo(path)
    if keep is not None:
        for gone in prune(directory, keep):
            click.echo(f"Removed {gone}.", err=True)


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@with_store_options
def restore(config_file: Path | None, data_dir: Path | None, backup: Path) -> None:
    """Make a store of BACKUP, a directory that `chatd backup` wrote, where there is none.

    Clients load anew, everybody signs in anew, and invites end. API tokens stay as they were.
    """
    found = settings(config_file, data_dir)
    directory = Path(found.server.data_dir)
    said = read_manifest(backup)
    with progress("Restoring", said.bytes + said.file_bytes) as advance:
        manifest = restore_store(backup, directory, found.store.map_size, advance)
    click.echo(f"{directory} is what it was at {manifest.time:%Y-%m-%d %H:%M:%S} UTC.")
