"""Settings: few, typed, checked before anything starts. `config.toml` says what each is for."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from chatd.errors import StartError

Seconds = Annotated[float, Meta(gt=0, le=86_400)]
Size = Annotated[int, Meta(ge=1024, le=2**30)]
Count = Annotated[int, Meta(ge=1, le=10_000_000)]
Origin = Annotated[str, Meta(pattern=r"^(\*|https?://[^/\s]+)$")]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the sections: an unknown key is an error."""


class Server(Section, frozen=True):
    """[server]"""

    listen: Annotated[str, Meta(pattern=r"^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$")] = "127.0.0.1:8000"
    public_url: Annotated[str, Meta(pattern=r"^(https?://[^\s/]+)?$")] = ""
    allowed_origins: tuple[Origin, ...] = ()
    data_dir: Annotated[str, Meta(min_length=1)] = "data"
    drain_seconds: Seconds = 10

    @property
    def host(self) -> str:
        """The address part of `listen`, without brackets."""
        return self.listen.rsplit(":", 1)[0].strip("[]")

    @property
    def port(self) -> int:
        """The port part of `listen`; 0 lets the system choose."""
        return int(self.listen.rsplit(":", 1)[1])


class Gateway(Section, frozen=True):
    """[gateway]"""

    ping_seconds: Seconds = 25
    pong_seconds: Seconds = 8
    max_connections: Count = 100_000
    handshake_seconds: Seconds = 10
    authentication_seconds: Seconds = 10
    max_head_bytes: Size = 16_384
    max_message_bytes: Size = 65_536
    backlog_bytes: Size = 1_048_576
    close_seconds: Seconds = 5


class Http(Section, frozen=True):
    """[http]"""

    max_body_bytes: Size = 1_048_576
    send_seconds: Seconds = 30
    keep_alive_seconds: Seconds = 30
    max_connections: Count = 1000
    sign_in_attempts_per_minute: Count = 10


class Store(Section, frozen=True):
    """[store]"""

    map_size_gib: Annotated[float, Meta(gt=0, le=65_536)] = 64
    inbox: Count = 10_000
    group: Count = 512


class Stream(Section, frozen=True):
    """[stream]"""

    recovery_limit: Annotated[int, Meta(ge=0, le=100_000)] = 1000


class Log(Section, frozen=True):
    """[log]"""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Config(Section, frozen=True):
    """All settings."""

    server: Server = Server()
    gateway: Gateway = Gateway()
    http: Http = Http()
    store: Store = Store()
    stream: Stream = Stream()
    log: Log = Log()


def default_text() -> str:
    """The default configuration with its explanations, as config.toml in the repository has it."""
    return (files("chatd") / "default.toml").read_text("utf-8")


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
    if config.server.port > 65_535:
        raise StartError(f"{name}: server.listen: a port is at most 65535")
    return config


def _explain(text: str) -> str:
    """Key first, then what was expected: "gateway.ping_seconds: Expected `float`, got `str`"."""
    where = re.search(r" - at `\$\.?([^`]*)`$", text)
    section = where[1] if where else ""
    unknown = re.search(r"unknown field `([^`]+)`", text)
    if unknown:
        return f"{section}.{unknown[1]}: unknown option".lstrip(".")
    return f"{section}: {text[: where.start()] if where else text}".lstrip(": ")
