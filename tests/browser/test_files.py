"""Files in a conversation: chosen, dropped and pasted, seen by the other, and harmless."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Request, expect

from tests.browser.conftest import DESK
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='parent.document.title=1'><script>alert(1)</script></svg>"


def picture(width: int = 900, height: int = 600) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), (40, 120, 80)).save(target, "PNG")
    return target.getvalue()


def payload(name: str, kind: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": data}


def choose(person: Person, *files: FilePayload) -> None:
    with person.page.expect_file_chooser() as chooser:
        person.page.get_by_role("button", name="Attach").click()
        person.page.get_by_role("menuitem", name="Files").click()
    chooser.value.set_files(list(files))


def drop(person: Person, event: str, name: str, kind: str, text: str) -> None:
    """Drag a file over the conversation, or let it go there; or paste it into the field."""
    script = """([event, name, type, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name, { type }));
        const options = { bubbles: true, cancelable: true };
        const target = document.querySelector(event === "paste" ? ".composer textarea" : ".scroller");
        target.dispatchEvent(event === "paste"
            ? new ClipboardEvent(event, { ...options, clipboardData: data })
            : new DragEvent(event, { ...options, dataTransfer: data }));
    }"""
    person.page.evaluate(script, [event, name, kind, text])


def test_pictures_and_files_reach_the_other(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    choose(ana, payload("garden.png", "image/png", picture()), payload("plan.pdf", "application/pdf", b"%PDF-1.7"))
    tray = ana.page.get_by_role("list", name="Files to send")
    expect(tray.get_by_role("listitem")).to_have_count(2)
    ana.field.fill("The garden")
    ana.field.press("Enter")
    expect(tray).to_be_hidden()
    ben.sees("The garden")
    shown = ben.messages.last
    expect(shown.get_by_role("button", name="Open garden.png").locator("img")).to_have_js_property("complete", True)
    assert shown.locator("img").evaluate("image => image.naturalWidth") > 0
    with ben.page.expect_download() as download:
        shown.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"
    assert download.value.path().read_bytes() == b"%PDF-1.7"
    expect(ben.channel("General")).to_contain_text("The garden")


def test_gallery_walks_through_the_pictures_of_a_message(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    choose(ana, *(payload(f"view{n}.png", "image/png", picture(300, 200)) for n in (1, 2, 3)))
    ana.field.press("Enter")
    ben.page.get_by_role("button", name="Open view2.png").last.click()
    gallery = ben.page.get_by_role("dialog", name="Pictures")
    expect(gallery.get_by_role("heading")).to_have_text("view2.png")
    ben.page.keyboard.press("ArrowRight")
    ben.page.keyboard.press("ArrowRight")
    expect(gallery.get_by_role("heading")).to_have_text("view1.png")
    expect(gallery.get_by_text("1 of 3")).to_be_visible()
    ben.page.keyboard.press("Escape")
    expect(gallery).to_have_count(0)


def test_files_can_be_dropped_pasted_and_taken_back(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    drop(ana, "dragenter", "a.txt", "text/plain", "a")
    expect(ana.page.get_by_text("Drop files to attach them")).to_be_visible()
    drop(ana, "drop", "dropped.txt", "text/plain", "dropped")
    expect(ana.page.get_by_text("Drop files to attach them")).to_have_count(0)
    drop(ana, "paste", "pasted.txt", "text/plain", "pasted")
    ana.page.get_by_role("button", name="Remove pasted.txt").click()
    ana.field.press("Enter")
    expect(ana.messages.last.get_by_role("link", name="dropped.txt")).to_be_visible()
    expect(ana.page.locator(".feed").get_by_text("pasted.txt")).to_have_count(0)


def test_a_text_does_not_wait_for_files_and_a_refused_file_can_be_sent_again(come: Come) -> None:
    ana = come("ana", **DESK)
    ana.open("General")
    held: list[object] = []
    ana.page.route("**/client/v1/files*", lambda route: held.append(route))
    choose(ana, payload("slow.txt", "text/plain", b"slow"))
    with ana.page.expect_request("**/client/v1/files*"):
        ana.field.press("Enter")
    expect(ana.page.get_by_label("Sent so far")).to_be_visible()
    ana.say("I am first")
    expect(ana.page.locator(".message:not(.pending)", has_text="I am first")).to_be_visible()
    held.pop().fulfill(status=413, json={"error": True, "code": 400111, "message": "It is too large."})  # type: ignore[attr-defined]
    expect(ana.page.get_by_text("Not sent. It is too large.")).to_be_visible()
    ana.page.unroute("**/client/v1/files*")
    ana.page.get_by_role("button", name="Retry").click()
    expect(ana.messages.last.get_by_role("link", name="slow.txt")).to_be_visible()
    ana.complaints[:] = [each for each in ana.complaints if "413" not in each]


def test_what_is_uploaded_stays_a_file(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    hostile = "<img src=x onerror=alert(1)>.svg"
    choose(ana, payload(hostile, "image/svg+xml", SVG), payload("page.html", "text/html", b"<script>alert(1)</script>"))
    ana.field.press("Enter")
    shown = ben.messages.last
    expect(shown.get_by_role("link")).to_have_count(2)
    expect(shown.get_by_role("link").first).to_contain_text(hostile)
    assert shown.locator("img, iframe, object, embed, script").count() == 0
    loads: list[Request] = []
    ben.page.on("request", lambda request: loads.append(request))
    with ben.page.expect_download():
        shown.get_by_role("link").first.click()
    assert ben.page.url.startswith(ben.url + "/#")
    assert ben.page.title() != "1"
