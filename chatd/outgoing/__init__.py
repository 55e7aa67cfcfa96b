"""Requests that this server makes of others, to addresses that strangers have named."""
