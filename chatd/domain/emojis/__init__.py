"""Emojis of an application: those that clients offer for reactions."""
