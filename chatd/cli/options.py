"""Options that commands share, and the store that they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from chatd import config
from chatd.config import Config
from chatd.errors import StartError
from chatd.store.backup import DATA
from chatd.store.store import Store

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_FILE = Path("config.toml")


def with_store_options(function: F) -> F:
    """`--config` and `--data-dir`."""
    data_dir = click.option("--data-dir", type=click.Path(path_type=Path), help="Directory of the store.")
    return with_config_option(data_dir(function))


def with_config_option(function: F) -> F:
    """`--config`; config.toml in the current directory is read when it is there."""
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option("--config", "config_file", type=path, help="Configuration file.")(function)


def with_listen_option(function: F) -> F:
    """`--listen`"""
    return click.option("--listen", metavar="ADDRESS:PORT", help="Where the server listens.")(function)


def configuration_file(named: Path | None) -> Path | None:
    """The file to read: the one that `--config` names, or config.toml when it is there."""
    return DEFAULT_FILE if named is None and DEFAULT_FILE.exists() else named


def settings(config_file: Path | None, data_dir: Path | None = None, listen: str | None = None) -> Config:
    """The configuration, with what the command line says in its place. Raises StartError."""
    found = config.load(configuration_file(config_file))
    changes: dict[str, Any] = {}
    if data_dir is not None:
        changes["data_dir"] = str(data_dir)
    if listen is not None:
        config.parse(f"[server]\nlisten = {_toml(listen)}", "--listen")
        changes["listen"] = listen
    return replace(found, server=replace(found.server, **changes))


@contextmanager
def open_store(config_file: Path | None, data_dir: Path | None, *, make: bool = False) -> Iterator[Store]:
    """The store that the configuration names. Raises StartError, also when there is none, unless `make` allows one.

    So a mistaken directory is noticed, and does not become an empty store.
    """
    found = settings(config_file, data_dir)
    directory = Path(found.server.data_dir)
    if make and not (directory / DATA).exists():
        click.echo(f"Making a new store in {directory}.", err=True)
    else:
        store_directory(found)
    with closing(Store.open(directory, found.store.map_size)) as store:
        yield store


@contextmanager
def open_to_read(config_file: Path | None, data_dir: Path | None) -> Iterator[Store]:
    """The store that the configuration names, of any age, as it is now. Raises StartError."""
    found = settings(config_file, data_dir)
    with closing(Store.open_readonly(store_directory(found), found.store.map_size)) as store:
        yield store


def store_directory(found: Config) -> Path:
    """Where the store is. Raises StartError when there is none."""
    directory = Path(found.server.data_dir)
    if not (directory / DATA).exists():
        raise StartError(f"{directory}: there is no store here. --data-dir names its directory.")
    return directory


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
