"""Applications that leave and arrive as files."""

from __future__ import annotations

from pathlib import Path

import click

from chatd.cli.options import open_store, settings, with_store_options
from chatd.cli.progress import progress
from chatd.domain.tenants import applications
from chatd.store.scratch import scratch
from chatd.transfer.checking import check
from chatd.transfer.exporting import EXPORT, length
from chatd.transfer.exporting import export as export_application
from chatd.transfer.importing import Arrival, bring, size

_path = click.Path(path_type=Path)


@click.command("export")
@click.argument("application")
@click.argument("directory", type=_path)
@with_store_options
def export(config_file: Path | None, data_dir: Path | None, application: str, directory: Path) -> None:
    """Write all that APPLICATION holds into a new DIRECTORY, also beside a running server. Secrets stay here."""
    with open_store(config_file, data_dir) as store:
        found = store.read(0, applications.by_name, application)
        with progress("Exporting", store.read(found.number, length)) as advance:
            events = export_application(store, found, directory, advance)
    click.echo(f"{directory}: {events} events.")


@click.command("import")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", default="", help="What the application is to be called here.")
@with_store_options
def import_(config_file: Path | None, data_dir: Path | None, directory: Path, name: str) -> None:
    """Make an application of what `chatd export` wrote to DIRECTORY, also beside a running server.

    All of it is checked first, in $TMPDIR, which needs about as much room as the application.
    """
    path = directory / EXPORT
    of_bytes = path.stat().st_size if path.exists() else 0
    with scratch(settings(config_file, data_dir).store.map_size) as place:
        with progress("Checking", of_bytes) as advance:
            header = check(directory, place, advance)
        with open_store(config_file, data_dir, make=True) as store, progress("Importing", size(place)) as advance:
            made = bring(store, Arrival(directory, place, header, name), advance)
    click.echo(f"{made.name}  {made.application_id}")
