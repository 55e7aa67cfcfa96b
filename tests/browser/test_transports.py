"""The client library on pages of other origins, over what is left when no WebSocket passes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.sdk.backend import CHANNEL, Backend
from tests.served import REPOSITORY, Served

pytestmark = pytest.mark.slow

(LIBRARY,) = (REPOSITORY / "chatd" / "web" / "vendor").glob("centrifuge-*/centrifuge.js")

CONNECT = """async ([transport, server, token]) => {
    const endpoint = `${server}/connection/${transport}`;
    window.client = new Centrifuge([{ transport, endpoint }], { token, emulationEndpoint: `${server}/emulation` });
    window.errors = [];
    client.on("error", ({ error }) => errors.push(error.message));
    const used = new Promise((resolve) => client.on("connected", (context) => resolve(context.transport)));
    const failed = new Promise((resolve) => client.on("error", () => resolve("failed")));
    client.connect();
    return Promise.race([used, failed]);
}"""
CHAT = """async (channel) => {
    const stream = client.newSubscription("~", { recoverable: true, positioned: true });
    const heard = new Promise((resolve) => stream.on("publication", ({ data }) => {
        if (data.type === "message.created") resolve(data.message.message);
    }));
    stream.subscribe();
    await stream.ready(5000);
    await client.rpc("messages.send", { channel_url: channel, message: "from a page" });
    return [await heard, errors];
}"""


class EmptyPage(BaseHTTPRequestHandler):
    """What another web server has."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Shop</title>")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where other pages are. Its host has two names, so there are two origins."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Backend]:
    directory = tmp_path_factory.mktemp("origins")
    config = directory / "config.toml"
    config.write_text(f'[server]\nallowed_origins = ["http://127.0.0.1:{port}"]\n')
    served = Served(directory, config)
    found = Backend(served)
    found.people("ann")
    yield found
    served.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def connect(page: Page, origin: str, backend: Backend, transport: str) -> Any:
    """The transport that a page of an origin is connected over, or "failed"."""
    page.goto(origin)
    page.add_script_tag(path=LIBRARY)
    return page.evaluate(CONNECT, [transport, backend.served.url, backend.session("ann")])


@pytest.mark.parametrize("transport", ["http_stream", "sse"])
def test_pages_of_allowed_origins_connect_and_others_do_not(
    page: Page, port: int, backend: Backend, transport: str
) -> None:
    assert connect(page, f"http://127.0.0.1:{port}", backend, transport) == transport
    assert page.evaluate(CHAT, CHANNEL) == ["from a page", []]
    assert connect(page, f"http://localhost:{port}", backend, transport) == "failed"
