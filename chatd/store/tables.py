"""The schema: every table, once. Numbers and key shapes are frozen; a new table takes the next number."""

from __future__ import annotations

from chatd.events import LogEntry
from chatd.model import (
    Account,
    AccountSession,
    Announced,
    Announcement,
    ApiToken,
    ApnsProvider,
    Application,
    AutoMessages,
    Bot,
    Channel,
    ChannelState,
    CountedChannel,
    Counting,
    Day,
    DayCounters,
    DeadDelivery,
    Delivery,
    DeliveryAttempt,
    Draft,
    Emoji,
    EmojiCategory,
    Export,
    FcmAccount,
    FileUse,
    Following,
    Generation,
    Head,
    HmsApp,
    IncomingWebhook,
    Invitation,
    Invite,
    Lane,
    LinkedIdentity,
    LinkPreview,
    Member,
    Message,
    Moderation,
    OrganizationKey,
    OwnSettings,
    Pace,
    PasswordReset,
    Pin,
    Poll,
    PollOption,
    PollState,
    PrivacyRequest,
    PushCursor,
    PushPreference,
    PushSettings,
    PushToken,
    ReactionSettings,
    ReportState,
    Retention,
    Sanction,
    Scheduled,
    SecondFactor,
    Session,
    SlashCommand,
    Starred,
    TeamMember,
    Thread,
    Upload,
    User,
    Webhook,
    WebPushKey,
)
from chatd.store import entries
from chatd.store.table import MarkedTable, Table

ARRIVING, LEAVING, GONE = "arriving", "leaving", "gone"

# Of the server as a whole.
APPLICATIONS = Table("applications", 1, (int,), Application, shared=True)
APPLICATION_NAMES = Table("application_names", 2, (str,), int, shared=True)
API_TOKENS = Table("api_tokens", 3, (bytes,), ApiToken, shared=True)
SESSIONS = Table("sessions", 4, (bytes,), Session, shared=True)
ACCOUNTS = Table("accounts", 5, (str,), Account, shared=True)
INVITES = Table("invites", 6, (bytes,), Invite, shared=True)
ACCOUNT_SESSIONS = Table("account_sessions", 7, (bytes,), AccountSession, shared=True)
PASSWORD_RESETS = Table("password_resets", 341, (bytes,), PasswordReset, shared=True)
IDENTITIES = Table("identities", 343, (bytes,), LinkedIdentity, shared=True)  # SHA-256 of issuer and subject
STARRED = Table("starred", 342, (str,), Starred, shared=True)  # login

# Who may make and delete applications.
ORGANIZATION_KEYS = Table("organization_keys", 270, (bytes,), OrganizationKey, shared=True)
SECOND_FACTORS = Table("second_factors", 349, (str,), SecondFactor, shared=True)  # login
TEAMS = Table("teams", 340, (int, str), TeamMember, shared=True)  # application, login

# The log of an application and its index by stream. A scope is the number of a channel or of a user.
HEAD = Table("head", 8, (), Head)
LOG = Table("log", 9, (int,), LogEntry, encode=entries.encode)
STREAMS = Table[None]("streams", 10, (int, int))  # scope, sequence; but for messages that TIMELINE has in order

# State, folded from the log.
USERS = Table("users", 11, (int,), User)
USER_IDS = Table("user_ids", 12, (str,), int)
USER_SESSIONS = Table[None]("user_sessions", 13, (int, bytes))  # user, hash of a session token
CHANNELS = Table("channels", 14, (int,), Channel)
CHANNEL_URLS = Table("channel_urls", 15, (str,), int)
FORMAT_2_DISTINCT = Table("distinct_channels", 16, (bytes,), int)  # empty since format 3
CHANNEL_STATES = Table("channel_states", 17, (int,), ChannelState)
MEMBERS = Table("members", 18, (int, int), Member)  # channel, user
MEMBERSHIPS = Table[None]("memberships", 19, (int, int))  # user, channel
TENURES = Table("tenures", 20, (int, int, int), int)  # user, sequence of leaving, channel -> sequence of joining
MESSAGES = Table("messages", 21, (int,), Message)  # only those changed since they were sent
TIMELINE = MarkedTable("timeline", 22, (int, int, int))  # channel, time, message; marked: only in its thread
FORMAT_1_REQUESTS = Table("requests", 23, (int, str), int)  # empty since format 2
DELETED_CHANNELS = Table[None]("deleted_channels", 24, (int,))  # whose messages are still to be removed

# Numbers that no application has, with why. None is used twice.
UNLISTED = Table("unlisted", 39, (int,), str, shared=True)

# Not of the log: when users were last connected.
LAST_SEEN = Table("last_seen", 25, (int,), int)  # user -> milliseconds

# Of messages, folded from the log.
REACTIONS = Table("reactions", 26, (int, str, int), int)  # message, key, user -> time
FILES = Table("files", 27, (str,), FileUse)  # blob -> the message that uses it
THREADS = Table("threads", 28, (int,), Thread)  # of a message with replies
REPLIES = Table[None]("replies", 30, (int, int, int))  # message, time, reply
REPLIERS = Table("repliers", 31, (int, int), int)  # message, user -> number of replies

# Not of the log: blobs that no message uses, by uploader; under 0 those to be removed from disk.
UPLOADS = Table("uploads", 29, (int, str), Upload)

# How long messages are kept, folded from the log: of the application, and the channels that say it themselves.
RETENTION = Table("retention", 32, (), Retention)
RETAINED = Table[None]("retained", 33, (int,))

# Who was forgotten, folded from the log: sequence -> user.
ERASURES = Table("erasures", 34, (int,), int)

# Not of the log: who asked to be forgotten.
PRIVACY_REQUESTS = Table("privacy_requests", 35, (int,), PrivacyRequest)

# Folded from the log: see `chatd.store.requests`.
REQUESTS = Table("request_hashes", 42, (int,), tuple[int, ...])  # hash of user and req_id -> sequences of results

# Of memberships, folded from the log.
OPERATORS = Table[None]("operators", 50, (int, int))  # channel, user: also who has left and will be one again
MEMBER_NAMES = Table[None]("member_names", 51, (int, str, int))  # channel, folded nickname, user: invited ones too
INVITATIONS = Table("invitations", 52, (int, int), Invitation)  # channel, user
INVITED = Table[None]("invited", 53, (int, int))  # user, channel
INVITED_COUNTS = Table("invited_counts", 54, (int,), int)  # channel, when there are any
DISTINCT = Table(
    "distinct", 56, (bytes, bytes), int
)  # SHA-256 of the sorted numbers of who belongs, of the custom type
INVITATION_PREFERENCES = Table("invitation_preferences", 55, (int,), bool)  # user, 0 for all others -> auto-accept

# Messages that are to be sent later, folded from the log.
SCHEDULED = Table("scheduled", 90, (int,), Scheduled)
SCHEDULED_BY = Table("scheduled_by", 91, (int, int), str)  # sender, scheduled message -> its status
DUE = Table[None]("due", 92, (int, int))  # when, scheduled message; those that are pending

# What users keep for themselves, folded from the log.
DRAFTS = Table("drafts", 94, (int, int, int), Draft)  # user, channel, thread or 0
SAVED = Table("saved", 95, (int, int), int)  # user, message -> sequence of saving it
SAVED_ORDER = Table("saved_order", 96, (int, int), int)  # user, sequence of saving -> message
FOLLOWED = Table("followed", 97, (int, int), Following)  # user, message that began the thread
SAVERS = Table[None]("savers", 134, (int, int))  # message, user
FOLLOWERS = Table[None]("followers", 135, (int, int))  # message that began the thread, user
LOST_MESSAGES = Table("lost_messages", 136, (int,), bool)  # of which bookmarks are to go -> also the thread's
REACTED = Table[None]("reacted", 137, (int, int))  # message, event by which a reaction came or went

# Bytes of the files of messages, folded from the log: of each sender, and under 0 of all.
FILE_BYTES = Table("file_bytes", 120, (int,), int)

# Not of the log: blobs of which thumbnails are to be made -> who uploaded them.
IMAGES = Table("images", 93, (str,), int)

# The pictures of users and channels, by their numbers, folded from the log -> blob.
PICTURES = Table("pictures", 99, (int,), str)

# Messages that disappear, folded from the log: when, message.
DISAPPEARING = Table[None]("disappearing", 98, (int, int))
# What members set for their channels, folded from the log: only what is not as it is without.
OWN_SETTINGS = Table("own_settings", 60, (int, int), OwnSettings)  # user, channel
COMMON_SETTINGS = Table("common_settings", 61, (int,), OwnSettings)  # channel: for all of its members

# What else is said of channels, folded from the log, and where it is said. Keys are found by their SHA-256.
CHANNEL_METADATA = Table("channel_metadata", 62, (int,), dict[str, str])
METADATA_VALUES = Table[None]("metadata_values", 63, (bytes, str, int))  # key, beginning of the value, channel
METACOUNTERS = Table("metacounters", 64, (int,), dict[str, int])
METACOUNTER_VALUES = Table[None]("metacounter_values", 65, (bytes, int, int))  # key, value + 2**63, channel
# Of open channels, folded from the log.
OPEN_CHANNELS = Table[None]("open_channels", 70, (int,))
# Of messages and channels, folded from the log.
PINS = Table("pins", 80, (int, int), Pin)  # channel, message
FILE_SHARES = Table("file_shares", 81, (str, int), int)  # blob, message that uses it too -> its channel
POLLS = Table("polls", 82, (int,), Poll)
POLL_STATES = Table("poll_states", 83, (int,), PollState)
POLL_OPTIONS = Table("poll_options", 84, (int, int), PollOption)  # poll, option
POLL_CHOICES = Table("poll_choices", 85, (int, int), tuple[int, ...])  # poll, user -> options
POLL_VOTERS = Table[None]("poll_voters", 86, (int, int, int))  # poll, option, user
POLL_LISTS = Table[None]("poll_lists", 87, (int, int))  # channel, or user while no message shows it; poll
DELETED_POLLS = Table[None]("deleted_polls", 88, (int,))  # whose votes are still to be removed
PREVIEWS = Table("previews", 89, (int,), LinkPreview)  # of a message
# Of moderation, folded from the log, which holds what was done.
MODERATION = Table("moderation", 154, (bytes,), Moderation)  # SHA-256 of a custom type; of none: the application
FILTER_HITS = Table("filter_hits", 155, (int,), tuple[int, ...])  # user -> when they were filtered, the last hundred
FILTERED = Table("filtered", 156, (int, int, int), int)  # channel, time, message on which a filter acted -> hit
PERMISSIONS = Table("permissions", 153, (int,), dict[str, bool])  # channel, 0 for all; what is said of members
REPORTS = Table[None]("reports", 151, (int, int))  # reporter, what is reported, who, where, or 0 for all; sequence
REPORTERS = Table("reporters", 152, (int, int), int)  # reporter, what is reported -> sequence
REPORT_STATES = Table("report_states", 157, (int,), ReportState)  # of reports that are not open
ACTS = Table[None]("acts", 150, (int, int))  # actor, user, channel, or 0 for all; sequence

# Where users are found, folded from the log: see `chatd.store.user_places`.
USER_NAMES = Table[None]("user_names", 250, (str, int))  # folded nickname, user
USER_ITEMS = Table[None]("user_items", 251, (bytes, str, int))  # what is said of users, beginning of how, user
INACTIVE_USERS = Table[None]("inactive_users", 252, (str, int))  # user id, user
STATUS_ENDS = Table[None]("status_ends", 253, (int, int))  # when a status ends, user
# Bots, folded from the log.
BOTS = Table("bots", 254, (int,), Bot)  # user
BOT_IDS = Table[None]("bot_ids", 255, (str, int))  # user id, user
CHANNEL_BOTS = Table[None]("channel_bots", 256, (int, int))  # channel, user
# Announcements, folded from the log.
ANNOUNCEMENTS = Table("announcements", 259, (int,), Announcement)
ANNOUNCEMENT_IDS = Table("announcement_ids", 260, (str,), int)  # unique id -> announcement
ANNOUNCEMENT_TARGETS = Table("announcement_targets", 261, (int,), tuple[int, ...])  # of those that have not ended
ANNOUNCEMENTS_DUE = Table[None]("announcements_due", 262, (int, int))  # when, announcement; those to go on
# Who may see whether users are online, folded from the log: only of those who have said it.
PRESENCE_PREFERENCES = Table("presence_preferences", 258, (int,), str)  # user
# Whether users find each other, folded from the log: only what the application has said.
USER_DISCOVERY = Table("user_discovery", 257, (), bool)
# Who may not write and who may not come in, folded from the log; also in the order in which that ends.
MUTES = Table("mutes", 100, (int, int), Sanction)  # channel, user
CHANNEL_MUTES = Table[None]("channel_mutes", 101, (int, int, int))  # channel, until when, user
USER_MUTES = Table[None]("user_mutes", 102, (int, int, int))  # user, until when, channel
BANS = Table("bans", 103, (int, int), Sanction)  # channel, user
CHANNEL_BANS = Table[None]("channel_bans", 104, (int, int, int))  # channel, until when, user
USER_BANS = Table[None]("user_bans", 105, (int, int, int))  # user, until when, channel
DELETED_USERS = Table[None]("deleted_users", 106, (int,))  # whose mutes, bans and blocks are still to be removed

# The same in all channels of a custom type, by its SHA-256, and who operates them, folded from the log.
TYPE_MUTES = Table("type_mutes", 113, (bytes, int), Sanction)  # type, user
TYPE_MUTE_ENDS = Table[None]("type_mute_ends", 114, (bytes, int, int))  # type, until when, user
TYPE_BANS = Table("type_bans", 115, (bytes, int), Sanction)  # type, user
TYPE_BAN_ENDS = Table[None]("type_ban_ends", 116, (bytes, int, int))  # type, until when, user
TYPE_OPERATORS = Table("type_operators", 117, (bytes, int), int)  # type, user -> sequence
USER_TYPES = Table("user_types", 118, (int, bytes), str)  # user, type of which something is said here -> the type
TELLINGS = Table(
    "tellings", 138, (int, bytes), tuple[str, int]
)  # user, type -> the type, up to which channel it was told
EXPULSIONS = Table("expulsions", 119, (int, bytes), int)  # banned user, type -> up to which channel they were removed

# Whom users have blocked, from both sides, and how many each has; under 0 all. Folded from the log.
BLOCKS = Table("blocks", 107, (int, int), int)  # user, whom they have blocked -> since when
BLOCKED_BY = Table[None]("blocked_by", 108, (int, int))  # user, who has blocked them
BLOCK_COUNTS = Table("block_counts", 109, (int,), int)  # user

# When users last wrote in channels with slow mode, folded from the log; what is too old to count goes by and by.
LAST_SENT = Table("last_sent", 110, (int, int), int)  # channel, user

# The same in channels where the number of a user's messages is limited: the times of the last ones.
LAST_IN_CHANNEL = Table("last_in_channel", 124, (int, int), tuple[int, ...])  # channel, user

# How fast users may write, and where that is said their last messages, the newest last. Folded from the log.
PACE = Table("pace", 111, (), Pace)
LAST_MESSAGES = Table("last_messages", 112, (int,), tuple[int, ...])  # user
# What unread counts need, folded from the log: see `chatd.store.tally`.
GONE_ORDINALS = Table("gone_ordinals", 130, (int, int, int), int)  # channel, level, ordinals of messages that are gone
MENTIONS = Table("mentions", 131, (int, int, int, int), int)  # user, channel, level, ordinals
CHANNEL_MENTIONS = Table("channel_mentions", 132, (int, int, int), int)  # channel, level, ordinals: of all in it

# Not of the log: what other servers are to be told of it. Targets and lanes are those of `chatd.model.webhooks`.
WEBHOOK = Table("webhook", 160, (), Webhook)
DELIVERIES_MADE = Table("deliveries_made", 161, (), int)  # up to which event of the log
DELIVERIES = Table("deliveries", 162, (int, int, int, int), Delivery)  # target, lane, sequence, part of the event
LANES = Table("lanes", 163, (int, int), Lane)  # target, lane; those with deliveries
LANES_DUE = Table[None]("lanes_due", 164, (int, int, int))  # target, when, lane
DEAD_DELIVERIES = Table("dead_deliveries", 165, (int, int), DeadDelivery)  # target, place in its list
DELIVERY_ATTEMPTS = Table("delivery_attempts", 166, (int, int), DeliveryAttempt)  # target, place in its list

# Not of the log: ways for other programs in. Secrets are kept as their hashes.
INCOMING_WEBHOOKS = Table("incoming_webhooks", 167, (bytes,), IncomingWebhook)
INCOMING_OF = Table("incoming_of", 168, (int, int), bytes)  # channel, user -> hash
SLASH_COMMANDS = Table("slash_commands", 169, (str,), SlashCommand)
# When users want to be notified, folded from the log: only of those who have said it.
PUSH_PREFERENCES = Table("push_preferences", 133, (int,), PushPreference)

# Not of the log: devices that are notified, and by which keys. Numbers of devices are lanes of the target PUSH.
PUSH_TOKENS = Table("push_tokens", 280, (int,), PushToken)
PUSH_TOKENS_OF = Table[None]("push_tokens_of", 281, (int, int))  # user, device
PUSH_TOKEN_NUMBERS = Table("push_token_numbers", 282, (bytes,), int)  # hash of kind and token -> device
PUSH_TOKENS_MADE = Table("push_tokens_made", 283, (), int)  # the last number that was given
PUSH_CURSOR = Table("push_cursor", 284, (), PushCursor)  # since there was a device
WEB_PUSH_KEY = Table("web_push_key", 285, (), WebPushKey)
FCM_ACCOUNT = Table("fcm_account", 286, (), FcmAccount)
PUSH_SETTINGS = Table("push_settings", 287, (), PushSettings)
PUSH_TEMPLATES = Table("push_templates", 288, (int,), str)  # user, when it is another than the default
# Emojis of the application, folded from the log, and what it has said of reactions.
EMOJIS = Table("emojis", 303, (str,), Emoji)
EMOJI_CATEGORIES = Table("emoji_categories", 304, (int,), EmojiCategory)
EMOJI_CATEGORIES_MADE = Table("emoji_categories_made", 305, (), int)  # the last number that was given
REACTION_SETTINGS = Table("reaction_settings", 306, (), ReactionSettings)

# What the server says of what happens in group channels, folded from the log.
AUTO_MESSAGES = Table("auto_messages", 308, (), AutoMessages)

# Not of the log: from which networks backends may call; none for all.
ALLOWED_ADDRESSES = Table("allowed_addresses", 307, (), tuple[str, ...])

APNS_PROVIDERS = Table("apns_providers", 289, (int,), ApnsProvider)  # by id
HMS_APP = Table("hms_app", 290, (), HmsApp)
# Not of the log: what backends take out. Files of it are blobs that no message uses.
EXPORTS = Table("exports", 300, (int,), Export)
EXPORTS_MADE = Table("exports_made", 301, (), int)  # the last number that was given
EXPORT_FILES = Table("export_files", 302, (str,), int)  # blob -> export

# Not of the log: counts by day, since 1970-01-01 in UTC. Those under a generation are made of the log, and may be made
# anew: see `chatd.domain.statistics`. Sets are roaring bitmaps of the places of users and channels.
COUNTING = Table("counting", 320, (), Counting)
GENERATIONS = Table("generations", 321, (int,), Generation)
COUNTED_USERS = Table("counted_users", 322, (int,), int)  # user -> place, in the order of creation
COUNTED_CHANNELS = Table("counted_channels", 323, (int, int), CountedChannel)  # generation, channel; not deleted ones
DAYS = Table("days", 324, (int, int), Day)  # generation, day
DAY_SETS = Table("day_sets", 325, (int, int, int, int), bytes)  # generation, kind, day, index in the day
TALLIES = Table("tallies", 326, (int, int, int, int), dict[int, int])  # generation, kind, day, shard: messages of each
ACTIVE_USERS = Table("active_users", 327, (int,), bytes)  # day -> who was connected or called
DAY_COUNTERS = Table("day_counters", 328, (int,), DayCounters)  # day
ANNOUNCED = Table("announced", 329, (int, int), Announced)  # announcement, channel
ANNOUNCED_IN = Table("announced_in", 330, (int, int), int)  # channel, message -> announcement
OPENED = Table("opened", 331, (int, int, int), int)  # announcement, channel, user -> milliseconds
PLATFORM_USERS = Table("platform_users", 333, (int, int), bytes)  # day, platform -> who was connected from it
OPEN_HOURS = Table("open_hours", 332, (int,), dict[int, int])  # announcement -> how many opened it by hour

ALL: tuple[Table[object], ...] = tuple(table for table in list(globals().values()) if isinstance(table, Table))
