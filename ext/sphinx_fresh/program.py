"""Digest of the program that reads pages: the sources of the extensions, and what conf.py does beside setting options.

Sphinx compares versions of extensions and values of options. Who works on an extension, or on code in conf.py, keeps
the version, and pages stay as they were read.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from .digest import digest, digest_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_ENDINGS = frozenset({".py", ".html", ".jinja", ".jinja2", ".j2", ".xml", ".txt", ".toml", ".yaml", ".yml", ".mo"})
#: Folders whose files are no program: style sheets and scripts are compared on their own, and the translations of
#: Sphinx's own extensions, which have this name there, change with their versions.
_SPARED = frozenset({"static", "tests", "node_modules", "__pycache__", "locales"})


def program_digest(app: Sphinx) -> str:
    """Digest of all loaded extensions that Sphinx does not bring, and of the statements of conf.py."""
    folders: set[Path] = set()
    files: set[Path] = set()
    for name, extension in app.extensions.items():
        path = getattr(extension.module, "__file__", None)
        if path and name.partition(".")[0] != "sphinx":
            top = _package(Path(path))
            if top.is_dir():
                folders.add(top)
            else:
                # A module outside packages may import those beside it.
                files.update(beside for beside in top.parent.glob("*.py") if beside.name != "conf.py")
    files.update(path for folder in folders for path in _files(folder))
    return digest(_statements(app), *(f"{path.name} {digest_file(path)}" for path in sorted(files)))


def _package(path: Path) -> Path:
    """The outermost package that the module at *path* belongs to; the module itself when there is none."""
    while (path.parent / "__init__.py").is_file():
        path = path.parent
    return path


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in _SPARED and not path.name.startswith("."):
                yield from _files(path)
        elif path.suffix in _ENDINGS:
            yield path


def _statements(app: Sphinx) -> str:
    """The text of conf.py without plain assignments to options, which Sphinx compares by value."""
    try:
        tree = ast.parse((app.confdir / "conf.py").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ""
    options = {option.name for option in app.config}
    return digest(*(ast.dump(node) for node in tree.body if not _sets_options(node, options)))


def _sets_options(node: ast.stmt, options: set[str]) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Assign) and all(
        isinstance(target, ast.Name) and target.id in options for target in node.targets
    )
