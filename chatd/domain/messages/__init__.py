"""Messages and what hangs on them: threads, reactions, files."""
