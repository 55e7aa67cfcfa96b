"""Settings: few, typed, checked before anything starts. `config.toml` says what each is for."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta

from chatd.errors import StartError

# Each type says what it takes; errors and docs/configuration.md say it in these words.
Seconds = Annotated[float, Meta(gt=0, le=86_400, description="seconds, more than 0 and at most 86400")]
WholeSeconds = Annotated[int, Meta(ge=1, le=86_400, description="whole seconds, 1 to 86400")]
Size = Annotated[int, Meta(ge=1024, le=2**30, description="bytes, 1024 to 1073741824")]
FileBytes = Annotated[int, Meta(ge=0, le=2**44, description="bytes, 0 to 17592186044416")]
Count = Annotated[int, Meta(ge=1, le=10_000_000, description="a whole number, 1 to 10000000")]
Rate = Annotated[int, Meta(ge=0, le=1_000_000, description="calls per second, 0 to 1000000")]
Address = Annotated[
    str,
    Meta(
        pattern=r"^((\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}|unix:.+)$",
        description='an address and a port, such as "127.0.0.1:8000" or "[::1]:8000", or "unix:" and a path',
    ),
]
Url = Annotated[
    str,
    Meta(
        pattern=r"^(https?://[^\s/]+)?$",
        description='"" or http(s)://, a host and perhaps a port, without a slash at its end',
    ),
]
Origin = Annotated[str, Meta(pattern=r"^(\*|https?://[^/\s]+)$")]
Origins = Annotated[
    tuple[Origin, ...],
    Meta(description='a list of origins such as "https://app.example.org" without a slash at their end, or of "*"'),
]
ApnsUrl = Annotated[str, Meta(pattern=r"^https://[^\s/]+$", description="https://, a host and perhaps a port")]
Contact = Annotated[
    str,
    Meta(
        pattern=r"^((mailto:|https://)[^\s\"\\]+)?$",
        description='"", an address such as "mailto:ops@example.org", or a page with https://',
    ),
]
TrustedOrigin = Annotated[str, Meta(pattern=r"^https?://[^/\s@]+$")]
TrustedOrigins = Annotated[
    tuple[TrustedOrigin, ...],
    Meta(description='a list of origins such as "http://10.0.0.5:9000" without a slash at their end'),
]
Translator = Annotated[Literal["", "libretranslate", "deepl"], Meta(description='"", "libretranslate" or "deepl"')]
Proxy = Annotated[str, Meta(pattern=r"^(unix|[0-9a-fA-F:.]+(/\d{1,3})?)$")]
ProxyList = Annotated[
    tuple[Proxy, ...],
    Meta(description='a list of addresses or networks such as "10.0.0.0/8", or "unix"'),
]
File = Annotated[str, Meta(description="a path, or nothing")]
Text = Annotated[str, Meta(max_length=200, description="a text of up to 200 characters")]
Greeting = Annotated[str, Meta(max_length=5000, description="a text of up to 5000 characters")]
Login = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{1,39}$")]
Logins = Annotated[tuple[Login, ...], Meta(description="a list of logins")]
Issuer = Annotated[
    str,
    Meta(pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*[^\s?#/])?)?$", description='"" or a URL without a slash at its end'),
]
Domain = Annotated[str, Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
Domains = Annotated[tuple[Domain, ...], Meta(description='a list of domains such as "example.org", in small letters')]
Flag = Annotated[bool, Meta(description="true or false")]
Directory = Annotated[str, Meta(min_length=1, description="a path")]
Gibibytes = Annotated[float, Meta(ge=2**-10, le=65_536, description="GiB, 0.001 to 65536")]
Events = Annotated[int, Meta(ge=0, le=100_000, description="a whole number, 0 to 100000")]
Hours = Annotated[float, Meta(gt=0, le=8760, description="hours, more than 0 and at most 8760")]
Level = Annotated[
    Literal["debug", "info", "warning", "error"], Meta(description='"debug", "info", "warning" or "error"')
]
Format = Annotated[Literal["text", "json"], Meta(description='"text" or "json"')]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the sections: an unknown key is an error."""


class Server(Section, frozen=True):
    """[server]"""

    listen: Address = "127.0.0.1:8000"
    public_url: Url = ""
    allowed_origins: Origins = ()
    embedding_origins: Origins = ()
    data_dir: Directory = "data"
    drain_seconds: Seconds = 10
    tls_certificate: File = ""
    tls_key: File = ""
    proxies: ProxyList = ("127.0.0.0/8", "::1", "unix")
    proxy_protocol: Flag = False

    @property
    def unix_path(self) -> Path | None:
        """Where the Unix socket is; None when the server listens on TCP."""
        kind, _, path = self.listen.partition(":")
        return Path(path) if kind == "unix" else None

    @property
    def host(self) -> str:
        """The address part of `listen`, without brackets."""
        return self.listen.rsplit(":", 1)[0].strip("[]")

    @property
    def port(self) -> int:
        """The port part of `listen`; 0 lets the system choose, and stands for none on a Unix socket."""
        return 0 if self.unix_path is not None else int(self.listen.rsplit(":", 1)[1])

    def url(self, port: int) -> str:
        """The address that people type, without a slash at its end; `port` is the one that the system chose, if any."""
        if self.public_url:
            return self.public_url
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104, nothing is bound here
        scheme = "https" if self.tls_certificate else "http"
        if self.unix_path is not None:
            return f"{scheme}://localhost"
        return f"{scheme}://{'localhost' if everywhere else self.listen.rsplit(':', 1)[0]}:{port}"


class Gateway(Section, frozen=True):
    """[gateway]"""

    ping_seconds: WholeSeconds = 25
    pong_seconds: Seconds = 8
    max_connections: Count = 100_000
    max_connections_per_user: Count = 100
    max_connections_per_address: Count = 1000
    max_handshakes: Count = 20_000
    max_lag_seconds: Seconds = 1
    commands_per_second: Count = 100
    commands_per_second_and_user: Count = 200
    handshake_seconds: Seconds = 10
    authentication_seconds: Seconds = 10
    max_head_bytes: Size = 16_384
    max_message_bytes: Size = 65_536
    backlog_bytes: Size = 1_048_576
    total_backlog_bytes: Size = 268_435_456
    close_seconds: Seconds = 5


class Http(Section, frozen=True):
    """[http]"""

    max_body_bytes: Size = 1_048_576
    send_seconds: Seconds = 30
    keep_alive_seconds: Seconds = 30
    max_connections: Count = 1000
    sign_in_attempts_per_minute: Count = 10
    reads_per_second: Rate = 2000
    writes_per_second: Rate = 2000


class Store(Section, frozen=True):
    """[store]"""

    map_size_gib: Gibibytes = 64
    inbox: Count = 10_000
    group: Count = 512

    @property
    def map_size(self) -> int:
        """Bytes of addresses that the store begins with."""
        return int(self.map_size_gib * (1 << 30))


class Files(Section, frozen=True):
    """[files]"""

    max_bytes: FileBytes = 26_214_400
    reserve_bytes: FileBytes = 268_435_456
    max_bytes_per_user: FileBytes = 0
    max_bytes_per_application: FileBytes = 0


class Backup(Section, frozen=True):
    """[backup]"""

    directory: File = ""
    every_hours: Hours = 24
    keep: Count = 7


class Stream(Section, frozen=True):
    """[stream]"""

    recovery_limit: Events = 1000
    open_channels_per_connection: Count = 20
    open_channel_messages_per_second: Count = 5


class Previews(Section, frozen=True):
    """[previews]"""

    enabled: Flag = False
    seconds: Seconds = 10
    max_bytes: Size = 524_288
    max_picture_bytes: FileBytes = 5_242_880


class Outgoing(Section, frozen=True):
    """[outgoing]"""

    trusted: TrustedOrigins = ()


class Translation(Section, frozen=True):
    """[translation]"""

    provider: Translator = ""
    url: Url = ""
    key_file: File = ""
    seconds: Seconds = 10


class Webhooks(Section, frozen=True):
    """[webhooks]"""

    seconds: Seconds = 5
    answer_seconds: Seconds = 3


class Push(Section, frozen=True):
    """[push]"""

    seconds: Seconds = 10
    contact: Contact = ""
    apns_url: ApnsUrl = "https://api.push.apple.com"
    apns_sandbox_url: ApnsUrl = "https://api.sandbox.push.apple.com"


class Log(Section, frozen=True):
    """[log]"""

    level: Level = "info"
    format: Format = "text"


class OpenId(Section, frozen=True):
    """[openid]"""

    issuer: Issuer = ""
    client_id: Text = ""
    client_secret_file: File = ""
    label: Text = "Single sign-on"
    allowed_domains: Domains = ()
    create_accounts: Flag = True
    link_by_email: Flag = False
    seconds: Seconds = 10


class Visitors(Section, frozen=True):
    """[visitors]"""

    hosts: Logins = ()
    welcome: Greeting = ""
    new_per_minute: Count = 5
    max_file_bytes: FileBytes = 10_485_760


class Config(Section, frozen=True):
    """All settings."""

    server: Server = Server()
    gateway: Gateway = Gateway()
    http: Http = Http()
    store: Store = Store()
    files: Files = Files()
    backup: Backup = Backup()
    stream: Stream = Stream()
    previews: Previews = Previews()
    outgoing: Outgoing = Outgoing()
    translation: Translation = Translation()
    webhooks: Webhooks = Webhooks()
    push: Push = Push()
    openid: OpenId = OpenId()
    visitors: Visitors = Visitors()
    log: Log = Log()


def default_text() -> str:
    """The default configuration with its explanations, as config.toml in the repository has it."""
    return (resources.files("chatd") / "default.toml").read_text("utf-8")


def load(path: Path | None) -> Config:
    """The settings in a file; the defaults for None. Raises StartError naming file, key and what was expected."""
    if path is None:
        return Config()
    try:
        return parse(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"{path}: cannot be read: {error}") from error


def parse(text: str, name: str) -> Config:
    """The settings in a text; `name` is what errors call it. Raises StartError."""
    try:
        values: dict[str, Any] = tomllib.loads(text)
        config = msgspec.convert(values, Config)
    except tomllib.TOMLDecodeError as error:
        raise StartError(f"{name}: not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise StartError(f"{name}: {_explain(str(error))}") from error
    _check_server(config.server, name)
    if config.gateway.pong_seconds > config.gateway.ping_seconds:
        raise StartError(f"{name}: gateway.pong_seconds: expected at most gateway.ping_seconds")
    if bool(config.translation.provider) != bool(config.translation.url):
        raise StartError(f"{name}: translation.url: expected with translation.provider, and not without it")
    if bool(config.openid.issuer) != bool(config.openid.client_id):
        raise StartError(f"{name}: openid.client_id: expected with openid.issuer, and not without it")
    if config.openid.link_by_email and not config.openid.allowed_domains:
        raise StartError(f"{name}: openid.allowed_domains: expected with openid.link_by_email")
    return config


def _check_server(server: Server, name: str) -> None:
    if server.unix_path is None and server.port > 65_535:
        raise StartError(f"{name}: server.listen: a port is at most 65535")
    if bool(server.tls_certificate) != bool(server.tls_key):
        raise StartError(f"{name}: server.tls_key: expected with server.tls_certificate, and not without it")
    for proxy in server.proxies:
        try:
            if proxy != "unix":
                ip_network(proxy)
        except ValueError as error:
            raise StartError(f"{name}: server.proxies: {error}") from error


def expected(section: str, option: str) -> str:
    """What an option takes, in words."""
    hints = get_type_hints(type(getattr(Config(), section)), include_extras=True)
    (meta,) = hints[option].__metadata__
    return str(meta.description)


def _explain(text: str) -> str:
    """The key, then what was expected: "gateway.ping_seconds: expected whole seconds, 1 to 86400"."""
    where = re.search(r" - at `\$\.?([^`]*)`$", text)
    key = where[1] if where else ""
    unknown = re.search(r"unknown field `([^`]+)`", text)
    if unknown:
        return f"{key}.{unknown[1]}: unknown option".lstrip(".")
    section, _, option = key.partition(".")
    if not option:
        return f"{section}: expected a section, [{section}]"
    return f"{key}: expected {expected(section, option.partition('[')[0])}"
