"""The Platform API under /v3: paths and query strings translated to commands."""
