"""Teams that move in from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from chatd.cli.options import open_store, settings, with_store_options
from chatd.cli.progress import progress
from chatd.domain.tenants import applications
from chatd.errors import AlreadyExists
from chatd.store.store import Store
from chatd.transfer.archive import Archive, open_archive, total_text
from chatd.transfer.mattermost import MattermostExport
from chatd.transfer.moving import Move
from chatd.transfer.slack import SlackExport
from chatd.transfer.team import Source, Tally, Team

_path = click.Path(exists=True, path_type=Path)
_into = click.option("--into", metavar="APPLICATION", help="An application that is there, such as main.")
_name = click.option("--name", help="What the new application is to be called.")

# All text is read twice: once to see that it is right.
_PASSES = 2


@click.command("import-slack")
@click.argument("export", type=_path)
@_into
@_name
@with_store_options
def import_slack(
    config_file: Path | None, data_dir: Path | None, export: Path, into: str | None, name: str | None
) -> None:
    """Move in from Slack: EXPORT is the zip file that it made, or its directory.

    It makes an application, or adds to one; what is there stays as it is. Run again, it adds what is missing.
    """
    _move_in(SlackExport, config_file, data_dir, export, into, name or SlackExport.name)


@click.command("import-mattermost")
@click.argument("export", type=_path)
@_into
@_name
@with_store_options
def import_mattermost(
    config_file: Path | None, data_dir: Path | None, export: Path, into: str | None, name: str | None
) -> None:
    """Move in from Mattermost: EXPORT is its bulk export, a file of lines or a zip file with it.

    It makes an application, or adds to one; what is there stays as it is. Run again, it adds what is missing.
    """
    _move_in(MattermostExport, config_file, data_dir, export, into, name or MattermostExport.name)


def _move_in(
    read: Callable[[Archive, int], Source],
    config_file: Path | None,
    data_dir: Path | None,
    export: Path,
    into: str | None,
    name: str,
) -> None:
    largest = settings(config_file, data_dir).files.max_bytes
    with _surveyed(export, read, largest) as (source, team), open_store(config_file, data_dir, make=True) as store:
        move = Move(store, _place(store, into, name), source)
        move.run(team)
        _tell(into or name, move.tally)


@contextmanager
def _surveyed(export: Path, read: Callable[[Archive, int], Source], largest: int) -> Iterator[tuple[Source, Team]]:
    """An export all of which has been read once, so that nothing is changed when something is wrong with it."""
    length = _PASSES * total_text(export, (".json", ".jsonl"))
    with progress("Importing", length) as advance, open_archive(export, advance) as archive:
        source = read(archive, largest)
        yield source, source.survey()


def _tell(name: str, tally: Tally) -> None:
    """Say what became of everything."""
    click.echo(f"Into application {name}:")
    for line in (*_lines("imported", tally.imported), *_lines("here already", tally.present)):
        click.echo(f"  {line}")
    if +tally.left_out:
        click.echo("Left out:")
        for line in _lines("", tally.left_out):
            click.echo(f"  {line}")


def _place(store: Store, into: str | None, name: str) -> int:
    """The number of the application to add to, or of a new one. Raises NotFound, AlreadyExists."""
    if into is not None:
        return store.read(0, applications.by_name, into).number
    try:
        return store.write_now(0, applications.create, name).number
    except AlreadyExists as error:
        raise AlreadyExists(f'Application "{name}" exists already; --into {name} adds to it.') from error


def _lines(what: str, counts: Counter[str]) -> list[str]:
    return [f"{count:>8} {kind} {what}".rstrip() for kind, count in counts.items() if count > 0]
