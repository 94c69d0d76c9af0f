"""What is kept between builds: entries are formatted once, damaged files are made anew, the environment stays small."""

from __future__ import annotations

import pickle
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest
from docutils import nodes
from pybtex.database import parse_string
from tests.citations.support import BIB, CONF, KEYS, Built, Project, bibliography, contents, rst

from sphinx_paper_table.citations import library
from sphinx_paper_table.citations.formatting import FormattedStore
from sphinx_paper_table.store import Values
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problem
from sphinx_paper_table.survey.references import Author, Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COUNTING: Final = """
from pybtex.style.formatting.plain import Style


class Counting(Style):
    def format_entry(self, label, entry, bib_data=None):
        print("formats", entry.key)
        return super().format_entry(label, entry, bib_data)


import pybtex.plugin
pybtex.plugin.register_plugin("pybtex.style.formatting", "counting", Counting)
bibtex_default_style = "counting"
"""
SITE: Final = {
    "index.rst": rst("Start", contents("refs", "own"), ":cite:p:`lee2020one`"),
    "refs.rst": rst("References", bibliography("filter: key % 'he2019' or cited")),
    "own.rst": rst("Own", ":cite:p:`he2019two`", bibliography("filter: docname in docnames", "labelprefix: O")),
}
SHOWN: Final = ["he2019three", "he2019two", "lee2020one"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, SITE, COUNTING)


def formatted(built: Built) -> list[str]:
    """Return the entries that a build has formatted, in order of their keys."""
    return sorted(line.removeprefix("formats ") for line in built.log.splitlines() if line.startswith("formats "))


def test_entries_are_formatted_once(project: Project) -> None:
    """Two lists, references with tooltips, several builds: once each, and only those that are shown."""
    first = project.build(place="kept")
    assert formatted(first) == SHOWN
    assert formatted(project.build(place="kept")) == []
    project.write("own.rst", SITE["own.rst"] + "\nMore.\n")
    assert formatted(project.build(place="kept")) == []


def test_only_the_entry_that_changes_is_formatted_again(project: Project) -> None:
    project.build(place="kept")
    project.write("refs.bib", BIB.replace("title = {Two}", "title = {Zwei}"))
    built = project.build(place="kept")
    assert formatted(built) == ["he2019two"]
    assert "Zwei" in built.text("refs.html")
    assert "Zwei" in built.text("own.html")


def test_entries_that_no_list_shows_any_more_are_dropped(tmp_path: Path) -> None:
    entries = parse_string(BIB, "bibtex").entries
    values = Values(tmp_path / "citations.pickle", "key", print)

    def build(*keys: str) -> None:
        store = FormattedStore(values)
        assert all(
            store.get("plain", f"content of {key}", partial(entries.get, key), as_stock=False).plain for key in keys
        )
        store.save()

    def kept() -> set[str]:
        names = {key.removeprefix("plain//content of ") for key in values.names()}
        values.close()
        return names

    build("lee2020one", "he2019two")
    assert kept() == {"lee2020one", "he2019two"}
    build("lee2020one")
    assert kept() == {"lee2020one", "he2019two"}, "nothing is written while nothing is new"
    build("lee2020one", "yu2011six")
    assert kept() == {"lee2020one", "yu2011six"}


def test_a_macro_changes_the_entries_that_use_it(tmp_path: Path) -> None:
    project = Project(tmp_path, {"index.rst": rst("Start", bibliography("all:"))}, COUNTING)
    assert formatted(project.build(place="kept")) == sorted(KEYS)
    project.write("refs.bib", BIB.replace("European Conference", "World Conference"))
    built = project.build(place="kept")
    assert formatted(built) == ["kim2018zero"]
    assert "World Conference" in built.text()


def _flipped(data: bytes) -> bytes:
    """Change one bit of the last text: it unpickles, to something else."""
    at = data.rindex(b"Two")
    return data[:at] + b"Zwo" + data[at + 3 :]


@pytest.mark.parametrize("name", ["bibliography.pickle", "citations.pickle"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda _data: b"",
        lambda _data: b"not a pickle",
        lambda _data: pickle.dumps((-1, {})),
        lambda _data: pickle.dumps(("x", "y", "z")),
        lambda data: data[: len(data) // 2],
        lambda data: data[:-3],
        _flipped,
    ],
    ids=["empty", "damaged", "other version", "other shape", "half", "truncated", "flipped"],
)
def test_files_that_are_not_ours_are_made_anew(project: Project, name: str, damage: Callable[[bytes], bytes]) -> None:
    before = project.build(place="kept").files(".html")
    path = project.path / "kept" / "doctrees" / name
    path.write_bytes(damage(path.read_bytes()))
    project.write("refs.rst", SITE["refs.rst"] + "\nMore.\n")
    project.write("index.rst", SITE["index.rst"].replace("lee2020one", "lee2020one,he2019two"))
    built = project.build(place="kept")
    is_one = damage is _flipped  # a single value that is damaged is the only one to be made anew
    assert formatted(built) == ([] if name != "citations.pickle" else ["he2019two"] if is_one else SHOWN)
    assert built.warnings == []
    assert "is made anew" in built.log
    assert built.files(".html") == project.build().files(".html")
    assert built.files(".html") != before


def test_a_folder_in_the_place_of_a_file(project: Project) -> None:
    project.build(place="kept")
    for name in ("bibliography.pickle", "citations.pickle", "printed-references.pickle"):
        path = project.path / "kept" / "doctrees" / name
        path.unlink()
        (path / "inside").mkdir(parents=True)
    project.write("refs.rst", SITE["refs.rst"] + "\nMore.\n")
    built = project.build(place="kept")
    assert built.warnings == []
    assert built.files(".html") == project.build().files(".html")
    assert formatted(project.build(place="kept")) == []


def test_an_edited_style_prints_anew(tmp_path: Path) -> None:
    """One in a module beside conf.py, through a helper that it imports: the key is the source, not the name."""
    conf = "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\nimport house_style\n"
    project = Project(tmp_path, SITE, conf + 'bibtex_default_style = "house"\n')
    project.write("house_words.py", 'def word():\n    return "first"\n')
    style = (
        COUNTING.replace('"counting"', '"house"')
        .replace("bibtex_default_style", "_")
        .replace(
            "return super().format_entry(label, entry, bib_data)",
            "found = super().format_entry(label, entry, bib_data)\n        found.text += word()\n        return found",
        )
    )
    project.write("house_style.py", f"from house_words import word\n{style}")
    assert "first" in project.build(place="kept").text("refs.html")
    project.write("house_words.py", 'def word():\n    return "second"\n')
    for name in ("house_words", "house_style"):
        for path in (project.source / "__pycache__").glob(f"{name}*"):
            path.unlink()
    built = project.build(place="kept")
    assert "second" in built.text("refs.html")
    assert built.files(".html") == project.build().files(".html")


def test_doctrees_move(project: Project) -> None:
    """No path is kept: doctrees restored at another place are as good."""
    project.build(place="kept")
    (project.path / "kept").rename(project.path / "moved")
    project.write("refs.rst", SITE["refs.rst"] + "\nMore.\n")
    built = project.build(place="moved")
    assert formatted(built) == []
    assert built.files(".html") == project.build().files(".html")
    for path in (project.path / "moved" / "doctrees").glob("*.pickle"):
        if path.name != "environment.pickle":
            assert str(project.path).encode() not in path.read_bytes()


@pytest.mark.parametrize("file", ["refs.bib", "../refs.bib", "../below/refs.bib"])
def test_doctrees_serve_a_project_that_moves(tmp_path: Path, file: str) -> None:
    """Its BibTeX file may stand outside the source directory, as that of this repository does."""
    conf = f'bibtex_bibfiles = ["{file}"]\n'
    files = {"index.rst": rst("Start", f":cite:p:`{KEYS[0]}`", bibliography()), file: BIB}
    built = [Project(tmp_path / name, files, conf).build(place="../doctrees") for name in ("here", "there")]
    assert [found.warnings for found in built] == [[], []]
    assert f'id="cite-{KEYS[0]}"' in built[1].text("index.html")
    path = tmp_path / "doctrees" / "doctrees" / "bibliography.pickle"
    assert str(tmp_path).encode() not in path.read_bytes()


def test_files_that_are_lost_are_made_anew(project: Project) -> None:
    project.build(place="kept")
    for name in ("bibliography.pickle", "citations.pickle", "printed-references.pickle"):
        (project.path / "kept" / "doctrees" / name).unlink()
    project.write("refs.rst", SITE["refs.rst"] + "\nMore.\n")
    built = project.build(place="kept")
    assert formatted(built) == SHOWN
    assert built.files(".html") == project.build().files(".html")


def environment(project: Project) -> tuple[bytes, Any]:
    """Return the environment of the kept build, as bytes and unpickled."""
    path = project.path / "kept" / "doctrees" / "environment.pickle"
    return path.read_bytes(), pickle.loads(path.read_bytes())  # noqa: S301 (our own build)


def test_the_environment_has_no_entries(project: Project) -> None:
    project.build(place="kept")
    data, _env = environment(project)
    assert b"European Conference" not in data
    assert b"Journal of Everything" not in data
    assert b"pybtex.database" not in data


def test_nodes_are_made_for_entries_that_are_shown(tmp_path: Path) -> None:
    """Neither the environment nor the page has a node for an entry that the list leaves out."""
    files = {"index.rst": rst("Start", ":cite:p:`lee2020one`", bibliography())}
    project = Project(tmp_path, files, 'bibtex_cite_id = "cite-{key}"\n')
    project.build(place="kept")
    _data, env = environment(project)
    (value,) = env.domaindata["cite"]["bibliographies"].values()
    assert not any(isinstance(node, nodes.Node) for node in vars(value.citation_nodes).values())
    stored = (project.path / "kept" / "doctrees" / "index.doctree").read_bytes()
    doctree: nodes.document = pickle.loads(stored)  # noqa: S301 (as above)
    assert not list(doctree.findall(nodes.citation))
    assert not [name for name in doctree.ids if name.startswith("cite-")]


@pytest.mark.parametrize("record", [Reference, Author, Problem, Position])
def test_entries_of_another_shape_are_parsed_anew(record: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade that adds a field to a record: what was kept before it is of another key, however deep it lies."""
    before = library._program()
    monkeypatch.setitem(record.__annotations__, "one_field_more", "str")
    assert library._program() != before


_AGAIN_AND_AGAIN: Final = """
import gc, sys
from pathlib import Path
from sphinx.application import Sphinx
from sphinx_paper_table.citations import library

source = Path(sys.argv[1])
for title in ("One", "Two", "Three"):
    bib = source / "refs.bib"
    bib.write_text("@book{abel2001four, author = {Abel, Zoe}, title = {%s}, year = {2001}}" % title, "utf-8")
    Sphinx(source, source, source / "out", source / "trees", "html", status=None, warning=None).build()
    gc.collect()
    print(title in (source / "out" / "index.html").read_text("utf-8"), len(library._sources))
"""


def test_a_process_that_builds_again_and_again_keeps_one_bibliography(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(f"{CONF}\nextensions = ['sphinx_paper_table.citations']\n", "utf-8")
    (tmp_path / "index.rst").write_text(rst("Start", ":cite:p:`abel2001four`", bibliography("all:")), "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", _AGAIN_AND_AGAIN, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == ["True 1"] * 3


SORTING: Final = """
import sphinx_paper_table.citations.listing as listing
in_order = listing.in_order
def watched(style, entries):
    print("sorts")
    return in_order(style, entries)
listing.in_order = watched
"""


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("{Two}", "{Two and {More}}", 0),
        ("journal = {Journal of Two}", "journal = {Journal of Three}", 0),
        ("{Three}", "{Two times}", 1),
        ("{Three}", "{Three $x$}", 1),
        ("year = {2015}", "year = {2016}", 1),
        ("{The Group}", "{Their Group}", 1),
        ("author = {Yu, Di}", "author = {Yu, Dirk}", 0),
        ("{Three}", "{Zero}", 1),
        ("key3", "other3", 1),
    ],
)
def test_lists_are_sorted_again_when_an_entry_may_move(tmp_path: Path, old: str, new: str, count: int) -> None:
    """Where "Three" becomes "Zero", it stands behind "Two"; everything else keeps its place, or another label."""
    bib = f"{BIB}@misc{{key3, author = {{Zet, Ann}}, title = {{Last}}, year = {{2020}}}}\n"
    project = Project(tmp_path, {"index.rst": rst("Start", ":cite:t:`he2019two`", bibliography("all:"))}, SORTING, bib)
    assert project.build(place="kept").log.count("sorts") == 1
    project.write("refs.bib", bib.replace(old, new))
    edited = project.build(place="kept")
    assert edited.log.count("sorts") == count
    assert edited.files(".html", ".js") == project.build().files(".html", ".js")


def test_a_list_with_a_filter_is_filled_again_when_the_filter_may_say_otherwise(tmp_path: Path) -> None:
    lists = bibliography("filter: title % 'Two'"), bibliography("filter: cited", "labelprefix: A")
    project = Project(tmp_path, {"index.rst": rst("Start", ":cite:t:`he2019two`", *lists)}, SORTING)
    project.build(place="kept")
    for old, new, count in (("{Two}", "{Two or so}", 0), ("{Five}", "{Five, Two}", 2), ("{Six}", "{Sixty}", 0)):
        project.write("refs.bib", (project.source / "refs.bib").read_text("utf-8").replace(old, new))
        edited = project.build(place="kept")
        assert edited.log.count("sorts") == count
        assert edited.files(".html", ".js") == project.build().files(".html", ".js")
