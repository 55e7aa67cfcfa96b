"""What the parameters of exports mean: see `chatd.domain.meanings`."""

from __future__ import annotations

from typing import Final

OF_EXPORTS: Final = {
    "action": "What to do with the data: forget them, or put those of one user into a file.",
    "channel_custom_types": "Only channels of these custom types.",
    "csv_delimiter": "What is between the columns.",
    "data_type": "What is exported.",
    "exclude_channel_custom_types": "No channels of these custom types.",
    "exclude_channel_urls": "None of these channels.",
    "exclude_sender_ids": "Nothing that these users wrote.",
    "exports channel_urls": "Only these channels.",
    "exports end_ts": "What happened at this time or earlier, in milliseconds.",
    "exports sender_ids": "Only what these users wrote.",
    "exports timezone": "In which times are written in CSV, such as `Europe/Berlin`.",
    "exports user_ids": "Only these users.",
    "format": "How the file is written.",
    "privacy user_id": "Whose data to put into a file.",
    "show_channel_metadata": "Whether channels come with their metadata.",
}
