"""The configuration: what it says when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatd import config
from chatd.config import Config
from chatd.errors import StartError

ROOT = Path(__file__).parents[1]


def test_the_printed_configuration_is_the_default() -> None:
    assert config.parse(config.default_text(), "default") == Config()
    assert (ROOT / "config.toml").read_text("utf-8") == config.default_text()


def test_every_option_is_printed_and_explained() -> None:
    lines = config.default_text().splitlines()
    options = [number for number, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    assert all(lines[number - 1].startswith("#") for number in options)
    fields = sum(len(getattr(Config(), section).__struct_fields__) for section in Config().__struct_fields__)
    assert len(options) == fields


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\nlisten = 5", "server.listen: Expected `str`"),
        ('[server]\nlisten = "nowhere"', "server.listen: "),
        ('[server]\nlisten = "127.0.0.1:70000"', "server.listen: a port is at most 65535"),
        ('[server]\nlsiten = "127.0.0.1:1"', "server.lsiten: unknown option"),
        ("[sever]", "sever: unknown option"),
        ("[gateway]\nping_seconds = -1", "gateway.ping_seconds: Expected `float` > 0"),
        ("[gateway]\nmax_connections = 1.5", "gateway.max_connections: Expected `int`"),
        ('[log]\nlevel = "loud"', "log.level: Invalid enum value 'loud'"),
        ('[server]\nallowed_origins = ["example.org"]', "server.allowed_origins[0]"),
        ("listen", "not TOML"),
    ],
)
def test_errors_name_file_key_and_what_was_expected(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(StartError) as raised:
        config.load(path)
    assert raised.value.message.startswith(f"{path}: ")
    assert said in raised.value.message


def test_what_is_absent_has_its_default(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[gateway]\nping_seconds = 5\n")
    found = config.load(path)
    assert (found.gateway.ping_seconds, found.server) == (5, Config().server)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StartError):
        config.load(tmp_path / "missing.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(StartError):
        config.load(tmp_path / "binary.toml")
