"""The search index."""

from __future__ import annotations

from pathlib import Path

import click

from chatd.cli.options import open_store, with_store_options
from chatd.cli.progress import progress
from chatd.errors import StartError
from chatd.jobs.index import build


@click.group()
def search() -> None:
    """The search index."""


@search.command()
@with_store_options
def rebuild(config_file: Path | None, data_dir: Path | None) -> None:
    """Make the search index anew from the log.

    A server that runs does it itself, in the background, and answers from the old index meanwhile.
    """
    with open_store(config_file, data_dir) as store:
        try:
            store.lock()
        except StartError:
            store.search.wish()
            click.echo("The running server makes the search index anew.")
            return
        with progress("Indexing", store.entries()["log"]) as advance:
            messages = build(store, advance)
    click.echo(f"{store.search.directory}: {messages} messages.")
