"""Previews of links: what a page says of itself, and no more than that."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import DESK
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
TEA = {
    "og:title": f"Tea {HOSTILE}",
    "og:description": "How to brew it",
    "og:url": "https://tea.example/leaves",
    "og:type": "website",
    "og:site_name": "The <b>garden</b>",
    "og:image": {"url": "http://tea.example/a.png", "secure_url": "", "width": 0, "height": 0, "alt": ""},
}


def with_preview(of: dict[str, object]) -> Callable[[WebSocketRoute], None]:
    """What the server tells of messages about tea, with a preview: it asks nobody but the public internet for one."""
    said, preview = '"message":"tea', f'"og_tag":{json.dumps(of)},"message":"tea'

    def through(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda message: route.send(str(message).replace(said, preview)))

    return through


def test_a_preview_is_text_and_a_link_to_the_web(come: Come) -> None:
    ana = come("ana", **DESK)
    ana.call("channels.create", {"user_ids": ["ben"], "name": "Tea house"})
    ana.page.route_web_socket("**/connection/websocket", with_preview(TEA))
    ana.arrive()
    ana.open("Tea house")
    ana.say("tea at https://tea.example")
    preview = ana.messages.last.locator(".link-preview")
    expect(preview).to_contain_text(f"Tea {HOSTILE}")
    expect(preview).to_contain_text("The <b>garden</b>")
    expect(preview).to_contain_text("How to brew it")
    expect(preview).to_have_attribute("href", "https://tea.example/leaves")
    expect(preview).to_have_attribute("rel", "noopener noreferrer")
    assert preview.locator("img, b").count() == 0
    assert "owned" not in ana.page.title()


def test_its_picture_comes_from_the_chat_alone(come: Come) -> None:
    ana = come("ana", **DESK)
    ana.call("channels.create", {"user_ids": ["ben"], "name": "Tea room"})
    image = {"url": "https://tea.example/a.png", "secure_url": "https://tea.example/a.png", "alt": "A cup"}
    image |= {"thumbnails": [{"url": "/web/icons/icon-192.png", "real_width": 192, "real_height": 192}]}
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(request.url))
    ana.page.route_web_socket("**/connection/websocket", with_preview(TEA | {"og:image": image}))
    ana.arrive()
    ana.open("Tea room")
    ana.say("tea at https://tea.example")
    picture = ana.messages.last.get_by_role("img", name="A cup")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 192)
    assert [url for url in asked if "tea.example" in url] == []


@pytest.mark.parametrize(
    "of", [TEA | {"og:url": "javascript:alert(1)"}, TEA | {"og:title": ""}], ids=["script", "no title"]
)
def test_what_is_no_page_has_no_preview(come: Come, of: dict[str, object]) -> None:
    ana = come("ana", **DESK)
    ana.call("channels.create", {"user_ids": ["ben"], "name": "No tea"})
    ana.page.route_web_socket("**/connection/websocket", with_preview(of))
    ana.arrive()
    ana.channel("No tea").first.click()
    ana.say("tea at https://tea.example")
    ana.sees("tea at")
    expect(ana.page.locator(".link-preview")).to_have_count(0)
