"""What browsers' push services are sent: by the example of RFC 8291, and as a browser undoes it."""

from __future__ import annotations

import json

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from chatd.domain.push.keys import new_web_key
from chatd.outgoing.client import Request
from chatd.outgoing.push.encryption import decoded, encoded, encrypt_with
from chatd.outgoing.push.fcm import message
from chatd.outgoing.push.plain import ntfy_request
from chatd.outgoing.push.web import Sender, Subscription, web_request
from tests.outgoing.browser import Browser, claims_of

SAID = {
    "notification_id": "e-1-2",
    "title": "Garden",
    "body": "Ann: Hello",
    "badge": 3,
    "tag": "t",
    "retry": 0,
    "sound": "",
    "volume": -1.0,
}


def test_the_example_of_the_standard() -> None:
    """RFC 8291, section 5."""
    own = ec.derive_private_key(
        int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    body = encrypt_with(
        own,
        decoded("DGv6ra1nlYgDCS1FRnbzlw"),
        b"When I grow up, I want to be a watermelon",
        decoded(key),
        decoded("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6P"
        "Bru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def web(
    browser: Browser, contact: str = "mailto:ops@example.org", endpoint: str = "https://push.example.org/a1"
) -> tuple[Request, str]:
    key = new_web_key(1)
    to = Subscription(endpoint, browser.key, browser.auth)
    return web_request(to, Sender(key.private, key.public, contact), SAID, "t" * 32, 1_000_000), key.public


def test_a_browser_reads_what_it_is_sent_and_nobody_else() -> None:
    browser = Browser()
    request, _ = web(browser)
    assert json.loads(browser.decrypt(request.body)) == SAID
    assert b"Hello" not in request.body
    with pytest.raises(InvalidTag):
        Browser().decrypt(request.body)


def test_the_service_knows_who_sends() -> None:
    request, public = web(Browser())
    headers = dict(request.headers)
    expected = {"aud": "https://push.example.org", "exp": 1_043_200, "sub": "mailto:ops@example.org"}
    assert claims_of(headers["Authorization"]) == expected
    assert headers["Authorization"].endswith(f", k={public}")
    assert (headers["Topic"], headers["TTL"], headers["Content-Encoding"]) == ("t" * 32, "86400", "aes128gcm")
    with pytest.raises(InvalidSignature):
        claims_of(headers["Authorization"].replace(public, new_web_key(1).public))
    assert "sub" not in claims_of(dict(web(Browser(), "")[0].headers)["Authorization"])


@pytest.mark.parametrize(
    ("endpoint", "audience"),
    [
        ("https://push.example.org:443/a1", "https://push.example.org"),
        ("https://10.0.0.5:8443/a1", "https://10.0.0.5:8443"),
    ],
)
def test_the_service_is_named_by_its_origin(endpoint: str, audience: str) -> None:
    request, _ = web(Browser(), endpoint=endpoint)
    assert claims_of(dict(request.headers)["Authorization"])["aud"] == audience


def test_firebase_is_sent_texts() -> None:
    told = message("device", SAID, "bell")
    assert told["token"] == "device"
    assert told["data"]["badge"] == "3"
    assert told["android"]["notification"]["sound"] == told["apns"]["payload"]["aps"]["sound"] == "bell"
    assert "sound" not in message("device", SAID, "")["android"]["notification"]
    assert told["android"]["collapse_key"] == told["apns"]["headers"]["apns-collapse-id"] == "t"
    loud = message("device", SAID | {"sound": "fire", "volume": 0.5}, "bell")
    assert loud["apns"]["payload"]["aps"]["sound"] == {"critical": 1, "name": "fire", "volume": 0.5}
    assert loud["android"]["notification"]["sound"] == "fire"
    assert all(isinstance(value, str) for value in told["data"].values())


def test_titles_for_ntfy_are_ascii_and_one_line() -> None:
    for title in ("Gärten", "a\r\nX-Evil: 1"):
        headers = dict(ntfy_request("https://ntfy.example.org/a", SAID | {"title": title, "retry": 2}).headers)
        assert headers["Title"].startswith("=?UTF-8?B?")
        assert headers["Title"].isascii()
        assert headers["X-Chatd-Retry"] == "2"
