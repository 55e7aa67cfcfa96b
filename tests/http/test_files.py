"""Files over real sockets: up, into a message, and down again to those who may have them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import trio
from msgspec.structs import replace

from chatd.config import Files
from tests.gateway import conftest
from tests.gateway.conftest import CHANNEL, Running, Start

ROOM = f"/group_channels/{CHANNEL}"
LIMIT = 400_000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 1000


@pytest.fixture
async def running(start: Start, monkeypatch: pytest.MonkeyPatch) -> Running:
    monkeypatch.setattr(conftest, "QUICK", replace(conftest.QUICK, files=Files(LIMIT, 0)))
    found: Running = await start()
    await found.people("ann", "bob", "cid")
    await found.api("PUT", f"{ROOM}/leave", user_ids=["cid"])
    return found


async def request(running: Running, method: str, path: str, **more: Any) -> httpx.Response:
    async with httpx.AsyncClient(verify=False) as client:
        return await client.request(method, f"{running.url}{path}", **more)


async def bearer(running: Running, user_id: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {await running.session(user_id)}"}


async def upload(running: Running, user_id: str = "ann", content: Any = PNG, name: str = "cat.png") -> Any:
    headers = await bearer(running, user_id) | {"content-type": "image/png"}
    answer = await request(running, "POST", "/client/v1/files", headers=headers, content=content, params={"name": name})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def call(running: Running, user_id: str, method: str, **params: Any) -> Any:
    answer = await request(
        running, "POST", f"/client/v1/rpc/{method}", headers=await bearer(running, user_id), json=params
    )
    return answer.json()


async def sent(running: Running, **more: Any) -> Any:
    file = await upload(running, **more)
    return await call(running, "ann", "messages.send", channel_url=CHANNEL, files=[{"file_id": file["file_id"]}])


async def parts(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1000):
        yield content[start : start + 1000]


def blobs(running: Running) -> list[Path]:
    return [path for path in (running.directory / "files").glob("*/*/*") if path.is_file()]


def incoming(running: Running) -> list[Path]:
    return list((running.directory / "files" / "incoming").glob("*"))


async def test_a_file_comes_back_as_it_went(running: Running) -> None:
    file = await upload(running, content=parts(PNG))
    assert file == {"file_id": file["file_id"], "name": "cat.png", "type": "image/png", "size": len(PNG)}
    message = await call(
        running, "ann", "messages.send", channel_url=CHANNEL, files=[{"file_id": file["file_id"]}], message="look"
    )
    assert (message["type"], message["message"]) == ("FILE", "look")
    shown = message["file"]
    assert (shown["name"], shown["type"], shown["size"]) == ("cat.png", "image/png", len(PNG))
    answer = await request(running, "GET", shown["url"])
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("inline; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert len(blobs(running)) == 1
    assert incoming(running) == []


async def test_a_form_does_too(running: Running) -> None:
    headers = await bearer(running, "ann")
    files = {"file": ('C:\\photos\\Käse "1".html', b"<script>", "text/html")}
    answer = await request(running, "POST", "/client/v1/files", headers=headers, files=files)
    file = answer.json()
    assert (file["name"], file["type"], file["size"]) == ('Käse "1".html', "text/html", 8)
    message = await call(running, "ann", "messages.send", channel_url=CHANNEL, files=[{"file_id": file["file_id"]}])
    loaded = await request(running, "GET", message["file"]["url"])
    assert loaded.content == b"<script>"
    # What could act as a page or a script is bytes to save.
    assert loaded.headers["content-type"] == "application/octet-stream"
    assert loaded.headers["content-disposition"] == (
        "attachment; filename=\"K_se _1_.html\"; filename*=UTF-8''K%C3%A4se%20%221%22.html"
    )


async def test_backends_send_a_file_with_its_message(running: Running) -> None:
    headers = {"Api-Token": running.token}
    data = {"user_id": "ann", "message_type": "FILE", "custom_type": "scan", "mentioned_user_ids": ["ann", "bob"]}
    answer = await request(
        running, "POST", f"/v3{ROOM}/messages", headers=headers, data=data, files={"file": ("a.txt", b"hello")}
    )
    assert answer.status_code == 200, answer.text
    message = answer.json()
    assert (message["type"], message["custom_type"], message["file"]["name"]) == ("FILE", "scan", "a.txt")
    assert [user["user_id"] for user in message["mentioned_users"]] == ["ann", "bob"]
    path = message["file"]["url"].partition("?")[0]
    assert (await request(running, "GET", path, headers=headers)).content == b"hello"
    several = [("file", ("b.txt", b"b")), ("file", ("c.txt", b"c"))]
    answer = await request(running, "POST", f"/v3{ROOM}/messages?user_id=ann", headers=headers, files=several)
    assert [file["file_name"] for file in answer.json()["files"]] == ["b.txt", "c.txt"]


async def test_a_message_that_is_refused_leaves_no_file(running: Running) -> None:
    headers = {"Api-Token": running.token}
    for data in ({"user_id": "cid"}, {"user_id": "ann", "message_type": "ADMM"}, {"user_id": "nobody"}):
        answer = await request(
            running, "POST", f"/v3{ROOM}/messages", headers=headers, data=data, files={"file": ("a.txt", b"hello")}
        )
        assert answer.status_code == 400, answer.text
    assert blobs(running) == incoming(running) == []


async def test_files_elsewhere_are_only_named(running: Running) -> None:
    body = {"user_id": "ann", "message_type": "FILE", "url": "https://cdn.example.org/a.png", "file_name": "a.png"}
    message = await running.api("POST", f"{ROOM}/messages", **body, file_type="image/png", file_size=5)
    assert message["file"]["url"] == "https://cdn.example.org/a.png"
    assert (message["file"]["name"], message["file"]["size"]) == ("a.png", 5)
    refused = await running.api("POST", f"{ROOM}/messages", 400, **(body | {"url": "javascript:alert(1)"}))
    assert refused["code"] == 400151


async def test_strangers_find_nothing(running: Running) -> None:
    url = (await sent(running))["file"]["url"]
    path, _, query = url.partition("?")

    async def status(path: str, **headers: str) -> int:
        return (await request(running, "GET", path, headers=headers)).status_code

    assert await status(path, **await bearer(running, "bob")) == 200
    assert await status(path, **await bearer(running, "cid")) == 404
    assert await status(path, **{"Api-Token": "nonsense"}) == 404
    assert await status(path, Authorization="Bearer nonsense") == 404
    assert await status(path) == 404
    assert await status(url) == 200
    expires = int(re.findall(r"expires=(\d+)", query)[0])
    for forged in (
        url.replace(f"expires={expires}", f"expires={expires + 1}"),
        url.replace("application=1", "application=2"),
        url.replace("application=1", "application=99999999999999999999"),
        url.replace("signature=", "signature=é"),
        url[:-1],
        url.replace("/files/", "/files/0"),
        "/files/..%2f..%2fdata.mdb/x?" + query,
        f"/files/{'x' * 900}/x?{query}",
    ):
        assert await status(forged) == 404, forged


async def test_an_upload_is_its_uploaders_alone(running: Running) -> None:
    file = await upload(running)
    path = f"/files/{file['file_id']}/cat.png"
    assert (await request(running, "GET", path, headers=await bearer(running, "ann"))).status_code == 200
    assert (await request(running, "GET", path, headers=await bearer(running, "bob"))).status_code == 404
    files = [{"file_id": file["file_id"]}]
    stolen = await call(running, "bob", "messages.send", channel_url=CHANNEL, files=files)
    assert stolen["code"] == 400201
    assert "message_id" in await call(running, "ann", "messages.send", channel_url=CHANNEL, files=files)
    again = await call(running, "ann", "messages.send", channel_url=CHANNEL, files=files)
    assert again["code"] == 400201


async def test_a_file_goes_with_its_message(running: Running) -> None:
    message = await sent(running)
    await call(running, "ann", "messages.delete", channel_url=CHANNEL, message_id=message["message_id"])
    assert (await request(running, "GET", message["file"]["url"])).status_code == 404


RANGES = [
    ("bytes=0-0", 0, 1),
    ("bytes=10-19", 10, 20),
    ("bytes=-5", len(PNG) - 5, len(PNG)),
    (f"bytes={len(PNG) - 3}-", len(PNG) - 3, len(PNG)),
    (f"bytes=5-{len(PNG) + 100}", 5, len(PNG)),
    ("bytes=-99999999", 0, None),
    ("bytes=5-4", 0, None),
    ("bytes=-", 0, None),
    ("bytes=0-1,3-4", 0, None),
    ("lines=0-1", 0, None),
    ("bytes=-0", -1, None),
    (f"bytes={len(PNG)}-", -1, None),
]


async def test_a_part_of_a_file(running: Running) -> None:
    url = (await sent(running))["file"]["url"]
    for asked, first, end in RANGES:
        answer = await request(running, "GET", url, headers={"Range": asked})
        if first < 0:
            assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(PNG)}"), asked
        elif end is None:
            assert (answer.status_code, answer.content) == (200, PNG), asked
        else:
            assert (answer.status_code, answer.content) == (206, PNG[first:end]), asked
            assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{len(PNG)}"


async def test_conditions_and_heads(running: Running) -> None:
    url = (await sent(running))["file"]["url"]
    head = await request(running, "HEAD", url)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PNG)))
    etag = head.headers["etag"]
    for tags in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = await request(running, "GET", url, headers={"If-None-Match": tags})
        assert (answer.status_code, answer.content) == (304, b"")
    part = {"Range": "bytes=0-3"}
    assert (await request(running, "GET", url, headers=part | {"If-Range": etag})).status_code == 206
    assert (await request(running, "GET", url, headers=part | {"If-Range": '"old"'})).status_code == 200


async def test_an_empty_file_is_one(running: Running) -> None:
    message = await sent(running, content=b"", name="")
    assert (message["file"]["name"], message["file"]["size"]) == ("file", 0)
    answer = await request(running, "GET", message["file"]["url"])
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("is_declared", [True, False])
async def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(running: Running, is_declared: bool) -> None:
    headers = await bearer(running, "ann")
    content: Any = bytes(3 * LIMIT)
    content = content if is_declared else parts(content)
    answer = await request(running, "POST", "/client/v1/files", headers=headers, content=content)
    assert (answer.status_code, answer.json()["code"]) == (413, 400403)
    assert blobs(running) == incoming(running) == []


BROKEN_FORMS = [
    b"",
    b"nonsense",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut off',
    b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n',
    b"--x\r\n\r\nno name\r\n--x--\r\n",
]


async def test_forms_that_are_none(running: Running) -> None:
    headers = await bearer(running, "ann") | {"content-type": "multipart/form-data; boundary=x"}
    for body in BROKEN_FORMS:
        answer = await request(running, "POST", "/client/v1/files", headers=headers, content=body)
        assert (answer.status_code, answer.json()["code"]) == (400, 400403), body
    assert blobs(running) == incoming(running) == []


async def test_a_disk_with_no_room_for_files_still_takes_messages(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conftest, "QUICK", replace(conftest.QUICK, files=Files(LIMIT, 2**44)))
    running: Running = await start()
    await running.people("ann")
    answer = await request(running, "POST", "/client/v1/files", headers=await bearer(running, "ann"), content=PNG)
    assert (answer.status_code, answer.json()["code"]) == (503, 500901)
    assert "No space left" in answer.json()["message"]
    assert blobs(running) == incoming(running) == []
    assert "message_id" in await running.api("POST", f"{ROOM}/messages", user_id="ann", message="hi")


async def test_a_form_has_one_file_here(running: Running) -> None:
    headers = await bearer(running, "ann")
    several = [("file", ("b.txt", b"b")), ("file", ("c.txt", b"c"))]
    answer = await request(running, "POST", "/client/v1/files", headers=headers, files=several)
    assert (answer.status_code, answer.json()["code"]) == (400, 400111)
    assert blobs(running) == incoming(running) == []


async def test_pages_of_allowed_origins_upload_and_load(running: Running) -> None:
    friend = {"Origin": "https://friend.example"}
    asked = await request(running, "OPTIONS", "/client/v1/files", headers=friend)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, friend["Origin"])
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    headers = friend | await bearer(running, "ann")
    answer = await request(running, "POST", "/client/v1/files", headers=headers, content=PNG)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, friend["Origin"])
    refused = await request(running, "POST", "/client/v1/files", headers=friend, content=PNG)
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, friend["Origin"])
    strange = headers | {"Origin": "https://strange.example"}
    answer = await request(running, "POST", "/client/v1/files", headers=strange, content=PNG)
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (400, False)
    loaded = await request(running, "GET", (await sent(running))["file"]["url"], headers={"Origin": "null"})
    assert loaded.headers["access-control-allow-origin"] == "*"


async def test_uploads_need_a_session(running: Running) -> None:
    answer = await request(running, "POST", "/client/v1/files", content=PNG)
    assert (answer.status_code, answer.json()["code"]) == (401, 400303)


async def test_a_client_that_hangs_up_leaves_nothing(running: Running) -> None:
    headers = await bearer(running, "ann")

    async def broken() -> AsyncIterator[bytes]:
        yield bytes(300_000)
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        await request(running, "POST", "/client/v1/files", headers=headers, content=broken())
    await sent(running, content=b"later")
    with trio.fail_after(5):
        while incoming(running):
            await trio.sleep(0.05)
    assert len(blobs(running)) == 1


async def test_files_have_as_much_room_as_the_server_says(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Files(LIMIT, 0, max_bytes_per_user=1000, max_bytes_per_application=1500)
    monkeypatch.setattr(conftest, "QUICK", replace(conftest.QUICK, files=limits))
    running: Running = await start()
    await running.people("ann", "bob")

    async def tried(user_id: str, content: Any) -> tuple[int, str]:
        headers = await bearer(running, user_id)
        answer = await request(running, "POST", "/client/v1/files", headers=headers, content=content)
        said = answer.json()
        return said.get("code", 0), said.get("message", "") or said["file_id"]

    code, file_id = await tried("ann", bytes(900))
    assert code == 0
    refused = (400203, "There is no room for this file: 900 of your 1000 bytes are taken.")
    assert await tried("ann", bytes(101)) == await tried("ann", parts(bytes(101))) == refused
    sent = await call(running, "ann", "messages.send", channel_url=CHANNEL, files=[{"file_id": file_id}])
    assert await tried("ann", bytes(101)) == refused
    assert await tried("bob", bytes(700)) == (
        400203,
        "There is no room for this file: 900 of the application's 1500 bytes are taken.",
    )
    await call(running, "ann", "messages.delete", channel_url=CHANNEL, message_id=sent["message_id"])
    assert (await tried("bob", bytes(700)))[0] == (await tried("ann", bytes(1000)))[0] == 0
    assert incoming(running) == []


async def test_bots_send_forms_with_and_without_files(running: Running) -> None:
    """Generated clients always send forms for bots."""
    named = {
        "bot_userid": "robin",
        "bot_nickname": "Robin",
        "bot_profile_url": "",
        "bot_type": "",
        "is_privacy_mode": True,
    }
    await running.api("POST", "/bots", **named, bot_callback_url="")
    await running.api("POST", "/bots/robin/channels", channel_urls=[CHANNEL])
    fields = {"channel_url": (None, CHANNEL), "message": (None, "chirp"), "mentioned": (None, "ann")}
    headers = {"Api-Token": running.token}
    for files in ({}, {"file": ("cat.png", PNG, "image/png")}):
        answer = await request(running, "POST", "/v3/bots/robin/send", headers=headers, files=fields | files)
        message = answer.json()["message"]
        assert (message["message"], message["mentioned_users"][0]["user_id"]) == ("chirp", "ann")
        assert message["type"] == ("FILE" if files else "MESG")
