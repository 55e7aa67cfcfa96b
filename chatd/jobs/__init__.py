"""Periodic work beside the edges."""
