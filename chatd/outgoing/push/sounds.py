"""What a device plays."""

from __future__ import annotations

from typing import Any


def apple_sound(said: dict[str, Any], usual: str) -> dict[str, Any]:
    """What Apple's `aps` says of it: a name, for a critical alert how loud, nothing for silence."""
    sound = said["sound"] or usual
    if said["volume"] >= 0:
        return {"sound": {"critical": 1, "name": sound or "default", "volume": said["volume"]}}
    return {"sound": sound} if sound else {}


def android_sound(said: dict[str, Any], usual: str) -> dict[str, Any]:
    """What Firebase says of it to Android."""
    sound = said["sound"] or usual
    return {"sound": sound} if sound else {}
