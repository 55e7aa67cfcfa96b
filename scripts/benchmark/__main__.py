"""Measures chatd: each part starts a server of its own and drives it over loopback from this process."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
from pathlib import Path

import backup
import calls
import durable
import fanout
import idle
import rest
import rooms
import sessions
import stalls
import storm
import tls

PARTS = {
    "idle": idle.run,
    "sessions": sessions.run,
    "fanout": fanout.run,
    "rooms": rooms.run,
    "calls": calls.run,
    "durable": durable.run,
    "storm": storm.run,
    "stalls": stalls.run,
    "tls": tls.run,
    "rest": rest.run,
    "backup": backup.run,
}


def main() -> None:
    """Run the parts that were asked for, print a table, write JSON."""
    options = _options()
    _raise_file_limit()
    results: dict[str, dict[str, float]] = {}
    for name in options.only or PARTS:
        print(f"{name} ...", flush=True)
        results[name] = PARTS[name](options)
        for label, value in results[name].items():
            print(f"  {label:<40} {value:>12,}", flush=True)
    if options.json:
        machine = {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
        options.json.write_text(json.dumps({"machine": machine, "results": results}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=list(PARTS), help="a part to run; may be repeated")
    parser.add_argument("--json", type=Path, help="file for the results")
    parser.add_argument("--connections", type=int, default=15_000, help="idle and stalls: connections")
    parser.add_argument("--sessions", type=int, default=1_000_000, help="sessions: how many")
    parser.add_argument("--audience", type=int, default=10_000, help="fanout: members of the channel")
    parser.add_argument("--rounds", type=int, default=15, help="fanout: messages")
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
    parser.add_argument("--rate", type=float, default=5000, help="backup: messages per second")
    parser.add_argument("--backup-mib", type=int, default=500, help="backup: size of the store before")
    parser.add_argument("--windows", type=int, default=5, help="backup: windows without, and as many with backups")
    parser.add_argument("--window-seconds", type=float, default=6, help="backup: how long each one is")
    return parser.parse_args()


def _raise_file_limit() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    sys.exit(main())
