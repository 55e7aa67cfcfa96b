"""Applications, and who may use them."""

from __future__ import annotations

from chatd.model.record import Record


class Application(Record, frozen=True):
    """A tenant: its own users, channels, tokens, log. `number` is its key space, `name` is unique.

    `secret` signs the addresses of its files; empty until the first start of a chatd that knows files. Its backends
    may make so many calls a second, and files of all its users and of each of them may take so many bytes, 0 for no
    limit; None for what the configuration says. `title` is what it is called in the organization API, when that is not
    its name.
    """

    number: int
    application_id: str
    name: str
    created_at: int
    secret: str = ""
    reads_per_second: int | None = None
    writes_per_second: int | None = None
    title: str = ""
    max_file_bytes: int | None = None
    max_file_bytes_per_user: int | None = None


class ApiToken(Record, frozen=True):
    """A backend's token, found by its hash. `token_id` names it in lists; the secret itself is not kept.

    One that is secondary was made by a backend, and may not make or end others.
    """

    application: int
    token_id: str
    label: str
    created_at: int
    is_secondary: bool = False


class OrganizationKey(Record, frozen=True):
    """A right to make and delete applications, found by the hash of its secret. `key_id` names it in lists."""

    key_id: str
    label: str
    created_at: int


class Account(Record, frozen=True):
    """A person who signs in to the web pages; also the user `user_id` of `application`."""

    login: str
    password_hash: str
    role: str
    application: int
    user_id: str
    created_at: int


class TeamMember(Record, frozen=True):
    """What an account may do with an application in the dashboard; see `domain.tenants.teams`."""

    role: str
    since: int


class Invite(Record, frozen=True):
    """A one-time right to create an account: with `login`, or when that is empty with one that nobody has."""

    role: str
    invited_by: str
    expires_at: int
    login: str = ""


class Browser(Record, frozen=True):
    """What is known of the browser of a session: what it calls itself, and the address that it signed in from."""

    software: str
    address: str


class AccountSession(Record, frozen=True):
    """A signed-in browser. The times are 0 for one that is older than these fields."""

    login: str
    expires_at: int
    browser: Browser | None = None
    created_at: int = 0
    seen_at: int = 0


class PasswordReset(Record, frozen=True):
    """A one-time right to choose a new password for an account, found by the hash of its secret."""

    login: str
    expires_at: int


class Starred(Record, frozen=True):
    """The channels that an account has put first, by URL."""

    channel_urls: tuple[str, ...]


class SecondFactor(Record, frozen=True):
    """What an account needs beside its password, once it is confirmed.

    `last_step` is the step of time of the last code that was taken, `recovery` the hashes of codes that are left.
    `failures` counts the wrong codes in a row, the last of them at `failed_at`.
    """

    secret: str
    is_confirmed: bool = False
    last_step: int = 0
    recovery: tuple[bytes, ...] = ()
    failures: int = 0
    failed_at: int = 0


class Session(Record, frozen=True):
    """A client's right to act as a user, found by the hash of its token; as a visitor when it `is_visitor`."""

    application: int
    user: int
    user_id: str
    expires_at: int
    is_visitor: bool = False
