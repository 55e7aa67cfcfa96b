"""The operations that are documented for the Platform API, each with a call and what it answers."""
