"""Sessions, passwords and starred channels of accounts, over HTTP."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from chatd.domain.tenants import accounts
from chatd.domain.tenants.passwords import hash_password
from chatd.store.store import Store
from tests.gateway.conftest import MAP_GIB, Running, Start

PASSWORD = "correct horse"
ANOTHER = "battery staple"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return hash_password(PASSWORD)


class Site:
    """A server with an owner and a member; each browser is a client of its own."""

    def __init__(self, running: Running) -> None:
        self.running = running

    async def browser(self, login: str, password: str = PASSWORD, software: str = "Browser") -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self.running.url, timeout=20, headers={"User-Agent": software})
        if login:
            answer = await client.post("/auth/sign_in", json={"login": login, "password": password})
            assert answer.status_code == 200, answer.text
        return client


@pytest.fixture
async def site(start: Start, tmp_path: Path, password_hash: str) -> Site:
    store = Store.open(tmp_path / "data", int(MAP_GIB * 2**30))
    for login, role in (("ann", accounts.OWNER), ("bob", accounts.MEMBER)):
        store.write_now(0, accounts.create, login, password_hash, role)
    store.close()
    return Site(await start())


async def is_in(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/auth/me")).status_code == 200


async def test_sessions_are_listed_and_ended(site: Site) -> None:
    desk, phone, lost = [await site.browser("bob", software=name) for name in ("Desk", "Phone", "Lost")]
    other = await site.browser("ann")
    found = (await desk.get("/auth/sessions")).json()["sessions"]
    assert (found[0]["software"], found[0]["is_current"]) == ("Desk", True)
    assert {each["software"] for each in found} == {"Desk", "Phone", "Lost"}
    names = {each["software"]: each["session_id"] for each in found}
    theirs = (await other.get("/auth/sessions")).json()["sessions"][0]["session_id"]
    assert (await desk.delete(f"/auth/sessions/{theirs}")).json()["code"] == 400201
    assert await is_in(other)
    token = (await lost.post("/auth/token")).json()["token"]
    assert (await desk.delete(f"/auth/sessions/{names['Lost']}")).status_code == 200
    assert [await is_in(each) for each in (desk, phone, lost)] == [True, True, False]
    # What it holds already is of no use either.
    call = await lost.post("/client/v1/rpc/users.me", headers={"Authorization": f"Bearer {token}"}, json={})
    assert call.status_code == 401
    assert (await desk.delete("/auth/sessions")).status_code == 200
    assert [await is_in(each) for each in (desk, phone)] == [True, False]
    assert (await phone.get("/auth/sessions")).status_code == 401


@pytest.mark.slow
async def test_changing_the_password(site: Site) -> None:
    desk, phone = await site.browser("bob"), await site.browser("bob")
    wrong = await desk.post("/auth/password", json={"current_password": "guess", "password": ANOTHER})
    short = await desk.post("/auth/password", json={"current_password": PASSWORD, "password": "short"})
    assert [each.json()["code"] for each in (wrong, short)] == [400111, 400111]
    assert await is_in(phone)
    done = await desk.post("/auth/password", json={"current_password": PASSWORD, "password": ANOTHER})
    assert done.status_code == 200
    assert [await is_in(desk), await is_in(phone)] == [True, False]
    await site.browser("bob", ANOTHER)
    for _ in range(10):
        last = await desk.post("/auth/password", json={"current_password": "guess", "password": ANOTHER})
    assert last.status_code == 429


async def test_a_reset_works_once_and_ends_everything(site: Site) -> None:
    owner, member, stranger = await site.browser("ann"), await site.browser("bob"), await site.browser("")
    assert (await member.post("/auth/accounts/ann/reset")).json()["code"] == 400108
    assert (await stranger.post("/auth/accounts/ann/reset")).status_code == 401
    assert (await owner.post("/auth/accounts/nobody/reset")).json()["code"] == 400201
    first = (await owner.post("/auth/accounts/bob/reset")).json()["url"].rsplit("/", 1)[1]
    secret = (await owner.post("/auth/accounts/bob/reset")).json()["url"].rsplit("/", 1)[1]
    assert (await stranger.get(f"/auth/resets/{first}")).status_code == 404
    assert (await stranger.get(f"/auth/resets/{secret}")).json() == {"login": "bob"}
    short = await stranger.post(f"/auth/resets/{secret}", json={"password": "short"})
    assert short.json()["code"] == 400111
    done = await stranger.post(f"/auth/resets/{secret}", json={"password": ANOTHER})
    assert done.json() == {"login": "bob"}
    assert [await is_in(stranger), await is_in(member), await is_in(owner)] == [True, False, True]
    again = await stranger.post(f"/auth/resets/{secret}", json={"password": PASSWORD})
    assert again.json()["code"] == 400201
    await site.browser("bob", ANOTHER)


async def test_resets_cannot_be_guessed_at_speed(site: Site) -> None:
    stranger = await site.browser("")
    answers = [await stranger.post(f"/auth/resets/{number}", json={"password": ANOTHER}) for number in range(11)]
    assert [answers[0].json()["code"], answers[-1].status_code] == [400201, 429]


async def test_starred_channels(site: Site) -> None:
    desk, phone = await site.browser("bob"), await site.browser("bob")
    await desk.post("/auth/starred", json={"channel_url": "garden", "is_starred": True})
    await desk.post("/auth/starred", json={"channel_url": "tea", "is_starred": True})
    await phone.post("/auth/starred", json={"channel_url": "garden", "is_starred": False})
    assert (await desk.get("/auth/starred")).json() == {"channel_urls": ["tea"]}
    assert (await (await site.browser("ann")).get("/auth/starred")).json() == {"channel_urls": []}
    odd = await desk.post("/auth/starred", json={"channel_url": "x" * 101, "is_starred": True})
    assert odd.status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/auth/sessions"),
        ("DELETE", "/auth/sessions/x"),
        ("POST", "/auth/password"),
        ("POST", "/auth/accounts/bob/reset"),
        ("POST", "/auth/resets/x"),
        ("POST", "/auth/starred"),
    ],
)
async def test_other_sites_can_do_nothing(site: Site, method: str, path: str) -> None:
    desk = await site.browser("ann")
    answer = await desk.request(method, path, headers={"Origin": "https://evil.example"})
    assert answer.json()["code"] == 400108
