"""Exports, imports, and moving in from elsewhere."""
