"""The chat rules, as plain functions over a transaction.

Every edge enters by the command table: REST paths and RPC methods are translations of its names and inputs.
"""

from __future__ import annotations

from types import MappingProxyType

from chatd.domain import clock
from chatd.domain.announcements import announcements, opens
from chatd.domain.channels import (
    arrivals,
    channels,
    creating,
    discovery,
    freezing,
    hiding,
    inviting,
    joining,
    leaving,
    listing,
    members,
    metacounters,
    metadata,
    open_channels,
    operators,
    preferences,
    reads,
    typing,
    unread_marks,
)
from chatd.domain.channels import changes as channel_changes
from chatd.domain.command import Command
from chatd.domain.deliveries import lists as deliveries
from chatd.domain.emojis import categories as emoji_categories
from chatd.domain.emojis import emojis
from chatd.domain.emojis import settings as reaction_settings
from chatd.domain.exports import requests as exports
from chatd.domain.integrations import incoming, slash
from chatd.domain.messages import (
    auto_messages,
    copying,
    drafts,
    file_lists,
    history,
    messages,
    metaarrays,
    migrating,
    pins,
    poll_options,
    poll_votes,
    polls,
    reactions,
    readers,
    saved,
    scheduled,
    scheduled_lists,
    search,
    subscriptions,
    translation,
)
from chatd.domain.messages import changes as message_changes
from chatd.domain.moderation import (
    audit,
    banning,
    blocking,
    filtered,
    muting,
    pace,
    permissions,
    report_lists,
    reports,
    sanction_lists,
    settling,
    slow_mode,
    type_banning,
    type_muting,
    type_operating,
)
from chatd.domain.moderation import settings as moderation_settings
from chatd.domain.moderation import trying as filter_trying
from chatd.domain.push import apns, attempts, configurations, credentials, hms, templates, testing, tokens
from chatd.domain.statistics import metric, ranges
from chatd.domain.tenants import allowed_addresses, api_tokens
from chatd.domain.upkeep import retention
from chatd.domain.users import (
    bot_channels,
    bots,
    connections,
    finding,
    invitation_preference,
    presence,
    presence_preference,
    privacy,
    push_preference,
    sessions,
    status,
    unread_counts,
    users,
)
from chatd.domain.users import discovery as user_discovery
from chatd.domain.users import metadata as user_metadata
from chatd.domain.webhooks import settings as webhooks

_modules = (
    users,
    unread_counts,
    push_preference,
    preferences,
    sessions,
    channels,
    hiding,
    metadata,
    metacounters,
    creating,
    freezing,
    inviting,
    joining,
    leaving,
    listing,
    discovery,
    channel_changes,
    members,
    open_channels,
    operators,
    invitation_preference,
    messages,
    message_changes,
    copying,
    metaarrays,
    migrating,
    pins,
    polls,
    poll_options,
    poll_votes,
    history,
    search,
    reactions,
    reads,
    arrivals,
    unread_marks,
    readers,
    typing,
    connections,
    presence,
    clock,
    retention,
    api_tokens,
    auto_messages,
    allowed_addresses,
    emoji_categories,
    emojis,
    reaction_settings,
    exports,
    privacy,
    scheduled,
    scheduled_lists,
    file_lists,
    drafts,
    saved,
    subscriptions,
    finding,
    announcements,
    presence_preference,
    user_discovery,
    status,
    user_metadata,
    bots,
    bot_channels,
    webhooks,
    deliveries,
    tokens,
    credentials,
    templates,
    apns,
    hms,
    attempts,
    configurations,
    testing,
    incoming,
    slash,
    muting,
    banning,
    type_muting,
    type_banning,
    type_operating,
    filtered,
    blocking,
    pace,
    slow_mode,
    translation,
    audit,
    permissions,
    filter_trying,
    moderation_settings,
    reports,
    report_lists,
    settling,
    sanction_lists,
    ranges,
    metric,
    opens,
)

COMMANDS: MappingProxyType[str, Command] = MappingProxyType(
    {found.name: found for module in _modules for found in vars(module).values() if isinstance(found, Command)}
)
"""Every command by its name, `<nouns>.<verb>`."""
