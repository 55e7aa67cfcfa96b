"""The operator's commands. They work on the data directory, beside a running server."""

from __future__ import annotations

import sys

import click

from chatd.cli.accounts import account
from chatd.cli.applications import app, token
from chatd.cli.backups import backup, restore
from chatd.cli.inspection import compact, stats, verify
from chatd.cli.moving import import_mattermost, import_slack
from chatd.cli.organization import organization_key
from chatd.cli.search import search
from chatd.cli.serve import check_config, default_config, serve, version
from chatd.cli.statistics import statistics_group
from chatd.cli.transfers import export, import_
from chatd.cli.users import user
from chatd.errors import ChatdError
from chatd.store.files import DAMAGED


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """A self-hosted chat platform in one process."""


_commands = (
    serve,
    check_config,
    default_config,
    version,
    app,
    token,
    organization_key,
    account,
    user,
    backup,
    restore,
    verify,
    stats,
    compact,
    search,
    statistics_group,
    export,
    import_,
    import_slack,
    import_mattermost,
)

for _command in _commands:
    commands.add_command(_command)


def main() -> None:
    """Run a command. An expected error is one line on standard error and exit status 1."""
    try:
        commands()
    except ChatdError as error:
        click.echo(f"chatd: {error.message}", err=True)
        sys.exit(1)
    except DAMAGED as error:
        click.echo(f"chatd: The store cannot be read: {error}. `chatd verify` says what is broken.", err=True)
        sys.exit(1)
