"""What the parameters of what an application sets mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_SETTINGS: Final = {
    "auto_event_message": "What is said of what, and whether it is.",
    "category_id": "The category.",
    "emoji_categories": "The categories to make.",
    "emoji_categories name": "Its name.",
    "emoji_categories url": "The address of its picture.",
    "emoji_categories[].name": "Its name.",
    "emoji_categories[].url": "The address of its picture.",
    "emoji_category_id": "The category to which they are added.",
    "emoji_key": "The emoji, by the reaction that it stands for.",
    "emojis": "The emojis to add.",
    "emojis url": "The address of its picture; empty when its key is the emoji itself.",
    "emojis[].key": "The reaction that it stands for.",
    "emojis[].url": "The address of its picture; empty when its key is the emoji itself.",
    "ip_whitelist_addresses": "Addresses, or networks as `203.0.113.0/24`.",
    "only_known_emojis": "Whether reactions may only be emojis of the application.",
    "reaction_settings enabled": "Whether users react to messages at all.",
    "use_default_emoji": "Whether the emojis are known that every application has.",
}
