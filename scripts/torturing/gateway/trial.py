"""One attack on a server of its own: what people who chat there notice of it, and what it costs the server."""

from __future__ import annotations

import json
import re
import subprocess
import time
from typing import Any

from attack import Attack
from backend import Backend
from result import Memory, Result, judge
from target import ROOM
from victim import Victim
from worker import Worker

PEOPLE = 50
ROOMS = 5
ATTACKERS = 10
CALM_SECONDS = 0.5
SAMPLE_SECONDS = 0.1
# How soon after an attack nothing of it may be left, and how soon the server ends.
SETTLE_SECONDS = 15.0
DRAIN_SECONDS = 10.0
# What the server counts when all is as before.
CALM = {
    "chatd_connections": PEOPLE,
    "chatd_users_connected": PEOPLE,
    "chatd_backlog_bytes": 0,
    "chatd_writes_waiting": 0,
}
SHUTDOWN = "3001"


def try_out(name: str, attack: Attack, seconds: float, p99_ms: float) -> Result:
    """Start a server, attack it beside people who chat, and stop it."""
    with Victim(attack) as victim:
        backend = Backend(victim.port, victim.token, victim.context)
        names = [f"person{number}" for number in range(PEOPLE)]
        who = {"port": victim.port, "tokens": backend.make_users(names), "rooms": ROOMS, "tls": attack.tls}
        for room in range(ROOMS):
            backend.make_channel(f"room{room}", names[room::ROOMS])
        attackers = [f"attacker{number}" for number in range(ATTACKERS)]
        order = {"attack": name, "seconds": seconds, "port": victim.port, "tokens": backend.make_users(attackers)}
        backend.make_channel(ROOM, attackers)
        with Worker("people.py", who) as people:
            people.hear()
            result = _attack(victim, people, order)
            return result._replace(faults=judge(attack, result, p99_ms) + result.faults)


def _attack(victim: Victim, people: Worker, order: dict[str, Any]) -> Result:
    """Attack, measure, look whether nothing is left of it, and have the server drain."""
    time.sleep(CALM_SECONDS)
    files, before, memory = victim.open_files, victim.metrics(), victim.private_bytes
    people.ask()
    with Worker("assault.py", order) as attackers:
        peak, cpu = _watch(victim, attackers)
        felt = people.ask()
        told = json.loads(attackers.hear())
    faults = _settle(victim, files)
    return Result(
        **told,
        closed=_closed(before, victim.metrics()),
        memory=Memory(memory, peak, victim.private_bytes),
        cpu=cpu,
        people=felt,
        faults=faults + _drain(victim, people),
    )


def _watch(victim: Victim, attackers: Worker) -> tuple[int, float]:
    """Wait until the attack is over; the most memory meanwhile, and processor seconds per second."""
    peak, cpu, began = 0, victim.cpu_seconds, time.monotonic()
    while attackers.is_silent(SAMPLE_SECONDS):
        peak = max(peak, victim.private_bytes)
    attackers.hear()
    return peak, (victim.cpu_seconds - cpu) / (time.monotonic() - began)


def _settle(victim: Victim, files: int) -> list[str]:
    """Wait until the server is as it was before; what is not."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while (left := _left(victim, files)) and time.monotonic() < deadline:
        time.sleep(SAMPLE_SECONDS)
    return left


def _left(victim: Victim, files: int) -> list[str]:
    metrics = victim.metrics()
    left = [f"{name} is {metrics[name]:.0f}" for name, value in CALM.items() if metrics[name] != value]
    if victim.open_files > files:
        left.append(f"{victim.open_files - files} files are left open")
    return left


def _drain(victim: Victim, people: Worker) -> list[str]:
    """Have the server end; what is wrong with how it does."""
    try:
        status = victim.stop(DRAIN_SECONDS)
    except subprocess.TimeoutExpired:
        return ["the server did not drain"]
    closed = people.ask()
    faults = []
    if status:
        faults.append(f"the server ended with status {status}")
    if closed != {SHUTDOWN: PEOPLE}:
        faults.append(f"people were closed with {closed} when the server ended")
    if "Traceback" in victim.log:
        faults.append(f"the server's log has a traceback\n{victim.log[-2000:]}")
    return faults


def _closed(before: dict[str, float], after: dict[str, float]) -> dict[int, int]:
    """How many connections were closed meanwhile, by code."""
    found = {}
    for name, value in after.items():
        code = re.fullmatch(r'chatd_connections_closed_total\{code="(\d+)"\}', name)
        if code and value > before.get(name, 0):
            found[int(code[1])] = round(value - before.get(name, 0))
    return found
