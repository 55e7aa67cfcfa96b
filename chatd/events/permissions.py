"""What happens to permissions."""

from __future__ import annotations

from chatd.events.told import OfChannel


class PermissionsChanged(OfChannel, frozen=True, tag=152):
    """What members may do in a channel, or where a channel does not say it (0), is said anew: all that is said."""

    permissions: dict[str, bool]
