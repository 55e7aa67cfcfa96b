"""`python -m chatd`."""

from chatd.cli import main

main()
