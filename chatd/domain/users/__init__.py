"""The users of an application: who they are, and that they are there."""
