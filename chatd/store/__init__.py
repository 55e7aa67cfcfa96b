"""LMDB: transactions, the snapshot that the loop reads, and the writer, the only door for changes."""
