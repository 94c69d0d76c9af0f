"""The real YAML language server, as editors have it, completes, explains and checks with the project's schema."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
HOW: Final = "the tests need it: run `.ci/environment test`, and `.ci/yaml-language-server/install` with a network"
PAPER: Final = """\
# yaml-language-server: $schema={schema}
survey: tried
title: Tried
papers:
  - id: new-one
    name: New One
    {line}
"""


class Server:
    """The language server, over the pipes of its process (https://microsoft.github.io/language-server-protocol)."""

    def __init__(self, program: str) -> None:
        """Start it and say hello."""
        node = [str(Path(os.environ.get("ENVIRONMENT", ROOT / ".venv")) / "bin" / "node"), program, "--stdio"]
        self._process = subprocess.Popen(node, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0
        self.diagnostics: dict[str, list[Any]] = {}
        self.ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}})
        self._send({"method": "initialized", "params": {}})
        options = {"yaml": {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}}
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": options}})

    def ask(self, method: str, params: Any = None) -> Any:
        """Return the answer to a request."""
        self._number += 1
        self._send({"id": self._number, "method": method, **({} if params is None else {"params": params})})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def opened(self, path: Path) -> str:
        """Open a file and wait until it has been checked; return its address."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self.diagnostics:
            self._receive()
        return uri

    def stop(self) -> None:
        """End the process."""
        self.ask("shutdown")
        self._send({"method": "exit"})
        self._process.communicate()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Read one message; keep what it says of files, and answer what the server asks."""
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            length = int(header.partition(b":")[2]) if header.lower().startswith(b"content-length") else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
            self._send({"id": message["id"], "result": [None for _ in items]})
        return message


@pytest.fixture(scope="module")
def program() -> str:
    """Return the installed server."""
    found = subprocess.run([ROOT / ".ci/yaml-language-server/install"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"the YAML language server is missing; {HOW}\n{found.stderr}"
    return found.stdout.strip()


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the schema of the real surveys."""
    folder = tmp_path_factory.mktemp("schema")
    assert main(["schema", str(folder), "--project", str(DOCS)]) == 0
    return folder / "survey.schema.json"


@pytest.fixture(scope="module")
def server(program: str) -> Iterator[Server]:
    """Return the running server."""
    running = Server(program)
    yield running
    running.stop()


def written(tmp_path: Path, schema: Path, line: str) -> tuple[Path, dict[str, int]]:
    """Write a survey with *line* in a paper; return it, and the place of the bar ``|`` in it, which is taken out."""
    text = PAPER.format(schema=schema.as_uri(), line=line)
    before = text[: text.index("|")]
    path = tmp_path / "tried.yaml"
    path.write_text(text.replace("|", "", 1), "utf-8")
    return path, {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}


def completed(server: Server, path: Path, place: dict[str, int]) -> dict[str, str]:
    """Return what the server offers at a place, each with its explanation."""
    params = {"textDocument": {"uri": server.opened(path)}, "position": place}
    found = server.ask("textDocument/completion", params)
    items = found["items"] if isinstance(found, dict) else found
    return {str(item["label"]): _text(item.get("documentation") or "") for item in items}


def _text(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation)


@pytest.mark.parametrize(
    ("line", "label", "said"),
    [
        ("su|", "summary", "Two or three sentences"),
        ("tags: [|]", "momentum-encoder", "moving average"),
        ("cite: |", "he2020momentum", "Momentum Contrast"),
        ("relations: {extends: [|]}", "moco-v1", "MoCo v1"),
        ("relations:\n      |", "extends", "extends"),
        ("results:\n      - benchmark: |", "imagenet-linear", "ImageNet"),
    ],
)
def test_names_of_the_project_are_completed_and_explained(
    line: str, label: str, said: str, server: Server, schema: Path, tmp_path: Path
) -> None:
    offered = completed(server, *written(tmp_path, schema, line))
    assert label in offered
    assert said in offered[label]


def test_the_examples_of_the_schema_are_not_offered(server: Server, schema: Path, tmp_path: Path) -> None:
    offered = completed(
        server, *written(tmp_path, schema, "results:\n      - {benchmark: imagenet-linear, encoder: |}")
    )
    assert "ResNet-50" not in offered
    assert '"examples"' not in schema.read_text("utf-8")


def test_a_key_is_explained_under_the_pointer(server: Server, schema: Path, tmp_path: Path) -> None:
    path, place = written(tmp_path, schema, "su|mmary: A model.")
    found = server.ask("textDocument/hover", {"textDocument": {"uri": server.opened(path)}, "position": place})
    assert "Two or three sentences; inline MyST." in json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tags: [momentum-encodr]|", "momentum-encoder"),
        ("cite: he2020momentun|", "he2020momentum"),
        ("sumary: A model.|", "sumary"),
        ("date: 2026-02-30|", "pattern"),
    ],
)
def test_what_a_build_refuses_is_marked(line: str, said: str, server: Server, schema: Path, tmp_path: Path) -> None:
    path, place = written(tmp_path, schema, line)
    found = server.diagnostics[server.opened(path)]
    assert [(problem["range"]["start"]["line"], said in problem["message"]) for problem in found] == [
        (place["line"], True)
    ], found


@pytest.mark.parametrize("line", ["date: 2019|", "name: 2020|", "summary:|", "aliases: [2020]|", "cite: ~|"])
def test_what_a_build_takes_is_not_marked(line: str, server: Server, schema: Path, tmp_path: Path) -> None:
    text = line.replace("name: 2020", "points: [2020]")
    path, _place = written(tmp_path, schema, text)
    assert server.diagnostics[server.opened(path)] == []


def test_the_surveys_of_the_site_have_no_mark(server: Server, schema: Path, tmp_path: Path) -> None:
    for path in sorted(DOCS.glob("surveys/clip*.yaml")):
        text = path.read_text("utf-8").partition("\n")[2]
        copy = tmp_path / path.name
        copy.write_text(f"# yaml-language-server: $schema={schema.as_uri()}\n{text}", "utf-8")
        assert server.diagnostics[server.opened(copy)] == []


def test_without_a_place_the_schemas_stand_in_a_hidden_folder_of_the_project(tmp_path: Path) -> None:
    shutil.copytree(DOCS / "guide" / "examples" / "five-lines", tmp_path / "site")
    assert main(["schema", "--project", str(tmp_path / "site")]) == 0
    names = sorted(path.name for path in (tmp_path / "site" / ".paper-table").iterdir())
    assert names == ["survey.schema.json", "vocabulary.schema.json"]
