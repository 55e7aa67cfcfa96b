"""Keeping a chat fit to be in: who may write and come in, what is reported and filtered, and who did what about it."""
