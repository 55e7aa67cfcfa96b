"""Signing in with a code beside the password."""

from __future__ import annotations

import httpx
import pyotp
import pytest

from tests.http.desk import PASSWORD, Desk

PATH = "/auth/second_factor"


async def test_from_the_offer_to_signing_in_and_back(desk: Desk) -> None:
    client = desk.client
    assert (await client.get(PATH)).json() == {"is_on": False}
    refused = await client.post(PATH, json={"password": "wrong"})
    assert refused.json()["code"] == 400111
    offer = (await client.post(PATH, json={"password": PASSWORD})).json()
    totp = pyotp.TOTP(offer["secret"])
    assert offer["uri"].startswith("otpauth://totp/")
    assert (await sign_in(client)).status_code == 200
    assert (await client.put(PATH, json={"code": "12"})).json()["code"] == 400111
    codes = (await client.put(PATH, json={"code": totp.now()})).json()["recovery_codes"]
    assert (await client.get(PATH)).json() == {"is_on": True}
    assert (await sign_in(client)).json()["code"] == 400304
    assert (await sign_in(client, password="wrong", code=codes[0])).json()["code"] == 400111
    assert (await sign_in(client, code="12")).json()["code"] == 400111
    assert (await sign_in(client, code=codes[0])).status_code == 200
    assert (await sign_in(client, code=codes[0])).json()["code"] == 400111
    assert (await sign_in(client, code=codes[1])).status_code == 200
    assert (await client.request("DELETE", PATH, json={"password": PASSWORD})).json()["code"] == 400304
    assert (await client.request("DELETE", PATH, json={"password": PASSWORD, "code": codes[2]})).json() == {}
    assert (await sign_in(client)).status_code == 200


@pytest.mark.slow
async def test_codes_are_guessed_no_faster_than_passwords(desk: Desk) -> None:
    offer = (await desk.client.post(PATH, json={"password": PASSWORD})).json()
    await desk.client.put(PATH, json={"code": pyotp.TOTP(offer["secret"]).now()})
    answers = [(await sign_in(desk.client, code=f"{n:06}")).status_code for n in range(12)]
    assert answers[0] == 400
    assert answers[-1] == 429


async def test_strangers_and_other_pages_change_nothing(desk: Desk) -> None:
    foreign = {"Origin": "https://evil.example"}
    answer = await desk.client.post(PATH, json={"password": PASSWORD}, headers=foreign)
    assert answer.json()["code"] == 400108
    desk.client.cookies.clear()
    assert (await desk.client.get(PATH)).status_code == 401
    assert (await desk.client.post(PATH, json={"password": PASSWORD})).status_code == 401


async def sign_in(client: httpx.AsyncClient, password: str = PASSWORD, code: str = "") -> httpx.Response:
    return await client.post("/auth/sign_in", json={"login": "olga", "password": password, "code": code})
