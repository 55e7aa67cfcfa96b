"""Statistics."""

from __future__ import annotations

from pathlib import Path

import click

from chatd.cli.options import open_store, with_store_options
from chatd.domain.statistics.generations import begin_anew
from chatd.domain.statistics.recounting import recount
from chatd.domain.tenants import applications
from chatd.errors import StartError


@click.group("statistics")
def statistics_group() -> None:
    """What is counted by day."""


@statistics_group.command()
@with_store_options
def rebuild(config_file: Path | None, data_dir: Path | None) -> None:
    """Count the logs of all applications anew.

    A server that runs does it itself, in the background, and answers from the old counts meanwhile.
    """
    with open_store(config_file, data_dir) as store:
        numbers = [each.number for each in store.read(0, applications.every)]
        try:
            store.lock()
        except StartError:
            for number in numbers:
                store.write_now(number, begin_anew)
            click.echo("The running server counts anew.")
            return
        for number in numbers:
            recount(store, number)
    click.echo(f"{len(numbers)} applications counted.")
