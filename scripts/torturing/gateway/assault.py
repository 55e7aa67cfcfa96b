"""The attackers' process.

A line of JSON says what to do: `attack`, `seconds`, and of the target `port` and `tokens`. When these seconds are over
they write a line; when all have left, what became of them as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys

from attacks import ATTACKS
from gang import Gang
from target import Target

# Those who attack do not have our processors: the server and its clients go first.
NICE = 10


def main() -> None:
    """Attack, and tell."""
    os.nice(NICE)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    order = json.loads(sys.stdin.readline())
    gang = Gang(Target(order["port"], order["tokens"]))
    gang.attack(ATTACKS[order["attack"]], order["seconds"])
    print("over", flush=True)
    gang.leave()
    print(json.dumps({"attempts": gang.attempts, "outcomes": gang.outcomes}), flush=True)


if __name__ == "__main__":
    main()
