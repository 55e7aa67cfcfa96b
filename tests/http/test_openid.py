"""Signing in with a provider, from the button to the chat, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from chatd.config import OpenId
from tests.gateway.conftest import Running, Start
from tests.outgoing.provider import CLIENT_ID, SECRET, Provider, provider


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as served:
        yield served


@pytest.fixture
async def web(start: Start, there: Provider, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setenv("CHATD_OPENID_SECRET", SECRET)
    settings = OpenId(issuer=there.url, client_id=CLIENT_ID, label="Acme", allowed_domains=("example.org",))
    running: Running = await start(openid=settings)
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        yield client


async def come_back(web: httpx.AsyncClient) -> str:
    """Go to the provider and say yes; where the browser is sent then."""
    there = (await web.get("/auth/openid/begin")).headers["location"]
    return (await web.get(there)).headers["location"]


async def test_from_the_button_to_the_chat(web: httpx.AsyncClient) -> None:
    assert (await web.get("/auth/openid")).json() == {"label": "Acme"}
    begun = await web.get("/auth/openid/begin")
    assert "samesite=lax" in begun.headers["set-cookie"].lower()
    assert "httponly" in begun.headers["set-cookie"].lower()
    back = (await web.get(begun.headers["location"])).headers["location"]
    done = await web.get(back)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    me = (await web.get("/auth/me")).json()
    assert (me["login"], me["role"]) == ("zoe", "member")
    token = (await web.post("/auth/token")).json()["token"]
    user = await web.post("/client/v1/rpc/users.me", headers={"Authorization": f"Bearer {token}"}, json={})
    assert user.json()["nickname"] == "Zoë Müller"
    # Nobody signs in with the password that there is not.
    for password in ("", "x" * 10):
        refused = await web.post("/auth/sign_in", json={"login": "zoe", "password": password})
        assert refused.json()["code"] == 400111


async def test_a_state_is_of_one_browser_and_one_attempt(web: httpx.AsyncClient) -> None:
    back = await come_back(web)
    async with httpx.AsyncClient(base_url=web.base_url, timeout=20) as other:
        # Whoever is sent here with somebody else's code is not signed in as them.
        assert (await other.get(back)).headers["location"] == "/?refused=failed"
        assert (await other.get("/auth/me")).status_code == 401
    # That has used it up.
    assert (await web.get(back)).headers["location"] == "/?refused=failed"
    back = await come_back(web)
    assert (await web.get(back)).headers["location"] == "/"
    cookie = {"Cookie": f"chatd_openid={httpx.URL(back).params['state']}"}
    assert (await web.get(back, headers=cookie)).headers["location"] == "/?refused=failed"
    assert (await web.get("/auth/openid/callback?state=&code=x")).headers["location"] == "/?refused=failed"


async def test_who_may_not_come_in_is_told_so(web: httpx.AsyncClient, there: Provider) -> None:
    there.claims = {"email": "zoe@example.com"}
    assert (await web.get(await come_back(web))).headers["location"] == "/?refused=forbidden"
    there.claims = {"nonce": "another"}
    assert (await web.get(await come_back(web))).headers["location"] == "/?refused=failed"
    assert (await web.get("/auth/me")).status_code == 401


async def test_who_gets_in_is_not_counted(web: httpx.AsyncClient) -> None:
    for _ in range(11):
        assert (await web.get(await come_back(web))).headers["location"] == "/"


async def test_begins_are_counted(web: httpx.AsyncClient) -> None:
    answers = [await web.get("/auth/openid/begin") for _ in range(11)]
    assert [answers[0].status_code, answers[-1].status_code] == [303, 429]


async def test_without_a_provider_there_is_no_way_in(start: Start) -> None:
    running: Running = await start()
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        assert (await client.get("/auth/openid")).json() == {"label": ""}
        assert (await client.get("/auth/openid/begin")).headers["location"] == "/?refused=failed"
