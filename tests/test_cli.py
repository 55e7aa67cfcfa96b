"""The command line, as an operator meets it."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from chatd import VERSION, config
from chatd.domain.tenants import accounts, applications, tokens
from chatd.domain.tenants.passwords import verify_password
from chatd.errors import InvalidApiToken, StorageFailed
from chatd.store.store import Store
from tests.store.disk import limited

ROOT = Path(__file__).parents[1]


class Cli:
    """Runs chatd in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        (directory / "config.toml").write_text("[store]\nmap_size_gib = 0.1\n")

    def run(self, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "chatd", *args],
            cwd=self.directory,
            env={"PYTHONPATH": str(ROOT)},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def store(self) -> Store:
        return Store.open(self.directory / "data", 100 * 2**20)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


def test_version_and_default_config(cli: Cli) -> None:
    assert cli.run("version").stdout == f"chatd {VERSION}\n"
    assert cli.run("default-config").stdout == config.default_text()


def test_check_config_says_what_is_wrong(cli: Cli) -> None:
    assert cli.run("check-config").stdout == "config.toml: valid.\n"
    (cli.directory / "bad.toml").write_text("[server]\nnope = 1\n")
    found = cli.run("check-config", "--config", "bad.toml")
    assert found.returncode == 1
    assert found.stderr == "chatd: bad.toml: server.nope: unknown option\n"


@pytest.mark.slow
def test_applications_and_tokens(cli: Cli) -> None:
    assert cli.run("app", "create", "shop").returncode == 0
    again = cli.run("app", "create", "shop")
    assert (again.returncode, again.stderr) == (1, 'chatd: Application "shop" exists already.\n')
    assert cli.run("app", "list").stdout.startswith("shop  ")
    secret = cli.run("token", "create", "shop", "--label", "backend").stdout.strip()
    listed = cli.run("token", "list", "shop").stdout
    assert "backend" in listed
    assert secret not in listed
    store = cli.store()
    assert store.read(0, tokens.application_of_api_token, secret, "127.0.0.1") == 1
    store.close()
    assert cli.run("token", "revoke", "shop", listed.split()[0]).returncode == 0
    store = cli.store()
    with pytest.raises(InvalidApiToken):
        store.read(0, tokens.application_of_api_token, secret, "127.0.0.1")
    store.close()
    assert cli.run("token", "revoke", "shop", "zzz").returncode == 1
    key = cli.run("organization-key", "create", "--label", "ours").stdout.strip()
    listed = cli.run("organization-key", "list").stdout
    assert "ours" in listed
    assert key not in listed
    assert cli.run("organization-key", "revoke", listed.split()[0]).returncode == 0
    assert cli.run("token", "create", "nowhere").stderr == 'chatd: "Application" not found.\n'


@pytest.mark.slow
def test_no_secret_lies_in_the_store_as_it_is(cli: Cli) -> None:
    assert cli.run("app", "create", "shop").stderr == "Making a new store in data.\n"
    secret = cli.run("token", "create", "shop").stdout.strip()
    link = cli.run("account", "invite").stdout.strip()
    contents = (cli.directory / "data" / "data.mdb").read_bytes()
    assert secret.encode() not in contents
    assert link.rsplit("/", 1)[1].encode() not in contents


@pytest.mark.slow
def test_accounts(cli: Cli) -> None:
    assert cli.run("account", "create", "ann", "--role", "owner", stdin="long enough\n").returncode == 0
    assert cli.run("account", "create", "bob", stdin="short\n").returncode == 1
    assert cli.run("account", "create", "ann", stdin="long enough\n").stderr == 'chatd: The login "ann" is taken.\n'
    assert cli.run("account", "reset-password", "ann", stdin="another one\n").returncode == 0
    assert cli.run("account", "reset-password", "nobody", stdin="another one\n").returncode == 1
    store = cli.store()
    account = store.read(0, accounts.find, "ann")
    assert account is not None
    assert account.role == "owner"
    assert verify_password(account.password_hash, "another one")
    assert not verify_password(account.password_hash, "long enough")
    store.close()


@pytest.mark.slow
def test_an_invite_leads_to_where_the_server_listens(cli: Cli) -> None:
    cli.run("app", "create", "shop")
    invite = ("account", "invite")
    assert cli.run(*invite).stdout.startswith("http://127.0.0.1:8000/join/")
    assert cli.run(*invite, "--listen", "[::1]:80").stdout.startswith("http://[::1]:80/join/")
    assert cli.run(*invite, "--listen", "0.0.0.0:9000").stdout.startswith("http://localhost:9000/join/")
    assert cli.run(*invite, "--listen", "unix:/run/chatd.sock").stdout.startswith("http://localhost/join/")
    public = cli.directory / "public.toml"
    public.write_text('[server]\npublic_url = "https://chat.example.org"\n')
    assert cli.run(*invite, "--config", "public.toml").stdout.startswith("https://chat.example.org/join/")


@pytest.mark.parametrize(
    "command", ["app list", "token create main", "token list main", "account invite", "account reset-password ann"]
)
def test_a_mistaken_directory_does_not_become_a_store(cli: Cli, command: str) -> None:
    found = cli.run(*command.split(), "--data-dir", "dta", stdin="long enough\n")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == "chatd: dta: there is no store here. --data-dir names its directory.\n"
    assert not (cli.directory / "dta").exists()


def test_a_password_is_never_an_argument(cli: Cli) -> None:
    assert cli.run("account", "create", "ann", "long enough").returncode == 2
    raw = [sys.executable, "-m", "chatd", "account", "create", "ann"]
    found = subprocess.run(
        raw, cwd=cli.directory, env={"PYTHONPATH": str(ROOT)}, input=b"\xff" * 9, capture_output=True
    )
    assert (found.returncode, found.stderr) == (1, b"chatd: A password is UTF-8 text.\n")


@pytest.mark.slow
def test_usage_errors_have_their_own_status(cli: Cli) -> None:
    assert cli.run("nonsense").returncode == 2
    assert cli.run("serve", "--listen", "nowhere").returncode == 1


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ('tls_certificate = "none.pem"\ntls_key = "none.pem"', "none.pem and none.pem are no certificate and its key"),
        (
            'listen = "unix:config.toml"',
            "cannot listen on unix:config.toml: [Errno 17] the file exists and is no socket",
        ),
    ],
)
def test_what_cannot_be_served_is_one_line(cli: Cli, server: str, said: str) -> None:
    (cli.directory / "config.toml").write_text(f"[server]\n{server}\n")
    found = cli.run("serve")
    assert found.returncode == 1
    assert found.stderr.startswith(f"chatd: {said}")
    assert found.stderr.count("\n") == 1


def test_a_directory_serves_once(cli: Cli) -> None:
    store = cli.store()
    store.lock()
    found = cli.run("serve", "--listen", "127.0.0.1:0")
    store.close()
    assert found.returncode == 1
    assert "another chatd serves from this directory" in found.stderr


@pytest.mark.slow
def test_a_full_disk_is_one_line(cli: Cli) -> None:
    cli.run("app", "create", "shop")
    store = cli.store()
    made = itertools.count()
    with limited((cli.directory / "data" / "data.mdb").stat().st_size):
        with pytest.raises(StorageFailed):
            while True:
                # An old snapshot would hold pages that the next process finds free.
                store.refresh()
                store.write_now(0, applications.create, f"shop{next(made)}")
        store.close()
        found = cli.run("app", "create", "more")
    assert found.returncode == 1
    assert found.stderr.startswith("chatd: The store cannot be written: ")
    assert found.stderr.count("\n") == 1
    assert cli.run("app", "create", "more").returncode == 0
