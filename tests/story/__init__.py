"""A whole backend against a whole server, which is killed now and then."""
