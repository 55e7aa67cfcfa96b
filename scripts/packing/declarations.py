"""Types of the package, made of the comments in its modules."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from modules import ENTRY, SDK

ROOT = Path(__file__).parents[2]
# Where the pinned compiler is, and the transport's own types.
NODE = ROOT / "tests" / "sdk" / "node"
_COMPILER = NODE / "node_modules" / "typescript" / "bin" / "tsc"
# Types that no module makes.
_WRITTEN = ("schema.d.ts", "types.d.ts")
_OUTPUT = ["--ignoreConfig", "--allowJs", "--checkJs", "--declaration", "--emitDeclarationOnly", "--noEmitOnError"]
_LANGUAGE = [
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2023,dom,dom.iterable",
    "--strict",
    "--skipLibCheck",
]


def declare(package: Path) -> None:
    """Put the types of its modules into a folder; a type that is wrong ends the program."""
    if not _COMPILER.exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=NODE, check=True)
    for name in _WRITTEN:
        shutil.copyfile(SDK / name, package / name)
    packages = package / "node_modules"
    packages.symlink_to(NODE / "node_modules", target_is_directory=True)
    command = ["node", str(_COMPILER), *_OUTPUT, *_LANGUAGE, "--outDir", str(package), str(package / ENTRY)]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    packages.unlink()
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
