"""Small programs that use chatd, each run by one command: see README.md beside this."""
