"""The house keeps its plan: imports point downwards, modules stay small, everything is typed, described and tested."""

from __future__ import annotations

import ast
import re
import statistics
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from sphinx_paper_table.features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
NAME: Final = "sphinx_paper_table"
PACKAGE: Final = ROOT / "ext" / NAME
FRESH: Final = ROOT / "ext" / "sphinx_fresh"
"""A product of its own, which only comes in the same wheel."""

ORDER: Final = (
    ("version",),
    ("store", "compat"),
    ("survey",),
    ("bibliography",),
    ("reading", "exports"),
    ("citations",),
    ("sphinx_host",),
    ("cards",),
    ("features",),
)
"""The rooms from the lowest up; those of one line do not know each other."""
LAYERS: Final[dict[str, set[str]]] = {
    **{room: {low for line in ORDER[:height] for low in line} for height, line in enumerate(ORDER) for room in line},
    "editing": {"version", "store", "survey", "bibliography", "reading", "exports"},
    "importing": {"version", "store", "survey", "bibliography", "reading", "exports", "editing"},
    "services": {"version", "store", "survey", "bibliography", "reading", "exports", "editing"},
    "cli": {"version", "store", "survey", "bibliography", "reading", "exports", "editing", "services", "importing"},
    "__main__": {"cli"},
    "fresh": set(),
    "extending": {room for line in ORDER for room in line},
    "": {room for line in ORDER for room in line} | {"cli", "editing", "importing", "services", "extending"},
}
"""What each part of the package may import besides itself; the empty name is the package's own __init__."""
WITHOUT_SPHINX: Final = (
    *("store", "survey", "bibliography", "reading", "exports", "editing", "importing", "services", "cli"),
)
COMES_WITH: Final[dict[str, str]] = {
    "svg": "svg.path",
    "babel": "sphinx",
    "docutils": "sphinx",
    "imagesize": "sphinx",
    "jinja2": "sphinx",
    "markupsafe": "sphinx",
    "markdown_it": "myst-parser",
    "mdit_py_plugins": "myst-parser",
    "pydantic_core": "pydantic",
    "yaml": "pyyaml",
    "sphinxcontrib": "sphinxcontrib-bibtex",
    "sphinx_design": "sphinx-design",
    "myst_parser": "myst-parser",
}
"""Modules whose distribution has another name, or that a declared distribution requires itself."""
SPHINX: Final = {"sphinx", "docutils", "myst_parser", "sphinx_design", "sphinxcontrib"}
MAX_LINES: Final = 400
MAX_MEDIAN_FUNCTION: Final = 12
MAX_FUNCTION: Final = 60


class Import(NamedTuple):
    """An import statement's target, and whether only type checkers follow it."""

    module: str
    types_only: bool
    line: int


def modules() -> list[Path]:
    """Return every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def every_module() -> list[Path]:
    """Return the modules of both packages."""
    return [*modules(), *sorted(FRESH.rglob("*.py"))]


def dotted(path: Path) -> str:
    """Return the module's full name."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def part(module: str) -> str:
    """Return the part of the package that *module* belongs to."""
    return [*module.split("."), ""][1]


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Return every import of a module, those within functions included."""
    return tuple(_imports(tree(path), path, types_only=False))


def _imports(node: ast.AST, path: Path, *, types_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        guarded = types_only or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
        if isinstance(child, ast.Import):
            yield from (Import(name.name, guarded, child.lineno) for name in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = _base(child, path)
            for name in child.names:
                whole = f"{base}.{name.name}"
                yield Import(whole if whole in known() else base, guarded, child.lineno)
        else:
            yield from _imports(child, path, types_only=guarded)


def _base(node: ast.ImportFrom, path: Path) -> str:
    """Return the module that ``from … import`` names, relative ones from where they stand."""
    package = path.relative_to(PACKAGE.parent).parts[: -node.level] if node.level else ()
    return ".".join((*package, *([node.module] if node.module else [])))


@cache
def known() -> frozenset[str]:
    """Return the names of all modules of the package."""
    return frozenset(map(dotted, modules()))


def own(path: Path) -> list[Import]:
    """Return the imports from within the package."""
    return [found for found in imports(path) if found.module.split(".")[0] == NAME]


def functions() -> Iterator[tuple[str, int]]:
    """Yield every function with its place and its number of lines."""
    for path in every_module():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{dotted(path)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def lines(paths: list[Path]) -> int:
    """Return the number of lines of all files together."""
    return sum(len(path.read_text("utf-8").splitlines()) for path in paths)


def test_the_plan_names_every_part() -> None:
    assert {part(dotted(path)) for path in modules()} == set(LAYERS)


def test_the_map_is_true() -> None:
    """CONTRIBUTING names every room, and files and commands that there are."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    house = text.partition("## The house")[2].partition("## Add a feature")[0]
    named = set(re.findall(r"`((?:[\w.]+/)*[\w.]+\.(?:py|html|css)|(?:[\w.]+/)+)`", house))
    doors = {"__init__.py", "__main__.py", "extending.py", "fresh.py"}
    wanted = {path.relative_to(PACKAGE).parts[0] for path in modules()} - doors
    assert wanted <= {name.strip("/") for name in named}
    places = (ROOT, PACKAGE, PACKAGE / "features" / "results", PACKAGE / "cards")
    assert [name for name in named if "NAME" not in name and not any((place / name).exists() for place in places)] == []
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    said = text + (ROOT / "RELEASING.md").read_text("utf-8") + (ROOT / ".ci" / "run").read_text("utf-8")
    asked_for = set(re.findall(r"(?:`|\$ |^|exec )make ([a-z][a-z-]*)", said, re.MULTILINE))
    assert {"check", "test", "test-versions", "dist", "changelog", "mutants"} <= asked_for
    assert asked_for - targets <= {"linkcheck"}, "a builder of Sphinx"


def test_imports_point_downwards() -> None:
    wrong = []
    for path in modules():
        here = part(dotted(path))
        for found in own(path):
            there = part(found.module)
            allowed = LAYERS[here] | {here}
            if there not in allowed:
                wrong.append(f"{dotted(path)}:{found.line}: {here or 'the package'} must not import {found.module}")
    assert wrong == []


def test_sphinx_fresh_stands_alone() -> None:
    """It imports Sphinx and nothing of ours; we set it up by its name and import nothing of it."""
    outside = {
        top
        for path in sorted(FRESH.rglob("*.py"))
        for found in imports(path)
        if (top := found.module.split(".")[0]) not in sys.stdlib_module_names
    }
    assert outside == {"sphinx", "docutils", "sphinx_fresh"}
    assert [found for path in modules() for found in imports(path) if found.module.startswith("sphinx_fresh")] == []


def test_compat_imports_other_packages_only() -> None:
    """Its modules are named after them; those without Sphinx may import the one whose package needs none."""
    room = [path for path in modules() if part(dotted(path)) == "compat"]
    assert len(room) > 1
    assert [found for path in room for found in own(path)] == []
    wrong = [
        f"{dotted(path)}:{found.line}: imports {found.module}"
        for path in modules()
        if part(dotted(path)) in WITHOUT_SPHINX
        for found in own(path)
        if part(found.module) == "compat" and found.module.rpartition(".")[2] != "pybtex"
    ]
    assert wrong == []


def test_features_know_nothing_of_each_other() -> None:
    def feature(module: str) -> str:
        return [*module.split("."), ""][2]

    wrong = [
        f"{dotted(path)}:{found.line}: imports {found.module}"
        for path in modules()
        if part(dotted(path)) == "features"
        for found in own(path)
        if part(found.module) == "features" and feature(found.module) not in {feature(dotted(path)), ""}
    ]
    assert wrong == []


def test_every_feature_is_in_the_list_and_asks_without_sphinx() -> None:
    folders = {path.parent.name for path in (PACKAGE / "features").glob("*/__init__.py")}
    assert folders == set(FEATURES)
    queries = [path for path in modules() if path.name == "query.py" and part(dotted(path)) == "features"]
    assert queries
    wrong = [found for path in queries for found in imports(path) if found.module.split(".")[0] in SPHINX]
    assert wrong == []


def test_the_front_end_needs_no_sphinx() -> None:
    wrong = [
        f"{dotted(path)}:{found.line}: imports {found.module}"
        for path in modules()
        if part(dotted(path)) in WITHOUT_SPHINX
        for found in imports(path)
        if found.module.split(".")[0] in SPHINX
    ]
    assert wrong == []


def test_no_module_is_in_a_circle() -> None:
    """Imports within functions count, and so do those for annotations."""
    graph = {dotted(path): {found.module for found in own(path)} for path in modules()}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail[trail.index(module) :], module))
        if module not in done:
            for target in sorted(graph[module] - {module}):
                visit(target, (*trail, module))
            done.add(module)

    for name in sorted(graph):
        visit(name, ())


def test_one_module_opens_connections() -> None:
    network = {"aiohttp", "asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib3"}
    using = {
        dotted(path)
        for path in every_module()
        for found in imports(path)
        if found.module.split(".")[0] in network or found.module.startswith("urllib.request")
    }
    assert using == {"sphinx_paper_table.services.client"}


def test_only_declared_packages_are_imported() -> None:
    """The package works where only what it declares is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]["terminal"]
    declared = {line.split(">")[0].split("<")[0].split("=")[0].strip() for line in (*project["dependencies"], *extras)}
    used = {
        COMES_WITH.get(top, top)
        for path in modules()
        for found in imports(path)
        if not found.types_only and (top := found.module.split(".")[0]) not in {*sys.stdlib_module_names, NAME}
    }
    assert used <= declared
    assert declared - used == set(), "declared, but not imported"


@pytest.mark.parametrize("path", every_module(), ids=dotted)
def test_modules_are_small_and_described(path: Path) -> None:
    assert lines([path]) <= MAX_LINES
    assert ast.get_docstring(tree(path)), f"{dotted(path)} says nothing of itself"


def test_functions_are_small() -> None:
    found = list(functions())
    assert statistics.median(size for _, size in found) <= MAX_MEDIAN_FUNCTION
    assert [place for place, size in found if size > MAX_FUNCTION] == []


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_the_entry_point_is_short() -> None:
    """The package's setup() is an ordered list of what there is."""
    assert lines([PACKAGE / "__init__.py"]) <= 40


def hidden_labels(text: str) -> list[int]:
    """Return the lines with a label inside an f-string, which Babel does not find with Python 3.11."""
    strings = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr)]
    calls = [call for string in strings for call in ast.walk(string) if isinstance(call, ast.Call)]
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_"]


def test_labels_are_found_by_every_supported_python() -> None:
    assert hidden_labels("a = _('x')\nb = f'{_(1)}'\n") == [2]
    assert {path.name: found for path in modules() if (found := hidden_labels(path.read_text("utf-8")))} == {}


def test_mistakes_would_be_found(tmp_path: Path) -> None:
    """The reader of imports sees those in functions, in classes and below TYPE_CHECKING."""
    text = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sphinx_paper_table.reading import loader\n"
        "class A:\n    def f(self):\n        import sphinx_paper_table.sphinx_host.domain\n"
    )
    path = tmp_path / "module.py"
    path.write_text(text, encoding="utf-8")
    assert imports(path)[1:] == (
        Import("sphinx_paper_table.reading.loader", types_only=True, line=3),
        Import("sphinx_paper_table.sphinx_host.domain", types_only=False, line=6),
    )
