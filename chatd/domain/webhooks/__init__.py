"""Webhooks: which events an application wants to be told of, and in which words."""
