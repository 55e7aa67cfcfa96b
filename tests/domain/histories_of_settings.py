"""What applications set, in random histories."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def _emojis(key: str) -> list[dict[str, Any]]:
    """One new emoji."""
    return [{"key": key}]


def _said(happening: str) -> dict[str, Any]:
    """Something that the server is to say."""
    return {happening: {"enabled": True}}


EMOJIS = st.sampled_from(["+1", "x"]).map(_emojis)
SAID = st.sampled_from(["user_join", "user_leave"]).map(_said)
