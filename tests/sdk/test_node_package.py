"""The JavaScript SDK as others have it: its types, its weight, and the npm package."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from chatd import VERSION
from chatd.http.pages import WEB, packed
from tests.sdk.backend import CHANNEL, Backend
from tests.sdk.packages import NODE, install

ROOT = Path(__file__).parents[2]
SDK = WEB / "sdk"
PROGRAMS = Path(__file__).parent / "package"
COMPILER = NODE / "node_modules" / "typescript" / "bin" / "tsc"
STRICT = ["--ignoreConfig", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2023,dom"]
MOST_BYTES = 40 * 1024
FROM_NPM = 'export { Centrifuge } from "centrifuge";\n'


@pytest.fixture(scope="module")
def packages() -> None:
    install()


@pytest.fixture(scope="module")
def project(packages: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in which the package was installed, without a network."""
    folder = tmp_path_factory.mktemp("project")
    command = [sys.executable, str(ROOT / "scripts" / "packing"), str(folder)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, timeout=60)
    (folder / "package.json").write_text('{"type": "module"}')
    shutil.copytree(NODE / "node_modules", folder / "node_modules", symlinks=True)
    with tarfile.open(folder / f"chatd-{VERSION}.tgz") as archive:
        archive.extractall(folder / "unpacked", filter="data")
    shutil.move(folder / "unpacked" / "package", folder / "node_modules" / "chatd")
    for program in PROGRAMS.iterdir():
        shutil.copy(program, folder)
    return folder


def reached(entry: str, words: str = r"from |import |import\(") -> set[str]:
    """The modules that somebody loads who imports one, sooner or later; or only by such words."""
    found: set[str] = set()
    waiting = {entry}
    while waiting:
        name = waiting.pop()
        found.add(name)
        code = re.sub(r"/\*.*?\*/", "", (SDK / name).read_text("utf-8"), flags=re.DOTALL)
        waiting |= set(re.findall(rf'(?:{words})"\./([^"]+)"', code)) - found
    return found


def test_it_is_light() -> None:
    """All of it in one file, as bundlers make it; and what a page loads at once, in as many as there are."""
    every, at_once = reached("chatd.js"), reached("chatd.js", "from |import ")
    assert len(every) > 40
    together = b"".join(gzip.decompress(packed(str(SDK / name), "")) for name in sorted(every - {"transport.js"}))
    assert len(gzip.compress(together, 9)) < MOST_BYTES
    assert sum(len(packed(str(SDK / name), "")) for name in at_once - {"transport.js"}) < MOST_BYTES
    assert gzip.decompress(packed(str(SDK / "chat.js"), "")).startswith(b"import ")


def test_one_module_asks_where_it_runs() -> None:
    asked = re.compile(r"\bglobalThis\b|\bnavigator\b|\bdocument\b|\blocalStorage\b|typeof \w+ [!=]== \"undefined\"")
    for name in reached("chatd.js") - {"platform.js", "transport.js"}:
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", (SDK / name).read_text("utf-8"), flags=re.DOTALL)
        assert not asked.search(code), name


def test_types_of_all_modules_are_right(packages: None, tmp_path: Path) -> None:
    for path in [*SDK.glob("*.js"), *SDK.glob("*.d.ts")]:
        shutil.copy(path, tmp_path)
    (tmp_path / "transport.js").write_text(FROM_NPM)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "node_modules").symlink_to(NODE / "node_modules")
    command = ["node", str(COMPILER), *STRICT, "--allowJs", "--checkJs", "--noEmit", "--skipLibCheck", "index.js"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stdout


@pytest.mark.slow
def test_the_package_says_what_it_is(project: Path) -> None:
    package = json.loads((project / "node_modules" / "chatd" / "package.json").read_text("utf-8"))
    vendored = next((WEB / "vendor").glob("centrifuge-*")).name.removeprefix("centrifuge-")
    assert (package["name"], package["version"]) == ("chatd", VERSION)
    assert package["dependencies"] == {"centrifuge": vendored}
    names = {path.name for path in (project / "node_modules" / "chatd").iterdir()}
    assert {"chatd.js", "chatd.d.ts", "schema.d.ts", "LICENSE", "README.md"} <= names
    assert not names & {"account.js", "stars.js", "index.js"}


@pytest.mark.slow
def test_npm_takes_it(project: Path, tmp_path: Path) -> None:
    command = ["npm", "install", "--offline", "--no-audit", "--no-fund", "--omit=dev", "--install-links=false"]
    (tmp_path / "package.json").write_text('{"type": "module", "overrides": {"centrifuge": "file:./centrifuge"}}')
    transport = tmp_path / "centrifuge"
    shutil.copytree(NODE / "node_modules" / "centrifuge", transport)
    described = json.loads((transport / "package.json").read_text("utf-8"))
    described.pop("dependencies", None)
    (transport / "package.json").write_text(json.dumps(described))
    done = subprocess.run(
        [*command, str(project / f"chatd-{VERSION}.tgz")], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "node_modules" / "chatd" / "chatd.d.ts").exists()


@pytest.mark.slow
def test_a_strict_program_compiles_against_it(project: Path) -> None:
    command = ["node", str(COMPILER), *STRICT, "--noEmit", "program.ts"]
    told = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stdout


@pytest.mark.slow
def test_what_is_wrong_does_not_compile(project: Path) -> None:
    command = ["node", str(COMPILER), *STRICT, "--noEmit", "wrong.ts"]
    told = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    lines = (project / "wrong.ts").read_text("utf-8").splitlines()
    expected = {number for number, line in enumerate(lines, 1) if "// wrong" in line}
    assert {int(number) for number in re.findall(r"wrong\.ts\((\d+),", told.stdout)} == expected


@pytest.mark.slow
def test_a_program_in_node_talks_with_a_server(project: Path, shared: Backend) -> None:
    command = ["node", "program.mjs", shared.served.url, shared.token, CHANNEL]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said = [message["message"] for message in shared.history()]
    assert "Hello from a package" in said
    assert "With a file" in said
