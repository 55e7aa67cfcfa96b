"""The store: durable sends through the writer, and reads of large databases."""

from __future__ import annotations

import argparse

import store_reads
import store_writes

Figures = dict[str, float | dict[str, float]]


def run(options: argparse.Namespace) -> Figures:
    """First the writer in a fresh store, then databases of several sizes, which are made when they are not there."""
    figures: Figures = {**store_writes.run(options)}
    return figures | store_reads.run(options)
