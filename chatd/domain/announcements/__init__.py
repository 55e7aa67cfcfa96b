"""Announcements: messages that backends have sent into many channels."""
