"""Calls every operation of the OpenAPI description with much that fits it and much that does not: schemathesis.

The server is a real one over a small application, which the examples of the description are about. Fails when an answer
has a status, a type or a shape that the description does not have, or says that the server made a mistake.
"""

from __future__ import annotations

import datetime
import json
import platform
import re
import subprocess
import sys
import tempfile
import urllib.request
from importlib.metadata import version
from pathlib import Path
from typing import Any

from marked import write_section

from chatd import VERSION
from chatd.domain.tenants import tokens
from chatd.http.openapi.examples import example
from chatd.http.openapi.operations import operation_id
from chatd.http.platform.routes import ROUTES
from tests.domain.scene import Scene
from tests.served import Served

NAME = "openapi"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
EXAMPLES = 60
# It asks another server, of which this one knows none: so it is unavailable, as it says.
LEFT_OUT = "/translation$"


def main() -> None:
    """Start the server, run the suite, report; the exit status is 1 when it found something."""
    with tempfile.TemporaryDirectory() as directory:
        scene = Scene(Path(directory) / "data")
        scene.open_too()
        token, _ = scene.store.write_now(0, tokens.create, scene.application, "")
        scene.close()
        server = Served(Path(directory))
        try:
            # What deletes comes last: the rest is about what there is.
            found = run(Path(directory), server, token, scene, "--exclude-method", "DELETE")
            found = found or run(Path(directory), server, token, scene, "--include-method", "DELETE")
            counts = answers(server)
        finally:
            server.stop()
    if found:
        sys.exit(found)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    programs = f"schemathesis {version('schemathesis')}, chatd {VERSION} on Python {platform.python_version()}"
    called = sum(re.search(LEFT_OUT, route.path) is None for route in ROUTES)
    write_section(NAME, f"{programs}, {today}: {called} operations, answered {counts}; nothing found.")


def answers(server: Served) -> str:
    """How many requests were answered with which status."""
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        found = re.findall(r'chatd_http_requests_total{status="(\d+)"} (\d+)', answer.read().decode())
    return ", ".join(f"{int(number):,} with {status}" for status, number in sorted(found))


def run(directory: Path, server: Served, token: str, scene: Scene, *selected: str) -> int:
    """The exit status of the suite."""
    with urllib.request.urlopen(f"{server.url}/openapi.json") as answer:
        document = json.load(answer)
    path = directory / "openapi.json"
    path.write_text(json.dumps(with_examples(document, scene)))
    options = ["--url", f"{server.url}/v3", "--header", f"Api-Token: {token}", "--checks", ",".join(CHECKS)]
    options += ["--max-examples", str(EXAMPLES), "--phases", "examples,coverage,fuzzing", "--seed", "1"]
    options += [
        "--exclude-path-regex",
        LEFT_OUT,
        "--warnings",
        "off",
        "--continue-on-failure",
        *selected,
        *sys.argv[1:],
    ]
    program = Path(sys.executable).with_name("schemathesis")
    return subprocess.run([program, "run", path, *options], cwd=directory).returncode


def with_examples(document: Any, scene: Scene) -> Any:
    """The description with examples that are about what there is in the application."""
    described = {each["operationId"]: each for operations in document["paths"].values() for each in operations.values()}
    for route in ROUTES:
        operation, params = described[operation_id(route)], scene.filled(example(route))
        for parameter in operation["parameters"]:
            if parameter["name"] in params:
                parameter["example"] = params[parameter["name"]]
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if "example" in content:
                content["example"] = {name: params[name] for name in content["example"]}
    return document


if __name__ == "__main__":
    main()
