"""Pages, static files, health, and what is true for every answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import httpx
import orjson
import pytest
from PIL import Image

from chatd.http.pages import WEB, widget
from chatd.http.worker import shell
from tests.gateway.client import Client
from tests.gateway.conftest import Running

FILES = sorted(str(path.relative_to(WEB)) for path in WEB.rglob("*") if path.is_file())
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".proto": "text/plain; charset=utf-8",
}


async def get(running: Running, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        answer = await client.request(method, running.url + path, headers=headers)
    for name in ("x-content-type-options", "referrer-policy", "cross-origin-resource-policy"):
        assert name in answer.headers, (path, name)
    return answer


async def test_pages_come_with_a_strict_policy(running: Running) -> None:
    for path in ("/", "/join/whatever", "/docs/api", "/dashboard", "/web/index.html"):
        page = await get(running, path)
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in policy
        assert page.headers["cache-control"] == "no-cache"
    assert (await get(running, "/web/index.html", **{"If-None-Match": page.headers["etag"]})).status_code == 304


async def test_the_widget_is_framed_by_named_origins_only(running: Running) -> None:
    nobody = (await get(running, "/widget")).headers["content-security-policy"]
    assert "frame-ancestors 'none';" in nobody
    friends = (await widget({"headers": []}, ["https://shop.example"])).headers["content-security-policy"]
    assert friends == nobody.replace("'none'; base-uri", "https://shop.example; base-uri")
    script = await get(running, "/widget.js")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.content == (WEB / "widget.js").read_bytes()


async def test_every_file_has_the_type_that_browsers_ask_for(running: Running) -> None:
    async with httpx.AsyncClient(base_url=running.url, headers={"Accept-Encoding": "identity"}) as client:
        for name in FILES:
            answer = await client.get(f"/web/{name}")
            assert answer.content == (WEB / name).read_bytes()
            expected = TYPES.get(Path(name).suffix)
            assert expected in (None, answer.headers["content-type"]), name


async def test_packed_scripts_lack_nothing_but_comments_and_indentation(running: Running) -> None:
    async with httpx.AsyncClient(base_url=running.url, headers={"Accept-Encoding": "gzip"}) as client:
        for name in (name for name in FILES if name.startswith(("app/", "sdk/"))):
            whole = re.sub(r"/\*\* @type [^\n*]*\*/ ", "", (WEB / name).read_text("utf-8"))
            rest = lines(whole)
            for line in lines((await client.get(f"/web/{name}")).text):
                left_out = takewhile(lambda each, line=line: each != line, rest)
                assert all(each.startswith(("//", "/*", "*")) for each in left_out), (name, line)


def lines(text: str) -> Iterator[str]:
    """Those that are not empty, without what they begin with."""
    return (line.lstrip() for line in text.splitlines() if line.strip())


def test_no_text_of_a_script_goes_over_lines() -> None:
    """Indentation of it would be lost."""
    for name in (name for name in FILES if re.match(r"(app|sdk)/.*\.js$", name)):
        for line in (WEB / name).read_text("utf-8").splitlines():
            code = "" if line.lstrip().startswith(("//", "/*", "*")) else re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
            assert code.count("`") % 2 == 0, (name, line)
            assert not code.endswith("\\"), (name, line)


async def test_texts_are_packed_for_those_who_take_it(running: Running) -> None:
    name, font = "app/main.js", next(each for each in FILES if each.endswith(".woff2"))
    plain = await get(running, f"/web/{name}", **{"Accept-Encoding": "identity"})
    packed = await get(running, f"/web/{name}", **{"Accept-Encoding": "br, gzip;q=0.8"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == (WEB / name).read_bytes()
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
    assert packed.headers["content-security-policy"] == plain.headers["content-security-policy"]
    again = await get(running, f"/web/{name}", **{"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    refused = await get(running, f"/web/{name}", **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers
    assert "content-encoding" not in (await get(running, f"/web/{font}", **{"Accept-Encoding": "gzip"})).headers
    head = await get(running, f"/web/{name}", "HEAD", **{"Accept-Encoding": "gzip"})
    assert (head.content, head.headers["content-length"]) == (b"", packed.headers["content-length"])


@pytest.mark.parametrize(
    "path", ["/web/../config.py", "/web/%2e%2e/config.py", "/web/%00", "/web/", "/web/nothing", "/nothing", "/v3"]
)
async def test_nothing_else_is_served(running: Running, path: str) -> None:
    answer = await get(running, path)
    assert (answer.status_code, answer.json()["code"]) == (404, 400404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/auth/sign_in", "POST"), ("PUT", "/auth/me", "GET"), ("POST", "/web/icon.svg", None)],
)
async def test_methods_that_do_not_fit(running: Running, method: str, path: str, allowed: str | None) -> None:
    answer = await get(running, path, method)
    assert (answer.status_code, answer.json()["code"]) == (405, 400404)
    assert allowed is None or allowed in answer.headers["allow"]


@pytest.mark.parametrize("first", [b"CONNECT example.org:443", b"OPTIONS *"])
async def test_targets_that_are_no_paths(running: Running, first: bytes) -> None:
    client = await Client.open(running.port)
    await client.send(first + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = await client.rest()
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b'"code":400404}')


@pytest.mark.parametrize("path", ["/", "/healthz", "/web/icon.svg"])
async def test_head_is_get_without_the_body(running: Running, path: str) -> None:
    got, head = await get(running, path), await get(running, path, "HEAD")
    assert head.content == b""
    assert {**got.headers, "date": ""} == {**head.headers, "date": ""}


async def test_health_and_metrics(running: Running) -> None:
    assert (await get(running, "/healthz")).json() == {"status": "ok"}
    assert (await get(running, "/readyz")).json() == {"status": "ok"}
    metrics = (await get(running, "/metrics")).text
    for name in ("chatd_connections", "chatd_commits_total", "chatd_store_used_bytes"):
        assert f"\n{name}" in metrics
    assert '\nchatd_http_requests_total{status="200"}' in metrics


async def test_the_log_has_requests_but_no_secrets(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "chatd"):
        for path in ("/join/geheim", "/auth/invites/geheim", "/auth/invites/geheim%0A1", "/healthz?token=geheim"):
            await get(running, path)
    paths = [vars(record)["fields"]["path"] for record in caplog.records if record.message == "http_request"]
    assert paths == ["/join/...", "/auth/invites/...", "/auth/invites/...", "/healthz"]


@pytest.mark.parametrize(
    "path", ["/v3/applications/api_tokens/geheim", "/v3/push/device_tokens/gcm/geheim", "/v3/users/zoe/push/gcm/geheim"]
)
async def test_the_log_has_no_tokens_of_paths(running: Running, caplog: pytest.LogCaptureFixture, path: str) -> None:
    with caplog.at_level(logging.DEBUG, "chatd"):
        await get(running, path)
    assert "http_request" in caplog.messages
    assert not any("geheim" in str(vars(record)) for record in caplog.records if record.name.startswith("chatd"))


async def test_the_worker_names_its_version_and_files_that_there_are(running: Running) -> None:
    script = await get(running, "/worker.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cache-control"] == "no-cache"
    version, files, *_ = script.text.splitlines()
    assert re.fullmatch(r"const VERSION = '[0-9a-f]{16}';", version)
    for path in orjson.loads(files.removeprefix("const SHELL = ").removesuffix(";")):
        assert path == "/" or (WEB / path.removeprefix("/web/")).is_file(), path
    assert (await get(running, "/worker.js")).text == script.text
    manifest = orjson.loads((await get(running, "/web/manifest.webmanifest")).content)
    for icon in manifest["icons"]:
        picture = Image.open(WEB / icon["src"].removeprefix("/web/"))
        assert (picture.format, icon["sizes"]) == ("PNG", f"{picture.width}x{picture.height}")


def test_what_comes_without_asking_the_worker_is_kept_from_the_beginning() -> None:
    patterns = re.search(r"const FIRST = (\[.*\]);", (WEB / "worker.js").read_text("utf-8"))
    assert patterns is not None
    found = [path for pattern in orjson.loads(patterns[1]) for path in WEB.glob(pattern.removeprefix("/web/"))]
    found += [path for folder in found if folder.is_dir() for path in folder.iterdir()]
    used = {f"/web/{path.relative_to(WEB)}" for path in found if path.suffix in (".js", ".css", ".woff2")}
    assert len(used) > 100
    assert used <= set(shell())


SCRIPTS = ("/sdk/chatd.js", "/sdk/connection.js", "/vendor/centrifuge-5.8.0/centrifuge.js")
SHARED = (*SCRIPTS, "/sdk/chatd.proto", "/sdk/commands.json")
OWN = ("/", "/web/sdk/chatd.js", "/web/app/main.js", "/web/vendor/centrifuge-5.8.0/centrifuge.js", "/sdk/nothing.js")


async def test_pages_of_other_origins_import_the_sdk_and_nothing_else(running: Running) -> None:
    other = {"Origin": "https://shop.example"}
    for path in SHARED:
        answer = await get(running, path, **other)
        assert answer.headers["content-type"] == TYPES[Path(path).suffix]
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        again = await get(running, path, **other, **{"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "*")
    for path in OWN:
        answer = await get(running, path, **other)
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_what_the_sdk_imports_is_where_it_says(running: Running) -> None:
    texts = [(WEB / name).read_text("utf-8") for name in FILES if name.startswith("sdk/") and name.endswith(".js")]
    modules = [re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for text in texts]
    paths = {path for code in modules for path in re.findall(r'(?:from|import) \(?"(\.\.?/[^"]+)"', code)}
    async with httpx.AsyncClient(base_url=running.url) as client:
        assert {path: (await client.get(f"/sdk/{path}")).status_code for path in paths} == dict.fromkeys(paths, 200)
