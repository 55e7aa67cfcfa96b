"""Keeping a chat fit to be in: what is reported, filtered and permitted, and who did what about it."""
