"""Each detector tells of a planted hole: what finds nothing elsewhere does so because there is nothing."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.security import detectors
from tests.security.hostile import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.security.conftest import Served

HOLES = {
    "script": ("<script>hit('s')</script>", "execution: s"),
    "handler": ("<img src=x onerror=\"hit('h')\">", "execution: h"),
    "dialog": ("<script>alert('d')</script>", "execution: dialog d"),
    "handler that waits": ('<p onmouseenter="x()">x</p>', "onmouseenter: <p"),
    "address": ('<a href="java&#9;script:x()">x</a>', "javascript:: <a"),
    "button": ("<main><button onclick=\"hit('b')\">x</button></main>", "execution: b"),
    "pointer": ('<a href="#" onpointerover="hit(\'p\')">x</a>', "execution: p"),
    "field": ("<input oninput=\"hit('f ' + this.value)\">", "execution: f typed"),
    "picture": ('<img src="https://evil.example/x.png">', "request: image https://evil.example/x.png"),
    "style": ("<style>@import 'https://evil.example/x.css';</style>", "request: stylesheet https://evil.example/x.css"),
    "frame": ("<iframe srcdoc=\"<script>parent.hit('i')</script>\"></iframe>", "execution: i"),
    "fetch": ("<script>fetch('https://evil.example/x')</script>", "request: fetch https://evil.example/x"),
}


@pytest.mark.browser
@pytest.mark.chromium("what runs is told by a binding, which WebDriver BiDi does not have yet")
def test_the_reader_tells_of_each_hole(tmp_path: Path, serve: Callable[[Path], Served]) -> None:
    for name, (html, _fault) in HOLES.items():
        (tmp_path / f"{name}.html").write_text(f"<!doctype html><title>x</title>{html}", "utf-8")
    (tmp_path / "good.html").write_text('<!doctype html><title>x</title><a href="#x">x</a>', "utf-8")
    reader = serve(tmp_path).reader()
    reader.open("good.html")
    assert reader.use("typed") == 1
    assert reader.faults == []
    for name, (_html, fault) in HOLES.items():
        reader.faults.clear()
        reader.open(f"{name}.html")
        reader.use("typed")
        assert any(fault in found for found in reader.faults), (name, reader.faults)
    reader.close()


def test_secrets_are_found_in_files_archives_and_links(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "page.html").write_text(f"<p>{SECRET}</p>", "utf-8")
    with zipfile.ZipFile(output / "book.epub", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("page.xhtml", SECRET * 100)
    (tmp_path / "outside.txt").write_text("x", "utf-8")
    (output / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert detectors.secrets_in(output) == ["book.epub!page.xhtml", "page.html", "link: link.txt"]


def test_files_written_outside_are_found(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    before = detectors.files_below(tmp_path, output)
    (output / "page.html").write_text("x", "utf-8")
    assert detectors.files_below(tmp_path, output) == before
    (tmp_path / "escaped").write_text("x", "utf-8")
    assert detectors.files_below(tmp_path, output) != before


def test_books_that_are_no_xml_or_run_scripts_are_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as book:
        book.writestr("a.xhtml", "<p>\x01</p>")
        book.writestr("b.xhtml", '<p onclick="x"><a href="javascript:x">x</a><script/><img src="https://x/y"/></p>')
    (ill,) = detectors.ill_formed(tmp_path)
    assert ill.startswith("book.epub!a.xhtml: ")
    assert len(detectors.scripts_in_books(tmp_path)) == 4


def test_live_tex_is_found_and_escaped_tex_is_not(tmp_path: Path) -> None:
    lines = [
        r"\input{secret}",
        r"\(\immediate\write18{x}\)",
        r"\href{javascript:x}{y}",
        r"\sphinxhref{https://example.org}{\textbackslash{}input}",
        r"line \\input",
        r"\end{document}",
        r"\end{document}",
    ]
    (tmp_path / "x.tex").write_text("\n".join(["\\input{mine}", "\\begin{document}", *lines]), "utf-8")
    found = detectors.live_tex(tmp_path)
    assert found == [*(f"x.tex: {line}" for line in lines[:3]), "x.tex: ends 2 times"]


@pytest.mark.parametrize("cell", ["=1+1", "@x", "+1", "\t=1", "-x", "\uff1d1"])
def test_formulas_are_found(cell: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f'a,b\n1,"{cell}"\n-1.5,x\n', "utf-8")
    assert len(detectors.formulas(tmp_path)) == 1


def test_forged_entries_are_found(tmp_path: Path) -> None:
    lines = "good std:label -1 page.html#x Good\nbad std:label -1 https://evil.example/ Bad\n"
    head = "# Sphinx inventory version 2\n# Project: x\n# Version: 1\n# compressed with zlib\n"
    (tmp_path / "objects.inv").write_bytes(head.encode() + zlib.compress(lines.encode()))
    (tmp_path / "page.html").write_text("x", "utf-8")
    assert detectors.forged(tmp_path) == ["std:label bad https://evil.example/"]


def test_problems_without_a_place_and_tracebacks_are_found(tmp_path: Path) -> None:
    (tmp_path / "surveys").mkdir()
    good = "surveys/a.yaml:1:2: WARNING: x\nindex.md: WARNING: x\n"
    bad = "WARNING: x\nTraceback (most recent call last):\n"
    assert detectors.unlocated(good, tmp_path) == []
    assert detectors.unlocated(good + bad, tmp_path) == bad.splitlines()
