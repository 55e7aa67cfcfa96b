"""A provider's word is believed when it is the provider's, for us, for this attempt, and not too old."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chatd import config
from chatd.errors import OutgoingFailed
from chatd.model import Identity
from chatd.outgoing import openid
from chatd.outgoing.client import Client
from chatd.outgoing.network import Network
from tests.outgoing.provider import CLIENT_ID, FORGED, SECRET, Provider, key, provider

HERE = "https://chat.example.org/auth/openid/callback"


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as served:
        yield served


def asked(there: Provider, secret: str = SECRET, now: Callable[[], float] = time.time) -> openid.OpenId:
    settings = config.OpenId(issuer=there.url, client_id=CLIENT_ID)
    return openid.OpenId(Client(Network(), 5, trusted={there.url}), settings, secret, now)


async def sign_in(there: Provider, client: openid.OpenId) -> Identity:
    attempt = await client.begin(HERE)
    query = {name: values[0] for name, values in parse_qs(urlsplit(attempt.url).query).items()}
    back = parse_qs(urlsplit(there.authorize(query)).query)
    assert back["state"] == [attempt.state]
    return await client.finish(attempt, back["code"][0])


async def test_who_somebody_is(there: Provider) -> None:
    client = asked(there)
    expected = Identity(there.url, "1", "zoe@example.org", "Zoë Müller")
    assert await sign_in(there, client) == expected
    assert await sign_in(there, client) == expected
    assert there.asked == ["/.well-known/openid-configuration", "/jwks_uri"]


@pytest.mark.parametrize("verified", [False, None, "no", 1.5])
async def test_an_address_that_is_not_verified_is_none(there: Provider, verified: object) -> None:
    there.claims["email_verified"] = verified
    assert (await sign_in(there, asked(there))).email == ""


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody else"},
        {"aud": None},
        {"aud": [CLIENT_ID, "somebody else"], "azp": "somebody else"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
    ],
    ids=str,
)
async def test_what_is_not_for_us_now_is_refused(there: Provider, claims: dict[str, Any]) -> None:
    there.claims = claims
    with pytest.raises(OutgoingFailed):
        await sign_in(there, asked(there))


async def test_what_others_have_signed_is_refused(there: Provider) -> None:
    there.signing = key(1)
    with pytest.raises(OutgoingFailed):
        await sign_in(there, asked(there))
    there.header = {"kid": key(0).kid}
    with pytest.raises(OutgoingFailed):
        await sign_in(there, asked(there))
    there.signing = key(0)
    for forged in FORGED:
        there.header = {"alg": forged}
        with pytest.raises(OutgoingFailed):
            await sign_in(there, asked(there))


async def test_keys_may_change_at_any_time(there: Provider) -> None:
    clock = [time.time()]
    client = asked(there, now=lambda: clock[0])
    await sign_in(there, client)
    there.signing, there.published = key(1), [key(1)]
    # Whoever sends tokens with unknown keys does not make us ask each time.
    with pytest.raises(OutgoingFailed):
        await sign_in(there, client)
    clock[0] += openid.KEYS_EVERY_SECONDS
    await sign_in(there, client)
    assert there.asked.count("/jwks_uri") == 2


async def test_a_code_is_of_its_attempt(there: Provider) -> None:
    client = asked(there)
    first, second = await client.begin(HERE), await client.begin(HERE)
    query = {name: values[0] for name, values in parse_qs(urlsplit(first.url).query).items()}
    code = parse_qs(urlsplit(there.authorize(query)).query)["code"][0]
    with pytest.raises(OutgoingFailed, match="status 400"):
        await client.finish(second, code)
    with pytest.raises(OutgoingFailed, match="status 400"):
        await sign_in(there, asked(there, "wrong"))


@pytest.mark.parametrize("document", [{"issuer": "https://evil.example"}, {"token_endpoint": None}])
async def test_a_provider_says_who_and_where_it_is(there: Provider, document: dict[str, Any]) -> None:
    there.document = document
    with pytest.raises(OutgoingFailed):
        await asked(there).begin(HERE)


async def test_an_end_inside_is_not_asked(there: Provider) -> None:
    there.document = {"token_endpoint": "http://127.0.0.1:1/token"}
    with pytest.raises(OutgoingFailed):
        await sign_in(there, asked(there))
