"""What a page names of its script's modules."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from chatd.http.pages import WEB
from chatd.http.preloads import with_preloads
from tests.gateway.conftest import Running

ENTRY = '    <script type="module" src="/web/app/main.js"></script>\n'
_NAMED = re.compile(r'<link rel="modulepreload" href="([^"]+)">')
_IMPORTED = re.compile(r'^(?:import|export) [^"]*"(\.[^"]+)";$', re.MULTILINE)


def test_each_module_is_named_once_and_nearest_first(tmp_path: Path) -> None:
    modules = {
        "app/main.js": 'import a from "./near.js";\nimport "../sdk/index.js";\nconst b = () => import("./later.js");\n',
        "app/near.js": 'import {\n  b,\n} from "./far.js";\n// import "./never.js";\n',
        "app/far.js": 'import { a } from "./near.js";\n',
        "sdk/index.js": 'export * from "./chat.js";\nexport const text = "./no.js";\n',
        "sdk/chat.js": "",
    }
    for name, text in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    page = with_preloads(f"<head>\n{ENTRY}</head>\n", tmp_path)
    expected = ["/web/app/near.js", "/web/sdk/index.js", "/web/app/far.js", "/web/sdk/chat.js"]
    assert _NAMED.findall(page) == expected
    assert page.endswith(f"{ENTRY}</head>\n")


def test_a_page_without_modules_stays_as_it_is(tmp_path: Path) -> None:
    page = '<script src="/web/app/main.js"></script>\n'
    assert with_preloads(page, tmp_path) == page


async def test_the_pages_name_all_that_their_scripts_import(running: Running) -> None:
    async with httpx.AsyncClient(base_url=running.url) as client:
        for path in ("/", "/widget", "/dashboard"):
            answer = await client.get(path)
            assert answer.headers["content-encoding"] == "gzip"
            named = {WEB / name.removeprefix("/web/") for name in _NAMED.findall(answer.text)}
            beside = [(each, name) for each in named for name in _IMPORTED.findall(each.read_text("utf-8"))]
            assert len(named) > 10
            assert {(each.parent / name).resolve() for each, name in beside} <= {each.resolve() for each in named}
            plain = await client.get(path, headers={"Accept-Encoding": "identity"})
            assert ("content-encoding" in plain.headers, plain.text) == (False, answer.text)
