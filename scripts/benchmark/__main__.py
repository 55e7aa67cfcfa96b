"""Measures chatd: each part starts a server of its own and drives it over loopback from this process."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
from pathlib import Path
from typing import Any

import backup
import calls
import dashboard
import days
import durable
import fanout
import idle
import large
import open_channel
import rest
import rooms
import sessions
import stalls
import store
import storm
import tls


def _web(options: argparse.Namespace) -> dict[str, Any]:
    """It alone needs a browser."""
    import web

    return web.run(options)


PARTS = {
    "idle": idle.run,
    "sessions": sessions.run,
    "fanout": fanout.run,
    "open": open_channel.run,
    "large": large.run,
    "rooms": rooms.run,
    "calls": calls.run,
    "durable": durable.run,
    "storm": storm.run,
    "stalls": stalls.run,
    "tls": tls.run,
    "rest": rest.run,
    "store": store.run,
    "backup": backup.run,
    "statistics": days.run,
    "dashboard": dashboard.run,
    "web": _web,
}
# These take long or need more than chatd, and run only when they are named.
NAMED = {"store", "web"}


def main() -> None:
    """Run the parts that were asked for, print a table, write JSON."""
    options = _options()
    _raise_file_limit()
    results: dict[str, dict[str, Any]] = {}
    for name in options.parts + (options.only or []) or [name for name in PARTS if name not in NAMED]:
        print(f"{name} ...", flush=True)
        results[name] = PARTS[name](options)
        _show(results[name])
    if options.json:
        machine = {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
        options.json.write_text(json.dumps({"machine": machine, "results": results}, indent=2) + "\n")


def _show(figures: dict[str, Any]) -> None:
    """A line for each figure; those of several sizes side by side."""
    sizes: list[str] = []
    for label, value in figures.items():
        if isinstance(value, dict) and list(value) != sizes:
            sizes = list(value)
            print(" " * 43 + "".join(f"{size:>22}" for size in sizes))
        values = value.values() if isinstance(value, dict) else [value]
        print(
            f"  {label:<40} " + "".join(f"{each:>{22 if isinstance(value, dict) else 12},}" for each in values),
            flush=True,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"a part to run: {', '.join(PARTS)}; all but {NAMED}")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="a part to run; may be repeated")
    parser.add_argument("--json", type=Path, help="file for the results")
    parser.add_argument("--connections", type=int, default=15_000, help="idle, stalls and dashboard: connections")
    parser.add_argument("--sessions", type=int, default=1_000_000, help="sessions: how many")
    parser.add_argument("--audience", type=int, default=10_000, help="fanout: members of the channel")
    parser.add_argument("--rounds", type=int, default=15, help="fanout and open: messages")
    parser.add_argument("--present", type=int, default=15_000, help="open: users in the channel")
    parser.add_argument("--large-members", type=int, default=10_000, help="large: members, and twice as many")
    parser.add_argument("--large-present", type=int, default=7500, help="large: in an open channel, and twice as many")
    parser.add_argument("--rooms", type=int, default=10, help="rooms: rooms of 100")
    parser.add_argument("--messages", type=int, default=1000, help="rooms: messages in each room")
    parser.add_argument("--senders", type=int, default=10, help="rooms: members of a room that send")
    parser.add_argument("--window", type=int, default=50, help="rooms and durable: messages on their way")
    parser.add_argument("--writers", type=int, default=64, help="durable: connections")
    parser.add_argument("--sends", type=int, default=60_000, help="durable: messages")
    parser.add_argument("--calls", type=int, default=200_000, help="calls: round trips")
    parser.add_argument("--calls-window", type=int, default=8, help="calls: on their way on each connection")
    parser.add_argument("--seconds", type=float, default=30, help="stalls: how long")
    parser.add_argument("--encrypted", type=int, default=3000, help="tls: connections")
    parser.add_argument("--comeback", type=int, default=10_000, help="storm: clients")
    parser.add_argument("--missed", type=int, default=10, help="storm: messages that each one missed")
    parser.add_argument("--http-connections", type=int, default=16, help="rest: connections, each with one request")
    parser.add_argument("--callers", type=int, default=2000, help="store: sends that wait for their commit")
    parser.add_argument("--store-sends", type=int, default=150_000, help="store: messages")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000_000, 10_000_000], help="store: messages of databases"
    )
    parser.add_argument("--reads", type=int, default=5000, help="store: pages of messages to read")
    parser.add_argument("--channels", type=int, default=20_000, help="store: channels of databases that are made")
    parser.add_argument(
        "--seeded", type=Path, default=Path("/tmp/chatd-seeded"), help="store: directory of the databases"
    )
    parser.add_argument("--rate", type=float, default=5000, help="backup and dashboard: messages per second")
    parser.add_argument("--backup-mib", type=int, default=500, help="backup: size of the store before")
    parser.add_argument("--windows", type=int, default=5, help="backup and dashboard: windows, as many again with it")
    parser.add_argument("--window-seconds", type=float, default=6, help="backup and dashboard: how long each one is")
    parser.add_argument("--web-messages", type=int, default=100_000, help="web: messages of the long channel")
    parser.add_argument("--web-minutes", type=int, default=10, help="web: how long a channel is busy")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    return options


def _raise_file_limit() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    sys.exit(main())
