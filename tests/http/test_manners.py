"""What every request of a backend may be like, whatever the operation."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import trio
from starlette.requests import Request

from chatd.config import Config, Files, Http
from chatd.errors import TooLarge
from chatd.http.uploads import read_fields
from tests.gateway.conftest import CHANNEL, Running

ROOM = f"/v3/group_channels/{CHANNEL}"


async def sent(running: Running, method: str, path: str, **more: Any) -> httpx.Response:
    headers = {"api-token": running.token} | more.pop("headers", {})
    async with httpx.AsyncClient(base_url=running.url) as client:
        return await client.request(method, path, headers=headers, **more)


async def test_the_case_of_header_names_makes_no_difference(running: Running) -> None:
    async with httpx.AsyncClient(base_url=running.url) as client:
        for name in ("Api-Token", "api-token", "API-TOKEN"):
            assert (await client.get("/v3/users", headers={name: running.token})).status_code == 200


async def test_json_is_read_whatever_it_is_called(running: Running) -> None:
    for kind in ("application/json; charset=utf8", "application/x-www-form-urlencoded", "text/plain", ""):
        answer = await sent(
            running, "PUT", "/v3/users/ann", content=b'{"nickname": "A"}', headers={"Content-Type": kind}
        )
        assert (answer.status_code, answer.json()["nickname"]) == (200, "A"), kind
        assert answer.headers["content-type"] == "application/json"


async def test_what_is_no_json_object_is_refused(running: Running) -> None:
    for body in (b"user_id=carl&nickname=Carl", b"<user/>", b'"carl"', b"\xef\xbb\xbf{}"):
        answer = await sent(running, "POST", "/v3/users", content=body)
        assert (answer.status_code, answer.json()["code"]) == (400, 400403), body


async def test_every_operation_takes_forms(running: Running) -> None:
    """Their fields are text, lists have a field for each item or commas."""
    fields = {"user_id": (None, "carl"), "nickname": (None, "Carl"), "preferred_languages": (None, "en,es")}
    assert (await sent(running, "POST", "/v3/users", files=fields)).json()["preferred_languages"] == ["en", "es"]
    several = [("user_ids", (None, b"carl")), ("is_public", (None, b"True"))]
    answer = await sent(running, "POST", f"{ROOM}/invite", files=several)
    assert {each["user_id"] for each in answer.json()["members"]} == {"ann", "bob", "carl"}
    answer = await sent(
        running, "PUT", f"{ROOM}/leave", files=[("user_ids", (None, b"ann")), ("user_ids", (None, b"bob"))]
    )
    assert answer.json() == {}


async def test_a_form_may_come_in_any_parts() -> None:
    field = b'--X\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    form = b"before\r\n" + field % (b"user_id", b"carl") + field % (b"nickname", b"C\r\n--arl") + b"--X--\r\n\r\nbehind"
    scope = {"type": "http", "headers": [(b"content-type", b"multipart/form-data; boundary=X")]}
    services: Any = SimpleNamespace(config=Config())
    for cut in range(len(form)):
        parts = iter([(form[:cut], True), (form[cut:], False)])

        async def receive(parts: Any = parts) -> Any:
            body, is_more = next(parts)
            return {"type": "http.request", "body": body, "more_body": is_more}

        fields = await read_fields(Request(scope, receive), services)
        assert fields == {"user_id": "carl", "nickname": "C\r\n--arl"}, cut


async def test_a_form_that_does_not_end_is_refused() -> None:
    services: Any = SimpleNamespace(config=Config(files=Files(max_bytes=1000), http=Http(max_body_bytes=1000)))
    scope = {"type": "http", "headers": [(b"content-type", b"multipart/form-data; boundary=X")]}
    for piece in (b"before, ", b"\r\n", b"--X--\r\n"):

        async def receive(piece: bytes = piece) -> Any:
            return {"type": "http.request", "body": piece * 1000, "more_body": True}

        with trio.fail_after(10), pytest.raises(TooLarge):
            await read_fields(Request(scope, receive), services)


async def test_an_empty_name_is_not_all_of_them(running: Running) -> None:
    await sent(running, "POST", f"{ROOM}/metadata", json={"metadata": {"color": "red"}})
    for method in ("DELETE", "PUT"):
        refused = await sent(running, method, f"{ROOM}/metadata/", json={"metadata": {}, "value": ""})
        assert refused.status_code == 400
    assert (await sent(running, "GET", f"{ROOM}/metadata/")).json() == {"color": "red"}


async def test_forms_may_hold_json(running: Running) -> None:
    meta = '[{"key": "place", "value": ["a", "b"]}]'
    fields = {"user_id": (None, "ann"), "message": (None, "[1]"), "sorted_metaarray": (None, meta)}
    message = (await sent(running, "POST", f"{ROOM}/messages?with_sorted_meta_array=true", files=fields)).json()
    assert message["message"] == "[1]"
    answer = await sent(running, "GET", f"{ROOM}/messages/{message['message_id']}?with_sorted_meta_array=true")
    assert answer.json()["sorted_metaarray"] == [{"key": "place", "value": ["a", "b"]}]
    answer = await sent(running, "POST", f"{ROOM}/metadata", files={"metadata": (None, '{"color": "red"}')})
    assert answer.json() == {"color": "red"}


async def test_a_file_where_none_is_expected_is_refused(running: Running) -> None:
    answer = await sent(running, "PUT", f"{ROOM}/join", files={"user_id": (None, "ann"), "file": ("a.png", b"png")})
    assert (answer.status_code, answer.json()["code"]) == (400, 400403)


async def test_deletes_may_have_bodies(running: Running) -> None:
    assert (await sent(running, "DELETE", f"{ROOM}/typing", json={"user_ids": ["ann"]})).json() == {}
    answer = await sent(running, "DELETE", f"{ROOM}/typing")
    assert (answer.status_code, answer.json()["code"]) == (400, 400105)


async def test_unknown_methods_are_unknown_operations(running: Running) -> None:
    for method in ("PATCH", "OPTIONS", "TRACE"):
        answer = await sent(running, method, "/v3/users/ann")
        assert (answer.status_code, answer.json()["code"]) == (400, 400404), method


async def test_booleans_may_be_written_in_any_way(running: Running) -> None:
    for value in ("true", "True", "TRUE", "1"):
        assert len((await sent(running, "GET", f"{ROOM}?show_member={value}")).json()["members"]) == 2, value
    for value in ("false", "False", "0"):
        assert "members" not in (await sent(running, "GET", f"{ROOM}?show_member={value}")).json(), value


async def test_channels_are_in_seconds_and_messages_in_milliseconds(running: Running) -> None:
    message = (await sent(running, "POST", f"{ROOM}/messages", json={"user_id": "ann", "message": "x"})).json()
    channel = (await sent(running, "GET", ROOM)).json()
    assert message["created_at"] // 1000 - channel["created_at"] in range(60)
    assert channel["channel"]["created_at"] == channel["created_at"]
    assert channel["last_message"]["created_at"] == message["created_at"]


async def test_another_kind_of_channel_is_not_found(running: Running) -> None:
    await running.api("POST", "/open_channels", channel_url="hall")
    for path in (f"/v3/open_channels/{CHANNEL}/messages/total_count", "/v3/group_channels/hall/messages/total_count"):
        answer = await sent(running, "GET", path)
        assert (answer.status_code, answer.json()["code"]) == (400, 400201)
    assert (await sent(running, "GET", f"/v3/open_channels/{'x' * 300}/messages/total_count")).json()["code"] == 400201


async def test_what_is_too_large_is_refused_before_it_is_read(running: Running) -> None:
    """The declared length is enough; so is the part of a body that does not say how long it is."""
    head = {"Content-Length": "30000"}
    answer = await sent(running, "POST", "/v3/users", content=b"{" + b" " * 29_999, headers=head)
    assert (answer.status_code, answer.json()["code"]) == (413, 400403)
