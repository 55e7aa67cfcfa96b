"""Running the server, and its configuration."""

from __future__ import annotations

import gc
import logging
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import trio

from chatd import VERSION, config, logs
from chatd.cli.options import (
    DEFAULT_FILE,
    configuration_file,
    settings,
    with_config_option,
    with_listen_option,
    with_store_options,
)
from chatd.logs import log

if TYPE_CHECKING:
    from chatd.server import Started

COLLECT_AFTER = 20_000  # objects more than were freed since


@click.command()
@with_listen_option
@with_store_options
def serve(config_file: Path | None, data_dir: Path | None, listen: str | None) -> None:
    """Run the server until SIGTERM or Ctrl-C."""
    # Half of what there is to import, which all other commands do without.
    from chatd.server import serve as run

    found = settings(config_file, data_dir, listen)
    logs.configure(found.log.level, found.log.format)
    tune()
    _raise_file_limit()

    def started(what: Started) -> None:
        # What lives as long as the server does is no work for the collector, which would stop the loop for it.
        gc.collect()
        gc.freeze()
        log("listening", address=what.address, data_dir=found.server.data_dir, version=VERSION)
        if what.owner_link is not None:
            _invite(what.owner_link)

    trio.run(run, found, started)


def tune() -> None:
    """Set the interpreter up for serving."""
    # The writer's thread and the loop take turns more often than by default: a commit is waited for.
    sys.setswitchinterval(0.0005)
    # By default the collector comes every 700 objects, and a group of commands makes thousands that are gone after it.
    gc.set_threshold(COLLECT_AFTER)


def _invite(link: str) -> None:
    try:
        click.echo(f"\nNobody owns this server yet. Open this link to become its owner:\n\n  {link}\n")
    except OSError as error:  # such as a full disk, which is no reason not to serve
        log("the owner's link cannot be printed", logging.ERROR, error=error)


def _raise_file_limit() -> None:
    """A connection is a file: use as many as the system lets this process have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@click.command("check-config")
@with_config_option
def check_config(config_file: Path | None) -> None:
    """Check the configuration and say what is wrong with it."""
    settings(config_file)
    file = configuration_file(config_file)
    click.echo(f"{file}: valid." if file else f"There is no {DEFAULT_FILE} here; all options have their defaults.")


@click.command("default-config")
def default_config() -> None:
    """Print the default configuration with explanations."""
    click.echo(config.default_text(), nl=False)


@click.command()
def version() -> None:
    """Print the version."""
    click.echo(f"chatd {VERSION}")
