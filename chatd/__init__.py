"""chatd: a self-hosted chat platform in one process."""

VERSION = "0.1.0"
