"""What other servers are to be told: a queue for each of them, kept in the store."""
