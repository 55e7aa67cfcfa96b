"""What the parameters of commands that keep order mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_MODERATION: Final = {
    "allow_links": "Whether messages may have links.",
    "banned_list": "Whom to ban, and for how long.",
    "banned_list[].description": "Why, which the user is told.",
    "banned_list[].seconds": "For how many seconds from now; -1 for ten years.",
    "banned_list[].user_id": "The user.",
    "bans description": "Why, which the channel is told.",
    "bans seconds": "For how many seconds from now; -1 for ten years.",
    "bans user_id": "The user.",
    "bans.list_channels user_id": "For backends: the user.",
    "bans.update seconds": "For how many seconds from now; -1 for ten years, absent for as long as it was.",
    "bans.view user_id": "The user; absent for a client itself.",
    "channel_custom_types": "The custom types.",
    "domain_filter": "Hosts, and whether only links to them, or only to others, are let through.",
    "display_past_message": "Whether members see what was sent before they came.",
    "filtered_messages.list message_ts": "A time, in milliseconds.",
    "filtered_messages.list next_limit": "How many after it.",
    "filtered_messages.list prev_limit": "How many up to it.",
    "filtered_messages.list user_id": "Only what this user sent.",
    "image_moderation": "What is looked for in pictures; only `type` 0, which is nothing.",
    "max_message_length": "How many characters a message may have.",
    "user_messages_per_channel": "How many messages a user may send to a channel in that time; 0 for no limit.",
    "user_messages_per_channel_duration": "That time, in seconds.",
    "moderation.test text": "What somebody would send.",
    "mutes description": "Why, which the channel is told.",
    "mutes seconds": "For how many seconds from now; -1 for ten years.",
    "mutes user_id": "The user.",
    "mutes.list_channels user_id": "For backends: the user.",
    "mutes.view user_id": "The user; absent for a client itself.",
    "on_demand_upsert": "Whether the type need not have settings of its own.",
    "profanity_filter": "Words and regular expressions, and what happens to messages that have them.",
    "profanity_triggered_moderation": "What happens to who is filtered again and again.",
    "reports.list offending_user_id": "Only reports about this user.",
    "reports.list report_category": "Only reports of this category.",
    "reports.list reporting_user_id": "For backends: only what this user reported.",
    "type_mutes description": "Why, which the user is told.",
    "type_mutes seconds": "For how many seconds from now; -1 for ten years.",
}
