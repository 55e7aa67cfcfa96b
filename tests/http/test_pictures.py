"""Pictures of users and channels over real sockets."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import trio

from tests.gateway.conftest import CHANNEL, Running, Start
from tests.http.test_files import bearer, blobs, call, request
from tests.imaging.samples import SECRET, opened, photo, picture


@pytest.fixture
async def running(start: Start) -> Running:
    found: Running = await start()
    await found.people("ann", "bob", "cid")
    await found.api("PUT", f"/group_channels/{CHANNEL}/leave", user_ids=["cid"])
    return found


async def post(running: Running, path: str, user_id: str, content: bytes, **more: Any) -> httpx.Response:
    return await request(running, "POST", path, headers=await bearer(running, user_id), content=content, **more)


async def test_an_avatar_is_a_square_of_nothing_but_colours(running: Running) -> None:
    answer = await post(running, "/client/v1/avatar", "ann", photo(width=900, height=600))
    assert answer.status_code == 200, answer.text
    url = answer.json()["profile_url"]
    assert (await running.api("GET", "/users/ann"))["profile_url"] == url
    loaded = await request(running, "GET", url)
    assert (loaded.status_code, loaded.headers["content-type"]) == (200, "image/jpeg")
    assert "sandbox" in loaded.headers["content-security-policy"]
    assert opened(loaded.content).size == (512, 512)
    assert SECRET not in loaded.content
    assert (await request(running, "GET", "/pictures/unknown")).status_code == 404
    assert (await request(running, "GET", "/pictures/%00")).status_code == 404


async def test_the_picture_before_goes(running: Running) -> None:
    first = (await post(running, "/client/v1/avatar", "ann", picture(90, 60, "PNG"))).json()["profile_url"]
    headers = await bearer(running, "ann")
    files = {"file": ("me.png", picture(60, 60, "PNG", "RGBA"), "image/png")}
    answer = await request(running, "POST", "/client/v1/avatar", headers=headers, files=files)
    second = answer.json()["profile_url"]
    assert (await request(running, "GET", first)).status_code == 404
    assert (await request(running, "GET", second)).headers["content-type"] == "image/webp"
    message = await call(running, "ann", "messages.send", channel_url=CHANNEL, message="hi")
    assert message["user"]["profile_url"] == second
    await running.api("DELETE", "/users/ann")
    assert (await request(running, "GET", second)).status_code == 404


async def test_what_is_no_picture_changes_nothing(running: Running) -> None:
    for content, status in ((b"", 400), (b"<svg/>", 400), (picture(kind="GIF"), 400), (bytes(6 << 20), 413)):
        assert (await post(running, "/client/v1/avatar", "ann", content)).status_code == status
    assert (await call(running, "ann", "users.me"))["profile_url"] == ""
    assert blobs(running) == []
    answer = await request(running, "POST", "/client/v1/avatar", content=picture(kind="PNG"))
    assert answer.status_code == 401


async def test_covers_are_changed_by_who_may_change_the_channel(running: Running) -> None:
    path = f"/client/v1/channels/{CHANNEL}/cover"
    await running.api("PUT", f"/group_channels/{CHANNEL}", cover_url="https://example.org/old.png")
    answer = await post(running, path, "ann", picture(90, 60))
    assert answer.status_code == 200, answer.text
    url = answer.json()["cover_url"]
    assert opened((await request(running, "GET", url)).content).size == (60, 60)
    for user_id, at in (("cid", path), ("ann", "/client/v1/channels/unknown/cover")):
        assert (await post(running, at, user_id, picture(90, 60))).json()["code"] == 400201
    assert len(blobs(running)) == 1
    await running.api("DELETE", f"/group_channels/{CHANNEL}")
    assert (await request(running, "GET", url)).status_code == 404


async def test_backends_send_a_picture_with_the_rest(running: Running) -> None:
    headers = {"Api-Token": running.token}
    data = {"user_id": "dan", "nickname": "Dan", "profile_url": ""}
    file = {"profile_file": ("dan.jpg", picture(90, 60), "image/jpeg")}
    made = await request(running, "POST", "/v3/users", headers=headers, data=data, files=file)
    assert made.json()["nickname"] == "Dan"
    assert opened((await request(running, "GET", made.json()["profile_url"])).content).size == (60, 60)
    answer = await request(running, "PUT", "/v3/users/ann", headers=headers, data={"nickname": "Anna"}, files=file)
    assert (answer.json()["nickname"], answer.json()["profile_url"][:10]) == ("Anna", "/pictures/")
    file = {"cover_file": ("tea.jpg", picture(90, 60), "image/jpeg")}
    for method, path, more in (
        ("POST", "/v3/group_channels", {"user_ids": "ann,bob", "name": "Tea"}),
        ("PUT", f"/v3/group_channels/{CHANNEL}", {"name": "Tea"}),
    ):
        answer = await request(running, method, path, headers=headers, data=more, files=file)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["name"], answer.json()["cover_url"][:10]) == ("Tea", "/pictures/")
    assert len(blobs(running)) == 4
    plain = {"nickname": (None, "Annie")}
    answer = await request(running, "PUT", "/v3/users/ann", headers=headers, files=plain)
    assert answer.json()["nickname"] == "Annie"
    refused = await request(running, "PUT", "/v3/users/nobody", headers=headers, files={"profile_file": ("a", b"a")})
    assert refused.status_code == 400


async def test_a_file_gets_thumbnails_while_others_talk(running: Running) -> None:
    headers = await bearer(running, "ann") | {"content-type": "image/jpeg"}
    file = (await request(running, "POST", "/client/v1/files", headers=headers, content=picture(640, 480))).json()
    files = [{"file_id": file["file_id"]}]
    message = await call(running, "ann", "messages.send", channel_url=CHANNEL, files=files)
    with trio.fail_after(20):
        while not message["thumbnails"]:
            await trio.sleep(0.05)
            place = {"channel_url": CHANNEL, "message_id": message["message_id"]}
            message = await call(running, "bob", "messages.view", **place)
    (thumbnail,) = message["thumbnails"]
    loaded = await request(running, "GET", thumbnail["url"])
    assert (loaded.status_code, opened(loaded.content).size) == (200, (320, 240))
    assert (thumbnail["real_width"], thumbnail["real_height"]) == (320, 240)
