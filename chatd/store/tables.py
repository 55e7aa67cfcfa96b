"""The schema: every table, once. Numbers and key shapes are frozen; a new table takes the next number."""

from __future__ import annotations

from chatd.events import LogEntry
from chatd.model import (
    Account,
    AccountSession,
    ApiToken,
    Application,
    Channel,
    ChannelState,
    FileUse,
    Head,
    Invite,
    LinkPreview,
    Member,
    Message,
    Pin,
    Poll,
    PollOption,
    PollState,
    PrivacyRequest,
    Retention,
    Session,
    Thread,
    Upload,
    User,
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
DISTINCT_CHANNELS = Table("distinct_channels", 16, (bytes,), int)  # SHA-256 of the sorted member numbers
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

ALL: tuple[Table[object], ...] = tuple(table for table in list(globals().values()) if isinstance(table, Table))
