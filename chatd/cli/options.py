"""Options that commands share, and the store that they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec.structs import replace

from chatd import config
from chatd.config import Config
from chatd.server import GIB
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


def settings(config_file: Path | None, data_dir: Path | None = None, listen: str | None = None) -> Config:
    """The configuration, with what the command line says in its place. Raises StartError."""
    if config_file is None and DEFAULT_FILE.exists():
        config_file = DEFAULT_FILE
    found = config.load(config_file)
    changes: dict[str, Any] = {}
    if data_dir is not None:
        changes["data_dir"] = str(data_dir)
    if listen is not None:
        config.parse(f"[server]\nlisten = {_toml(listen)}", "--listen")
        changes["listen"] = listen
    return replace(found, server=replace(found.server, **changes))


@contextmanager
def open_store(config_file: Path | None, data_dir: Path | None) -> Iterator[Store]:
    """The store that the configuration names. Raises StartError."""
    found = settings(config_file, data_dir)
    store = Store.open(Path(found.server.data_dir), int(found.store.map_size_gib * GIB))
    try:
        yield store
    finally:
        store.close()


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
