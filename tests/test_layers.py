"""The architecture: who may import whom, and how large things may be."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "chatd"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

FOUNDATION = {"errors", "ids", "model", "events", "config", "logs", ""}
MAY_IMPORT = {
    "": {""},
    "errors": set(),
    "ids": set(),
    "model": set(),
    "events": {"model"},
    "config": {"errors"},
    "logs": set(),
    "store": FOUNDATION,
    "wire": FOUNDATION,
    "domain": FOUNDATION | {"store"},
    "gateway": FOUNDATION | {"wire", "domain", "store"},
    "imaging": set(),
    "http": FOUNDATION | {"domain", "store", "gateway", "imaging"},
    "jobs": FOUNDATION | {"domain", "store", "gateway", "imaging", "outgoing"},
    "outgoing": FOUNDATION,
    "transfer": FOUNDATION | {"domain", "store"},
    "client": set(),
    "samples": {"client"},
}
ONLY_IN = {
    "lmdb": {"store"},
    "tantivy": {"store"},
    "hypercorn": {"http"},
    "click": {"cli"},
    "PIL": {"imaging"},
    "cryptography": {"domain", "outgoing"},
    "pyroaring": {"domain"},
    "h2": {"outgoing"},
    "joserfc": {"outgoing"},
}
NO_TRIO = {"wire", "domain", "transfer", *FOUNDATION}
# Made by scripts/reference: as long as what it has to say.
MADE = {"chatd/client/schema.py", "chatd/client/commands.py", "chatd/client/operations.py"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def part_of(path: Path) -> str:
    """The part of chatd that a module belongs to: a package or a module of the top level."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def is_part(name: str) -> bool:
    """Whether there is such a package or module of the top level; else it is a name that chatd itself has."""
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()


def imports(path: Path) -> Iterator[str]:
    """Dotted names of what a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def wrong_imports(path: Path) -> Iterator[str]:
    """What a module imports and may not."""
    part = part_of(path)
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "chatd" and part in MAY_IMPORT:
            target = rest[0] if rest and is_part(rest[0]) else ""
            if target != part and target not in MAY_IMPORT[part]:
                yield f"{named(path)}: {part} may not import {name}"
        if top in ONLY_IN and part not in ONLY_IN[top]:
            yield f"{named(path)}: {top} is imported outside {ONLY_IN[top]}"
        if top == "trio" and part in NO_TRIO:
            yield f"{named(path)}: {part} may not import trio"


def test_imports_point_downwards() -> None:
    assert [each for path in MODULES for each in wrong_imports(path)] == []


def test_the_layer_test_sees_what_it_should() -> None:
    assert {part_of(path) for path in MODULES} >= {
        "store",
        "wire",
        "domain",
        "gateway",
        "http",
        "jobs",
        "cli",
        "server",
    }
    assert any(name.startswith("lmdb") for name in imports(PACKAGE / "store" / "store.py"))


def too_large(path: Path) -> Iterator[str]:
    """What of a module is longer than anything here may be, or has a name that says nothing."""
    text = path.read_text("utf-8")
    if text.count("\n") > 400 and named(path) not in MADE:
        yield f"{named(path)} is too long"
    if FORBIDDEN_NAMES & set(path.stem.split("_")):
        yield f"{named(path)} has a name that says nothing"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            if node.end_lineno - node.lineno > 45:
                yield f"{named(path)}: {node.name} is too long"


def test_modules_and_functions_stay_small() -> None:
    assert [each for path in [*MODULES, *TESTS] for each in too_large(path)] == []


def unexplained(path: Path) -> Iterator[str]:
    """Public names of a module without a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    if not ast.get_docstring(tree):
        yield named(path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            is_explained = node.name.startswith("_") or ast.get_docstring(node)
            if not is_explained:
                yield f"{named(path)}: {node.name}"


def test_public_names_are_explained() -> None:
    assert [each for path in MODULES for each in unexplained(path)] == []


def test_what_is_no_module_is_packaged() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"][
        "chatd"
    ]
    packaged = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    others = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert [named(path) for path in others if path not in packaged] == []
    assert (PACKAGE / "CHANGELOG.md").read_text("utf-8") == (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_web_modules_stay_small() -> None:
    scripts = [path for path in (PACKAGE / "web").rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) > 100
    assert [named(path) for path in scripts if path.read_text("utf-8").count("\n") > 400] == []


def test_what_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules above see what breaks them."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path / "chatd")
    path = tmp_path / "chatd" / "wire" / "frame_utils.py"
    path.parent.mkdir(parents=True)
    (tmp_path / "chatd" / "store").mkdir()
    allowed = "import chatd\nfrom chatd import VERSION\n"
    path.write_text(allowed)
    assert not list(wrong_imports(path))
    path.write_text(
        f"{allowed}import lmdb\nimport trio\nfrom chatd.domain import COMMANDS\n\n\ndef f():\n" + "    f()\n" * 400
    )
    (tmp_path / "chatd" / "domain").mkdir()
    assert len(list(wrong_imports(path))) == 3
    assert len(list(too_large(path))) == 3
    assert len(list(unexplained(path))) == 2
