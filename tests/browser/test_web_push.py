"""Web Push from the message to the click, with a push service of the test's own between the server and the browser."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from playwright.sync_api import expect

from tests.browser.person import Person, until
from tests.outgoing.browser import Browser
from tests.served import Served
from tests.story.receiver import Receiver

pytestmark = pytest.mark.slow

Newcomer = Callable[..., Person]
# The browser's own push service is out of reach: it subscribes at the test's, with keys that the test can read by.
_SUBSCRIBE = """(subscription) => {
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    globalThis.asked = applicationServerKey;
    return { toJSON: () => subscription };
  };
}"""
_SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  for (;;) {
    const all = await worker.getNotifications();
    if (all.length > 0) return all.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""

_CLICK = """async () => {
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


@pytest.fixture
def pushes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A push service whose certificate the server trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    receiver = Receiver(tls)
    yield receiver
    receiver.close()


@pytest.fixture
def served(tmp_path: Path, pushes: Receiver) -> Iterator[Served]:
    """A server that may reach the push service on this machine."""
    config = tmp_path / "config.toml"
    config.write_text(f'[outgoing]\ntrusted = ["{pushes.url}"]\n[push]\ncontact = "mailto:ops@example.org"\n')
    server = Served(tmp_path, config)
    yield server
    server.stop()


def test_who_has_closed_the_page_is_told_and_led_to_the_message(
    served: Served, pushes: Receiver, newcomer: Newcomer
) -> None:
    ana = newcomer(served.url, "ana", service_workers="allow", permissions=["notifications"])
    ana.join(served.link, "Ana Ribeiro")
    ben = newcomer(served.url, "ben")
    ben.join(ana.invite(), "Ben Okafor")
    ben.open("General")
    subscription = Browser()
    turn_on(ana, subscription, f"{pushes.url}/push/ana")
    registration = registration_of(ana)
    ana.page.goto("about:blank")
    until(lambda: not ben.call("presence.query", {"user_ids": ["ana"]})["users"][0]["is_online"])
    sent = ben.call("messages.send", {"channel_url": "general", "message": "<b>Dinner</b> at eight"})

    until(lambda: len(pushes.received) == 1)
    deliver(ana, registration, subscription.decrypt(pushes.received[0].body).decode())
    ana.arrive()
    assert ana.page.evaluate(_SHOWN) == [
        {"title": "General", "body": "Ben Okafor: <b>Dinner</b> at eight", "tag": "general", "data": place(sent)}
    ]
    ana.context.service_workers[0].evaluate(_CLICK)
    expect(ana.message("<b>Dinner</b> at eight")).to_be_focused()


def turn_on(person: Person, subscription: Browser, endpoint: str) -> None:
    """Ask for notifications in the settings."""
    keys = {"p256dh": subscription.key, "auth": subscription.auth}
    person.page.evaluate(_SUBSCRIBE, {"endpoint": endpoint, "keys": keys})
    person.page.get_by_role("button", name="Your account").click()
    person.page.get_by_role("menuitem", name="Settings").click()
    person.page.get_by_role("tab", name="Notifications").click()
    person.page.get_by_role("button", name="Turn on here").click()
    expect(person.page.get_by_role("button", name="Turn off here")).to_be_visible()
    assert person.page.evaluate("() => asked.length > 0")
    person.page.keyboard.press("Escape")
    kept = person.call("push_tokens.list", {"token_type": "web"})
    assert len(kept["tokens"]) == 1, kept


def registration_of(person: Person) -> str:
    """What the browser calls the worker of the page."""
    devtools = person.context.new_cdp_session(person.page)
    found: list[str] = []

    def note(event: Any) -> None:
        found.extend(each["registrationId"] for each in event["registrations"] if not each["isDeleted"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    devtools.send("ServiceWorker.enable")
    person.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    # It may tell of it later; what it tells comes while something of the page is waited for.
    until(lambda: person.page.evaluate("() => true") and bool(found))
    devtools.detach()
    return found[-1]


def deliver(person: Person, registration: str, text: str) -> None:
    """What a browser does with a message of its push service, once it has decrypted it."""
    devtools = person.context.new_cdp_session(person.page)
    devtools.send("ServiceWorker.enable")
    message = {"origin": person.url, "registrationId": registration, "data": text}
    devtools.send("ServiceWorker.deliverPushMessage", message)
    devtools.detach()


def place(message: dict[str, Any]) -> dict[str, Any]:
    return {"channel_url": message["channel_url"], "message_id": message["message_id"]}
