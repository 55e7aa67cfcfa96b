"""Bytes, WebSocket frames and client-protocol messages, turned into each other without any I/O."""
