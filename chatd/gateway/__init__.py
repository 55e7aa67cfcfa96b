"""The real-time edge: one listener, parked sockets, protocol sessions, the hub."""
