"""What an export leaves out."""

from __future__ import annotations

from chatd.store import tables
from tests.domain.counted import STATISTICS

# What an export leaves out: secrets, what was never sent, and counts.
LEFT_OUT = {
    *(tables.USER_SESSIONS, tables.UPLOADS, tables.IMAGES),
    *(tables.FORMAT_1_REQUESTS, tables.FORMAT_2_DISTINCT),
    *(tables.EXPORTS, tables.EXPORTS_MADE, tables.EXPORT_FILES, tables.ALLOWED_ADDRESSES),
    *(tables.WEBHOOK, tables.DELIVERIES_MADE, tables.DELIVERIES, tables.LANES, tables.LANES_DUE),
    *(tables.DEAD_DELIVERIES, tables.DELIVERY_ATTEMPTS, tables.INCOMING_WEBHOOKS),
    *(tables.INCOMING_OF, tables.SLASH_COMMANDS, tables.PUSH_SETTINGS, tables.PUSH_TEMPLATES),
    *(tables.PUSH_TOKENS, tables.PUSH_TOKENS_OF, tables.PUSH_TOKEN_NUMBERS, tables.PUSH_TOKENS_MADE),
    *(tables.PUSH_CURSOR, tables.WEB_PUSH_KEY, tables.FCM_ACCOUNT, tables.APNS_PROVIDERS, tables.HMS_APP),
    *STATISTICS,
}
