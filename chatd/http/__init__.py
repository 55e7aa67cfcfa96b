"""The HTTP edge: Platform API, RPC over HTTP, accounts, pages, health and metrics."""
