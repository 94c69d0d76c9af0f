"""Files for continuous integration that keep a survey up to date: every month, a request with what has changed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.editing.documents import Changes, EditError
from sphinx_paper_table.editing.templates import filled

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PLACES: Final = {
    "github": (
        ".github/workflows/paper-table-update.yml",
        "allow GitHub Actions to create pull requests once, in the settings of the repository under Actions, General",
    ),
    "gitlab": (
        ".gitlab/paper-table-update.yml",
        "include the file in .gitlab-ci.yml, and add the pipeline schedule and the token that it names",
    ),
}
"""Where each file stands in a repository, and what is left to do by hand."""
_PATH: Final = re.compile(r"[\w./-]{1,200}", re.ASCII)


def workflow(where: str, source: Path, planned: Changes | None = None) -> tuple[Changes, str]:
    """Return the new file, and what is to be done besides; raises `EditError` where there is one, or no repository.

    *planned* are the files of a new project in *source*: that may be a repository later, with the file in its place.
    """
    new = {path.resolve() for path in planned.new} if planned is not None else set()
    root = next(
        (folder for folder in (source.resolve(), *source.resolve().parents) if (folder / ".git").exists()), None
    )
    if root is None and source.resolve() / "conf.py" in new:
        root = source.resolve()
    if root is None:
        msg = f"{source} is in no Git repository"
        raise EditError(msg, hint="run 'git init' first")
    name, said = PLACES[where]
    path = root / name
    if path.exists():
        msg = f"{os.path.relpath(path)} is there already"
        raise EditError(msg, hint="remove it first; nothing was written")
    inside = source.resolve().relative_to(root).as_posix()
    requirements = _requirements(root, source.resolve(), new)
    if not all(map(_PATH.fullmatch, (inside, *requirements))):
        msg = f"the path '{inside[:80]}' cannot be written into a shell command"
        raise EditError(msg, hint="use letters, digits, dots and hyphens")
    install = f"-r {requirements[0]}" if requirements else "sphinx-paper-table"
    return Changes(new={path: filled(f"update-{where}.yml", {"source": inside, "install": install})}), f"to do: {said}"


def _requirements(root: Path, source: Path, new: Collection[Path]) -> list[str]:
    """Return the file of requirements that stands nearest to *source*, below *root*, or will as one of *new* files."""
    folders = [folder for folder in (source, *source.parents) if folder.is_relative_to(root)]
    found = (folder / "requirements.txt" for folder in folders)
    return [path.relative_to(root).as_posix() for path in found if path.is_file() or path in new][:1]
