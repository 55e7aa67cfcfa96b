"""Push notifications: devices and keys, who is told of which message, and in which words."""
