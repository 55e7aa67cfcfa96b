"""A bot that says things again: at once, or later."""
