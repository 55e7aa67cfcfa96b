"""Exports: what an application holds, or a person has left in it, as files for backends."""
