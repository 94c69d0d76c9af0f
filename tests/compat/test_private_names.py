"""What other packages do not promise is named in ``compat`` alone, and each name there has a test."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

EXT: Final = Path(__file__).resolve().parents[2] / "ext"
TESTS: Final = Path(__file__).parents[1]
COMPAT: Final = {
    "sphinx_paper_table": (EXT / "sphinx_paper_table" / "compat", TESTS / "compat"),
    "sphinx_fresh": (EXT / "sphinx_fresh" / "compat.py", TESTS / "sphinx_fresh" / "test_compat.py"),
}
"""The room or module of each package, and its tests."""
FOREIGN: Final = ("sphinx", "docutils", "myst_parser", "pybtex", "sphinxcontrib", "sphinx_design", "furo")
INTERNAL_MODULES: Final = (
    *("myst_parser", "sphinx_design", "sphinxcontrib"),  # they document no module, or none that is used here
    *("pybtex.bibtex", "pybtex.database.input", "pybtex.scanner", "pybtex.style.template"),
    *("pybtex.textutils", "pybtex.utils"),
    *("sphinx.environment.adapters", "sphinx.ext", "sphinx.search", "sphinx.builders.gettext.MsgOrigin"),
    *("sphinx.util.docutils.sphinx_domains", "sphinx.util.i18n", "sphinx.util.inventory", "sphinx.util.matching"),
    *("sphinx.util.osutil", "sphinx.util.texescape", "sphinx.application.ENV_PICKLE_FILENAME"),
)
"""Modules, or names in modules, that their package does not document."""
INTERNAL_NAMES: Final = frozenset(
    {
        *("anonlabels", "catalogs", "copy_translation_js", "css_files", "domaindata", "js_files", "render_partial"),
        *("intersphinx_inventory", "intersphinx_named_inventory", "intersphinx_mapping", "myst_config"),
        *("get_source_and_line", "nameids", "nametypes", "bibtex_bibliography_count", "bibtex_enum_count"),
        *("get_theme_dirs", "sidebar_templates", "static_dirs"),
    }
)
"""Attributes and keys that are not documented, whatever they belong to."""
INTERNAL_KEYS: Final = INTERNAL_NAMES - {"intersphinx_mapping"}
"""As a setting of ``conf.py`` this is documented; what Sphinx makes of it is not."""
REGISTRIES: Final = frozenset({"ids", "nameids", "nametypes", "names"})
"""Of a document of docutils: they are read, and written by its methods only."""
CHANGES: Final = frozenset({"clear", "pop", "popitem", "setdefault", "update"})
OF_TUPLES: Final = frozenset({"_asdict", "_fields", "_make", "_replace"})
"""Documented in spite of their names: `collections.namedtuple`."""
SETTABLE: Final = frozenset(
    {
        *("attrs", "children", "map"),  # of a token of markdown-it, of an element of docutils
        "auth",  # of a session of requests
        *("bytecode_cache", "code_generator_class"),  # of an environment of Jinja
        *("command_start", "pos"),  # of pybtex's parser, whose loop over a file is ours
        *(
            "buffer_text",
            "CharacterDataHandler",
            "EndElementHandler",
            "EntityDeclHandler",
            "ExternalEntityRefHandler",
            "StartDoctypeDeclHandler",
            "StartElementHandler",
            "UnparsedEntityDeclHandler",
        ),  # expat
        "epilog",  # of a parser of argparse
        *("header_comment", "revision_date"),  # of a catalogue of Babel
        "report_level",  # of a reporter of docutils
        *("sep", "sep2", "last_sep"),  # of styles of references (sphinxcontrib-bibtex, "custom styles")
    }
)
"""Attributes of others that are there to be set."""
OF_LANGUAGE: Final = frozenset({"argparse._SubParsersAction", "member._value_"})
"""Of the standard library: the first has no other name, the second is documented (`enum.Enum`)."""


def sources(package: str) -> list[Path]:
    """Return the modules of a package, without its ``compat``."""
    room, _tests = COMPAT[package]
    return [path for path in sorted((EXT / package).rglob("*.py")) if path != room and room not in path.parents]


def own_names(trees: list[ast.Module]) -> frozenset[str]:
    """Return all names that classes and functions of ours define, and attributes that they give themselves."""
    found = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
            found.add(node.attr)
        elif isinstance(node, ast.Assign) and any(ast.unparse(target) == "__slots__" for target in node.targets):
            found |= set(ast.literal_eval(node.value))
    return frozenset(found)


def foreign_privates(tree: ast.Module, own: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that name what another package does not promise, each with the name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from ((node.lineno, name) for name in _imported(node) if _is_internal(name))
        elif isinstance(node, ast.Attribute):
            if _is_private(node, own) or node.attr in INTERNAL_NAMES:
                yield node.lineno, ast.unparse(node)
            elif isinstance(node.ctx, ast.Store) and _is_patch(node, own):
                yield node.lineno, f"{ast.unparse(node)} ="
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in INTERNAL_KEYS:
            yield node.lineno, node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"getattr", "hasattr", "setattr", "delattr"}:
            name = node.args[1]
            if isinstance(name, ast.Constant) and str(name.value).startswith("_") and str(name.value)[1:2] != "_":
                yield node.lineno, str(name.value)
        if (changed := _changed_registry(node)) is not None:
            yield changed.lineno, f"{ast.unparse(changed)} is written"


def _imported(node: ast.ImportFrom | ast.Import) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [f"{node.module}.{name.name}" for name in node.names]


def _is_internal(name: str) -> bool:
    package, *parts = name.split(".")
    if package not in FOREIGN:
        return False
    is_private = any(part.startswith("_") and part != "_" for part in parts)
    return is_private or any(f"{name}.".startswith(f"{module}.") for module in INTERNAL_MODULES)


def _is_self(node: ast.expr) -> bool:
    return ast.unparse(node) in {"self", "cls", "super()"}


def _is_private(node: ast.Attribute, own: frozenset[str]) -> bool:
    """Return whether an attribute is private and not ours: one of ``self`` may be inherited."""
    if not node.attr.startswith("_") or node.attr.startswith("__") or node.attr in OF_TUPLES:
        return False
    return ast.unparse(node) not in OF_LANGUAGE and not (_is_self(node.value) and node.attr in own)


def _is_patch(node: ast.Attribute, own: frozenset[str]) -> bool:
    """Return whether an attribute is set that no class of ours has: a change of somebody else's object."""
    is_ours = _is_self(node.value) or node.attr in own or node.attr.startswith("__") or ast.unparse(node) in OF_LANGUAGE
    return not is_ours and node.attr not in SETTABLE and not ast.unparse(node.value).endswith("config")


def _changed_registry(node: ast.AST) -> ast.expr | None:
    """Return the registry of a document that *node* writes to."""
    changed: ast.expr | None = None
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        changed = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
        changed = node.func.value
    if not isinstance(changed, ast.Attribute) or changed.attr not in REGISTRIES or _is_self(changed.value):
        return None
    return changed


@pytest.mark.parametrize("package", COMPAT)
def test_only_compat_names_them(package: str) -> None:
    paths = sources(package)
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
    own = own_names(list(trees.values()))
    wrong = [
        f"{path.relative_to(EXT)}:{line}: {name}"
        for path, tree in trees.items()
        for line, name in foreign_privates(tree, own)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from docutils.parsers.rst.directives import _directives", "docutils.parsers.rst.directives._directives"),
        ("from sphinx._cli import main", "sphinx._cli.main"),
        ("import sphinxcontrib.bibtex.domain", "sphinxcontrib.bibtex.domain"),
        ("from sphinx.util import i18n", "sphinx.util.i18n"),
        ("env._app.builder", "env._app"),
        ("self._get_filter()", "self._get_filter"),
        ("getattr(env, '_viewcode_modules', None)", "_viewcode_modules"),
        ("context['css_files'].pop()", "css_files"),
        ("document.ids[anchor] = node", "document.ids is written"),
        ("del document.ids[anchor]", "document.ids is written"),
        ("self.state.document.ids.pop(anchor)", "self.state.document.ids is written"),
        ("app.builder.templates = mine", "app.builder.templates ="),
    ],
)
def test_mistakes_would_be_found(text: str, name: str) -> None:
    assert name in {found for _line, found in foreign_privates(ast.parse(text), frozenset())}


def test_what_is_ours_is_not_found() -> None:
    text = "class A:\n    def _ours(self):\n        self._kept = self._ours()._replace(a=1)\n        config.x = 1\n"
    tree = ast.parse(text)
    assert list(foreign_privates(tree, own_names([tree]))) == []


def public_names(path: Path) -> set[str]:
    """Return what a module of ``compat`` offers: its functions, and what its ``__all__`` lists."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            found |= set(ast.literal_eval(node.value))
    return found


@pytest.mark.parametrize("package", COMPAT)
def test_every_name_has_a_test_and_is_described(package: str) -> None:
    room, tests = COMPAT[package]
    modules = sorted(room.glob("*.py")) if room.is_dir() else [room]
    wrong = []
    for path in modules:
        if not (names := public_names(path)):
            continue
        test = tests / f"test_{path.stem}.py" if tests.is_dir() else tests
        used = {
            node.attr if isinstance(node, ast.Attribute) else node.id
            for node in ast.walk(ast.parse(test.read_text("utf-8")))
            if isinstance(node, ast.Attribute | ast.Name)
        }
        wrong += [f"{path.name}: {name} has no test" for name in sorted(names - used)]
        text = path.read_text("utf-8")
        described = {name for name in names if f"`{name}`" in text or f"def {name}(" in text}
        wrong += [f"{path.name}: {name} is not described" for name in sorted(names - described)]
    assert not wrong, "\n".join(wrong)
