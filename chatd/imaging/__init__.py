"""Smaller pictures, made in a process of its own: what somebody has uploaded as a picture is not to be trusted."""
