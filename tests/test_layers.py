"""The architecture: who may import whom, and how large things may be."""

from __future__ import annotations

import ast
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
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def part_of(path: Path) -> str:
    """The part of chatd that a module belongs to: a package or a module of the top level."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


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


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_point_downwards(path: Path) -> None:
    part = part_of(path)
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "chatd" and part in MAY_IMPORT:
            target = rest[0] if (rest and (PACKAGE / rest[0]).exists()) or (PACKAGE / f"{rest[0]}.py").exists() else ""
            assert target == part or target in MAY_IMPORT[part], f"{part} may not import {name}"
        if top in ONLY_IN:
            assert part in ONLY_IN[top], f"{top} is imported outside {ONLY_IN[top]}"
        if top == "trio":
            assert part not in NO_TRIO, f"{part} may not import trio"


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


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=named)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    assert not FORBIDDEN_NAMES & set(path.stem.split("_"))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno <= 45, f"{node.name} is too long"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_public_names_are_explained(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "module without docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} without docstring"


@pytest.mark.parametrize("path", sorted((PACKAGE / "web").rglob("*.js")), ids=named)
def test_web_modules_stay_small(path: Path) -> None:
    if "vendor" not in path.parts:
        assert path.read_text("utf-8").count("\n") <= 400
