"""Looking into the store: is it sound, what is in it, and making its file smaller."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from chatd.cli.apart import apart
from chatd.cli.options import open_to_read, settings, store_directory, with_store_options
from chatd.cli.progress import progress
from chatd.cli.sizes import lines, statistics
from chatd.domain.upkeep.verify import verify as verify_store
from chatd.store.compact import compact as compact_store
from chatd.store.findings import Findings


@click.command()
@click.option("--files", is_flag=True, help="Read every file too, and compare it with what was sent.")
@with_store_options
def verify(config_file: Path | None, data_dir: Path | None, files: bool) -> None:
    """Check every invariant of the store, also of a backup's or beside a running server. Changes nothing.

    Exit status 1 says that something is wrong. What the log holds is folded anew in $TMPDIR, which needs room.
    """
    directory, events, findings = apart(_findings, config_file, data_dir, files=files)
    if not findings:
        click.echo(f"{directory}: sound, {events} events.")
        return
    for invariant, count in findings.counts.items():
        click.echo(f"Not so: {invariant} ({count})")
        for example in findings.examples[invariant]:
            click.echo(f"    {example}")
    sys.exit(1)


def _findings(config_file: Path | None, data_dir: Path | None, *, files: bool) -> tuple[Path, int, Findings]:
    """Where the store is, how many events it has, and what is wrong with it."""
    with open_to_read(config_file, data_dir) as store:
        findings = Findings()
        if not store.check_pages(findings):
            return store.directory, 0, findings
        entries = store.entries()
        with progress("Verifying", sum(entries.values()) + entries["log"]) as advance:
            verify_store(store, findings, advance, digests=files)
        return store.directory, entries["log"], findings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_store_options
def stats(config_file: Path | None, data_dir: Path | None, as_json: bool) -> None:
    """Say how large the store is and what takes the room."""
    with (
        open_to_read(config_file, data_dir) as store,
        progress("Counting", sum(store.entries().values())) as advance,
    ):
        found = statistics(store, advance)
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), nl=False)
    else:
        for line in lines(found):
            click.echo(line)


@click.command()
@with_store_options
def compact(config_file: Path | None, data_dir: Path | None) -> None:
    """Rewrite the file of a stopped server without what is free in it. Needs room for the copy beside it."""
    found = settings(config_file, data_dir)
    directory = store_directory(found)
    with open_to_read(config_file, data_dir) as store:
        entries = sum(store.entries().values())
    with progress("Compacting", entries) as advance:
        done = compact_store(directory, found.store.map_size, advance)
    click.echo(f"{directory}: {done.before} bytes before, {done.after} after.")
