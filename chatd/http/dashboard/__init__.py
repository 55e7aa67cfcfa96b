"""What the dashboard asks of the server: everything that needs a signed-in account with a role."""
