"""Compares chatd with a small model of chat for as many random steps as one likes.

When they differ, the shortest history that shows it is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.test_model import Machine

STEPS_OF_A_HISTORY = 80
HISTORIES_AT_ONCE = 50


def main() -> int:
    """Run until there were enough steps."""
    parser = argparse.ArgumentParser(prog="scripts/simulate model", description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000, help="how many commands to call at least")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="repeats a run")
    options = parser.parse_args()
    began = time.monotonic()
    chunk = 0
    while Machine.steps < options.steps:
        try:
            run_state_machine_as_test(_machine(options.seed + chunk), settings=_settings())
        except Exception as error:
            print("\n".join([*getattr(error, "__notes__", ()), f"{type(error).__name__}: {error}"]))
            print(f"after {Machine.steps:,} commands, seed {options.seed}")
            return 1
        chunk += 1
        print(f"{Machine.steps:>10,} commands, {time.monotonic() - began:.0f} s, seed {options.seed}", flush=True)
    print("chatd and the model agree")
    return 0


def _machine(number: int) -> type[Machine]:
    return seed(number)(type("Chatd", (Machine,), {}))


def _settings() -> settings:
    return settings(
        max_examples=HISTORIES_AT_ONCE,
        stateful_step_count=STEPS_OF_A_HISTORY,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.normal,
    )


if __name__ == "__main__":
    sys.exit(main())
