"""The guide's page on imports, followed: every command runs, and what comes of it builds without a warning, twice."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

from tests.docs.guide import GUIDE, blocks, soup
from tests.importing.formats.test_managers import CSL, RDF, RIS, ZOTERO
from tests.importing.test_import_again import LIBRARY, MORE

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.conftest import Build

HOSTILE = {
    "title": "<script>alert(1)</script> `{paper}` \\input{/etc/passwd} $\\href{javascript:alert(1)}{x}$ %{",
    "container-title": "{raw}`x` <img src=x onerror=alert(1)>",
    "note": "\\href{javascript:alert(1)}{x} \x07",
    "URL": "javascript:alert(1)",
    "DOI": "10.1/<script>",
    "keyword": "<b>, ../../x, {x}",
}


def test_the_guide_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build) -> None:
    monkeypatch.chdir(tmp_path)
    first, thesis = RIS.split("\n\n")
    for name, text in {"library.bib": LIBRARY, "articles.ris": first, "books.ris": thesis}.items():
        (tmp_path / name).write_text(text, "utf-8")
    commands = [
        line.removeprefix("$ ")
        for language, text in blocks(GUIDE / "import.md")
        if language == "console"
        for line in text.splitlines()
        if line.startswith("$ ")
    ]
    assert len(commands) == 5
    for command in commands:
        program, *arguments = shlex.split(command)
        assert (program, main(arguments)) == ("paper-table", 0), command
    page = soup(build(tmp_path, "-n") / "surveys" / "contrastive.html")
    assert page.select("#paper-simclr .pt-name")[0].find(string=True) == "SimCLR"
    assert page.select("#group-contrastive-theory")


def test_imports_of_all_formats_build_and_hostile_ones_do_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build
) -> None:
    """Also a second import after edits, and one of the site's own data, which finds everything there."""
    monkeypatch.chdir(tmp_path)
    hostile = [{**CSL[0], **HOSTILE, "id": "../../x", "citation-key": "{}\n"}, {**CSL[1], "title": HOSTILE["title"]}]
    files = {
        "library.bib": LIBRARY,
        "zotero.json": json.dumps(ZOTERO),
        "csl.json": json.dumps(hostile),
        "zotero.rdf": RDF,
        "x.ris": RIS,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert main(["import", name, "--to", f"from-{name.replace('.', '-')}", "--title", "T"]) == 0
    output = build(tmp_path, "-n")
    page = soup(output / "surveys" / "from-csl-json.html")
    assert page.select(".pt-name")
    assert not page.select('script:-soup-contains("alert"), img[onerror], a[href^="javascript"]')
    (tmp_path / "library.bib").write_text(LIBRARY + MORE, "utf-8")
    assert main(["import", "library.bib", "--to", "from-library-bib"]) == 0
    data = tmp_path / "data"
    data.mkdir()
    (data / "papers.json").write_bytes((output / "papers.json").read_bytes())
    assert main(["import", "data/papers.json", "--to", "copy", "--title", "Copy"]) == 0
    copied = (tmp_path / "surveys/copy.yaml").read_text("utf-8")
    assert "- ref: simclr\n" in copied
    assert "- id: simclr\n" not in copied
    assert soup(build(tmp_path, "-n") / "surveys" / "from-library-bib.html").select(
        "#paper-learning-videos-without-labels"
    )
