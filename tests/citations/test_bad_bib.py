"""BibTeX files with mistakes: one message each, at its line, and everything else is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest
from tests import deprecations
from tests.citations.support import ENGINE, Built, Project, bibliography, rst, words

if TYPE_CHECKING:
    from pathlib import Path

BEFORE: Final = "@misc{before, author = {First, F.}, title = {Before}, year = 2001}\n\n"
AFTER: Final = "\n@misc{after, author = {Last, L.}, title = {After}, year = 2002}\n"
MISTAKES: Final[dict[str, tuple[str, str, set[str]]]] = {
    "duplicate": (
        "@misc{before, author = {Again, A.}, title = {Again}, year = 2003}\n",
        "refs.bib:3:1: WARNING: the key 'before' is taken; the first, at refs.bib:1, is used; rename or remove one",
        set(),
    ),
    "type": (
        "@artcle{mine, author = {Mine, M.}, title = {Mine}, year = 2003}\n",
        "refs.bib:3:1: WARNING: entry 'mine' has the unknown type '@artcle'; it is shown as @misc; ",
        {"cite-mine"},
    ),
    "parent": (
        "@misc{short, author = {Short, S.}, title = {Short}, year = 2003, crossref = {befor}}\n",
        "refs.bib:3:66: WARNING: entry 'short' inherits from 'befor' (crossref), which no file has; ",
        {"cite-short"},
    ),
    "brace": (
        "@misc{open, author = {Open, O.}, title = {Never closed, year = 2003}\n",
        "refs.bib:3:1: WARNING: entry 'open' ",
        {"cite-open"},
    ),
    "macro": (
        "@article{undefined, author = {Un, D.}, title = {Un}, journal = nosuch, year = 2003}\n",
        "WARNING: no @string defines 'nosuch'; put the value into braces, or define it with @string",
        {"cite-undefined"},
    ),
}


def shown(built: Built) -> set[str]:
    return {str(item["id"]) for item in built.page().select(".citation")}


def project(path: Path, bib: str, conf: str = "") -> Project:
    style = 'bibtex_default_style = "plain"\n'
    return Project(path, {"index.rst": rst("Start", bibliography("all:"))}, style + conf, bib)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_has_one_message_with_its_place(tmp_path: Path, mistake: str) -> None:
    entry, message, more = MISTAKES[mistake]
    built = project(tmp_path, BEFORE + entry + AFTER).build()
    (warning,) = built.warnings
    assert message in warning
    assert shown(built) == {"cite-before", "cite-after"} | more
    assert "Again" not in built.text()


@pytest.mark.parametrize(
    ("kind", "more"), [("preprint", ""), ("article", ""), ("inproceedings", ""), ("thesis", " PhD thesis.")]
)
def test_what_only_a_purist_misses_is_no_warning(tmp_path: Path, kind: str, more: str) -> None:
    built = project(tmp_path, f"{BEFORE}@{kind}{{short, author = {{Short, S.}}, title = {{Short}}}}\n").build()
    assert built.warnings == []
    assert words(built.page().select_one("#cite-short p")) == f"S. Short. Short.{more}"


def test_messages_are_repeated_until_the_file_is_mended(tmp_path: Path) -> None:
    site = project(tmp_path, BEFORE + MISTAKES["duplicate"][0])
    first = site.build(place="kept").warnings
    assert len(first) == 1
    assert site.build(place="kept").warnings == first
    site.write("refs.bib", BEFORE)
    assert site.build(place="kept").warnings == []


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    site = project(tmp_path, "", 'bibtex_encoding = "latin-1"\n')
    text = "@misc{müller, author = {Müller, Jörg}, title = {Über}, year = 2001}\n".replace("{müller", "{mueller")
    (site.source / "refs.bib").write_bytes(text.encode("latin-1"))
    built = site.build()
    assert built.warnings == []
    assert "Jörg Müller" in built.text()


def test_bytes_that_are_not_of_the_encoding(tmp_path: Path) -> None:
    site = project(tmp_path, BEFORE)
    (site.source / "refs.bib").write_bytes((BEFORE + AFTER).replace("Last", "L\xe4st").encode("latin-1"))
    built = site.build()
    (warning,) = built.warnings
    assert warning.startswith("refs.bib:4:25: WARNING: byte 0xe4 is not UTF-8; the file is read as Windows-1252")
    assert shown(built) == {"cite-before", "cite-after"}
    assert "Läst" in built.text()


def test_bytes_that_are_not_of_a_configured_encoding(tmp_path: Path) -> None:
    site = project(tmp_path, BEFORE, 'bibtex_encoding = "ascii"\n')
    (site.source / "refs.bib").write_text((BEFORE + AFTER).replace("Last", "Läst"), "utf-8")
    (warning,) = site.build().warnings
    assert warning.startswith("refs.bib:4:25: WARNING: the file is not in the encoding 'ascii': 'ascii' codec can't")


def test_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    built = project(tmp_path, BEFORE, 'bibtex_encoding = "utf-9"\n').build()
    (warning,) = built.warnings
    assert "conf.py: bibtex_encoding = 'utf-9' is not valid: there is no encoding 'utf-9'; " in warning
    assert shown(built) == {"cite-before"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    built = project(tmp_path, BEFORE, 'bibtex_bibfiles = ["refs.bib", "gone.bib"]\n').build()
    (warning,) = built.warnings
    assert warning.startswith("gone.bib:1:1: WARNING: the file cannot be read: No such file or directory")
    assert shown(built) == {"cite-before"}


@pytest.mark.parametrize("text", ["<img src=x onerror=y>", "two words", "{open", "x" + "," * 5000])
def test_a_citation_that_is_no_list_of_keys_costs_only_itself(tmp_path: Path, text: str) -> None:
    pages = {"index.rst": rst("Start", f"Before :cite:`{text}` after, and :cite:`before`.", bibliography("all:"))}
    built = Project(tmp_path, pages, "", BEFORE).build()
    (warning,) = built.warnings
    assert warning.startswith("index.rst:4: WARNING: '")
    assert "is not a list of BibTeX keys: " in warning
    assert "; write keys with commas between them" in warning
    assert shown(built) == {"cite-before"}
    assert "after, and" in built.text()


@pytest.mark.parametrize("style", ["author_year", "label", "super"])
def test_an_entry_without_anything_to_print_is_cited_by_its_key(tmp_path: Path, style: str) -> None:
    """The reference style of author and year asks for a title where there is no author."""
    cut = "@misc{cut, author = {A, {95%} and }{, B}, year = 2000}\n"
    bib = f"{BEFORE}@misc{{bare, note = {{x}}}}\n{cut}"
    pages = {"index.rst": rst("Start", ":cite:t:`bare` and :cite:t:`before`.", bibliography("all:"))}
    built = Project(tmp_path, pages, f'bibtex_reference_style = "{style}"\n', bib).build()
    assert "Traceback" not in "\n".join(built.warnings)
    assert {"cite-before", "cite-bare"} <= shown(built)


def test_a_name_in_chinese_is_found_in_a_locale_without_utf8(tmp_path: Path) -> None:
    """Sphinx makes a digest of the names that are configured, and Python opens them as bytes."""
    pages = {"index.rst": rst("Start", ":cite:p:`before`", bibliography(file="文献.bib")), "文献.bib": BEFORE}
    place = Project(tmp_path, pages, 'bibtex_bibfiles = ["文献.bib"]\n')
    command = [sys.executable, "-m", "sphinx", "-q", *ENGINE, str(place.source), str(tmp_path / "html")]
    surroundings = {**os.environ, **deprecations.ENVIRONMENT}
    surroundings |= {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=surroundings, check=False, capture_output=True, encoding="utf-8")
    assert (done.stderr, done.returncode) == ("", 0)
    assert 'id="cite-before"' in (tmp_path / "html" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("kind", ["author", "title"])
def test_a_label_may_be_longer_than_a_line_of_text(tmp_path: Path, kind: str) -> None:
    """Sphinx indents by the label, and a work without authors has its title for one: the build ended."""
    long = " ".join(["Report of the Committee on Moss"] * 4) if kind == "author" else "Moss" * 30
    bib = f"@misc{{long, {kind} = {{{{{long}}}}}, note = {{Internal}}, year = 2003}}\n{BEFORE}"
    pages = {"index.rst": rst("Start", ":cite:t:`long`", bibliography("all:"))}
    conf = 'bibtex_default_style = "author_year"\nbibtex_reference_style = "author_year_letters"\n'
    text = (Project(tmp_path, pages, conf, bib).build(builder="text").output / "index.txt").read_text("utf-8")
    assert f"[{long}, 2003]\n" in text
    assert f"\n   {long[:20]}" in text
    assert "\n[First, 2001] F.\N{NO-BREAK SPACE}First. Before. 2001.\n" in text
