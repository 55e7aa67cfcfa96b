"""The Protobuf description: protoc compiles it, and what its messages write is what commands take."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from grpc_tools import protoc

from chatd.domain import COMMANDS
from chatd.domain.examples import shown
from chatd.domain.shapes.publications import PUBLICATIONS
from tests.docs.test_exchanges import EXCHANGES, filled, said

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = {name: shown(command.example) for name, command in COMMANDS.items() if command.example is not None}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What protoc makes of the file."""
    output = tmp_path_factory.mktemp("protobuf") / "descriptors"
    includes = [f"-I{DOCS}", f"-I{files('grpc_tools') / '_proto'}"]
    command = ["protoc", *includes, "--include_imports", f"--descriptor_set_out={output}", "chatd.proto"]
    assert protoc.main(command) == 0
    return output


@pytest.fixture(scope="module")
def pool(compiled: Path) -> descriptor_pool.DescriptorPool:
    found = descriptor_pool.DescriptorPool()
    for each in descriptor_pb2.FileDescriptorSet.FromString(compiled.read_bytes()).file:
        found.Add(each)
    return found


@pytest.fixture(scope="module")
def methods(pool: descriptor_pool.DescriptorPool) -> dict[str, Any]:
    """The methods of the service by the names of their commands."""
    option = pool.FindExtensionByName("chatd.v1.command")
    service = pool.FindServiceByName("chatd.v1.Commands")
    return {_options(pool, method, "MethodOptions").Extensions[option]: method for method in service.methods}


def test_every_command_is_a_method(methods: dict[str, Any]) -> None:
    assert set(methods) == set(COMMANDS)


def test_every_publication_is_told_by_its_shapes(pool: descriptor_pool.DescriptorPool) -> None:
    option = pool.FindExtensionByName("chatd.v1.publication")
    messages = pool.FindFileByName("chatd.proto").message_types_by_name
    named = {name: set(_options(pool, each, "MessageOptions").Extensions[option]) for name, each in messages.items()}
    for publication, shapes in PUBLICATIONS.items():
        assert {shape.__name__ for shape in shapes} == {name for name, told in named.items() if publication in told}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_written_is_what_the_command_takes(name: str, methods: dict[str, Any]) -> None:
    """As the libraries write JSON by default: whole numbers of 64 bits as texts."""
    message = message_factory.GetMessageClass(methods[name].input_type)()
    json_format.ParseDict(EXAMPLES[name], message)
    written = json.loads(json_format.MessageToJson(message))
    assert COMMANDS[name].parse(written) == COMMANDS[name].parse(EXAMPLES[name])


def test_the_program_of_the_page_prints_the_table(compiled: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (DOCS / "sdk-protobuf.md").read_text("utf-8"), re.DOTALL)
    command = [sys.executable, "-c", program, str(compiled)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert "messages.send MessagesSendParameters Message" in done.stdout.splitlines()
    assert len(done.stdout.splitlines()) == len(COMMANDS)


@cache
def _options_class(pool: descriptor_pool.DescriptorPool, kind: str) -> Any:
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"google.protobuf.{kind}"))


def _options(pool: descriptor_pool.DescriptorPool, described: Any, kind: str) -> Any:
    """Options as this pool knows them, with the extensions of the file."""
    return _options_class(pool, kind).FromString(described.GetOptions().SerializeToString())


def test_what_a_server_says_is_what_the_messages_read(pool: descriptor_pool.DescriptorPool) -> None:
    read = [
        (schema["$ref"].rpartition("/")[2], filled(value))
        for path in EXCHANGES.glob("*.jsonl")
        for schema, value in said(path)
        if "$ref" in schema
    ]
    assert {"Message", "MessageCreated"} <= {name for name, _ in read}
    for name, value in read:
        message = message_factory.GetMessageClass(pool.FindMessageTypeByName(f"chatd.v1.{name}"))()
        json_format.ParseDict(value, message)
        assert json_format.MessageToDict(message) != {} or value == {}
