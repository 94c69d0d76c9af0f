"""The files that records show or offer: those of the project, and no others of the machine that builds."""

from __future__ import annotations

import glob
import posixpath
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.addnodes import download_reference

from sphinx_paper_table.citations.unsafe_links import replace_node
from sphinx_paper_table.compat.sphinx import image_in_language
from sphinx_paper_table.survey.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.survey.located import Located

_ANY_TYPE: Final = ".*"
"""Sphinx looks for an image in the formats that a builder knows."""


def refuse_foreign_files(holder: nodes.Element, text: Located, env: BuildEnvironment) -> Iterator[Problem]:
    """Show its name in the place of each image or download in *holder* that is not a file of the project.

    *holder* was made of *text*. Yields the problems.
    """
    for node, name in list(_named_files(holder)):
        if not _is_remote(name) and not all(_is_own(env, path) for path in _candidates(env, node, name)):
            _note_dependency(env, name)
            hint = "move it there; records show and offer only what the project has"
            place = text.position_at(max(text.find(name), 0))
            yield Problem(place, Code.UNREADABLE, f"'{name[:80]}' is no file of the source directory", hint)
            title = node.astext() if isinstance(node, download_reference) else node.get("alt", "")
            source = f"{title} <{name}>" if title and title != name else name
            written = nodes.literal(source, source)
            is_inline = isinstance(node.parent, (nodes.TextElement, nodes.inline))
            replace_node(node, [written if is_inline else nodes.paragraph("", "", written)])


def _note_dependency(env: BuildEnvironment, name: str) -> None:
    """Let the page be read again when the link that *name* is becomes a file of the project."""
    relative = posixpath.join("/", posixpath.dirname(env.docname), name).lstrip("/")
    with suppress(OSError, ValueError):
        if Path(env.srcdir, relative).is_file():
            env.note_dependency(relative)


def _named_files(holder: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    yield from ((node, str(node.get("uri", ""))) for node in holder.findall(nodes.image))
    yield from ((node, str(node.get("reftarget", ""))) for node in holder.findall(download_reference))


def _candidates(env: BuildEnvironment, node: nodes.Element, name: str) -> list[Path | None]:
    """Return every file that Sphinx may take for *name*; None stands for those that it must not look for."""
    names = [name]
    if isinstance(node, nodes.image):
        names.append(image_in_language(name, env))
    found: list[Path | None] = []
    for one in names:
        path = Path(env.relfn2path(one)[1])
        if glob.has_magic(str(one).removesuffix(_ANY_TYPE)):
            found.append(None)
        elif one.endswith(_ANY_TYPE):
            found += [path, *path.parent.glob(glob.escape(path.stem) + _ANY_TYPE)]
        else:
            found.append(path)
    return found


def _is_own(env: BuildEnvironment, path: Path | None) -> bool:
    """Return whether *path* is, or would be, a file of the source directory, wherever links lead; none is hidden."""
    root = Path(env.srcdir).resolve()
    try:
        if path is None or not (found := path.resolve()).is_relative_to(root):
            return False
        return not any(part.startswith(".") for part in found.relative_to(root).parts) and (
            found.is_file() or not found.exists()
        )
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, links in a circle
        return False


def _is_remote(name: str) -> bool:
    """Return whether Sphinx takes *name* for the address of another host."""
    return name.startswith("data:") or "://" in name
