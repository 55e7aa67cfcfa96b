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
        ("[server]\nlisten = 5", 'server.listen: expected an address and a port, such as "127.0.0.1:8000"'),
        ('[server]\nlisten = "nowhere"', "server.listen: expected an address and a port"),
        ('[server]\nlisten = "127.0.0.1:70000"', "server.listen: a port is at most 65535"),
        ('[server]\nlsiten = "127.0.0.1:1"', "server.lsiten: unknown option"),
        ('[server]\npublic_url = "https://chat.example.org/"', "server.public_url: expected"),
        ('[server]\nallowed_origins = ["example.org"]', "server.allowed_origins[0]: expected a list of origins"),
        ('[server]\ndata_dir = ""', "server.data_dir: expected a path"),
        ("[sever]", "sever: unknown option"),
        ("server = 1", "server: expected a section, [server]"),
        ("[gateway]\nping_seconds = -1", "gateway.ping_seconds: expected whole seconds, 1 to 86400"),
        ("[gateway]\nping_seconds = 5", "gateway.pong_seconds: expected at most gateway.ping_seconds"),
        ("[gateway]\nmax_connections = 1.5", "gateway.max_connections: expected a whole number, 1 to 10000000"),
        ("[http]\nsend_seconds = inf", "http.send_seconds: expected seconds, more than 0 and at most 86400"),
        ("[http]\nsend_seconds = nan", "http.send_seconds: expected seconds"),
        ("[http]\nmax_body_bytes = true", "http.max_body_bytes: expected bytes, 1024 to 1073741824"),
        ('[log]\nlevel = "loud"', 'log.level: expected "debug", "info", "warning" or "error"'),
        ('[outgoing]\ntrusted = ["http://a/"]', "outgoing.trusted[0]: expected a list of origins"),
        ('[translation]\nprovider = "deepl"', "translation.url: expected with translation.provider"),
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
    path.write_text("[gateway]\nping_seconds = 50\n")
    found = config.load(path)
    assert (found.gateway.ping_seconds, found.server) == (50, Config().server)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StartError):
        config.load(tmp_path / "missing.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(StartError):
        config.load(tmp_path / "binary.toml")


def test_the_page_has_every_option_with_its_default_and_what_it_takes() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8").splitlines()
    section, rows = "", []
    for line in config.default_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            option, _, value = line.partition(" = ")
            rows.append(f"| `{section}.{option}` | `{value}` | {config.expected(section, option)} |")
    assert [line for line in page if line.startswith("| `")] == rows
