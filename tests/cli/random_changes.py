"""Random renamings, moves and merges in a copy of this project's own surveys: undone, every file is as before.

``python -m tests.cli.random_changes 100 [SEED]`` makes so many, and prints what is not as it was.
What is undone by a command (another name, another place) is undone so every other time; else, and for merges, which no
command undoes, the edits are applied backwards. Then every byte is as before. Messages in catalogues of translations
may stand in another order after a move there and back by commands, where a catalogue has not the order of its survey.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.changing import open_workspace
from sphinx_paper_table.editing.documents import EditError, open_document
from sphinx_paper_table.editing.kinds import KINDS
from sphinx_paper_table.editing.merging import merge
from sphinx_paper_table.editing.moving import holder_of, move
from sphinx_paper_table.editing.renaming import Renaming, definition_of, names_of
from sphinx_paper_table.store.replacing import Replacement, replace_files
from sphinx_paper_table.survey.edits import inverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.editing.workspace import Workspace

_ROOT: Final = Path(__file__).parents[2]
_COPIED: Final = ("conf.py", "**/*.md", "**/*.rst", "**/*.yaml", "**/*.po", "names.txt")
_AT_ONCE: Final = 3
"""How many changes stand before the last of them is undone first."""


def copy_site(place: Path) -> Path:
    """Copy what the commands read of this project to *place*; return the folder of its sources."""
    source = place / "docs"
    for pattern in _COPIED:
        for path in (_ROOT / "docs").glob(pattern):
            copied = source / path.relative_to(_ROOT / "docs")
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
    shutil.copyfile(_ROOT / "refs.bib", place / "refs.bib")
    return source


def contents(place: Path) -> dict[Path, bytes]:
    """Return the files in *place* with their bytes."""
    return {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


@dataclass
class Changed:
    """A change that has been made, and the ways to undo it."""

    said: str
    backwards: list[Replacement]
    by_command: Callable[[Workspace], object] | None


@dataclass
class Changer:
    """Changes the project in *source* at random."""

    source: Path
    random: random.Random
    kinds: Counter[str] = field(default_factory=Counter)
    """How many changes of each kind have been made."""

    def _workspace(self) -> Workspace:
        return open_workspace(argparse.Namespace(source=self.source, surveys=None, bib=None))

    def change(self) -> Changed | None:
        """Change something; None where the command has refused it, which leaves all as it was."""
        workspace = self._workspace()
        kind = self.random.choice(("rename", "rename", "move", "move", "merge"))
        before = contents(self.source.parent)
        try:
            said, back = getattr(self, f"_{kind}")(workspace)
            workspace.check()
            backwards = self._made(workspace)
        except EditError:
            assert contents(self.source.parent) == before
            return None
        self.kinds[kind] += 1
        return Changed(said, backwards, back)

    def _made(self, workspace: Workspace) -> list[Replacement]:
        """Write the changes, and return how to take them back, edit by edit."""
        changes, backwards = workspace.changes, []
        changes.write()
        for name, document in changes.documents.items():
            after = open_document(document.path, name, legacy=document.path.suffix == ".bib")
            undone = after.edited(inverse(document.text, changes.edits[name]))
            assert undone == document.data, f"{name}: the edits backwards do not restore it"
            backwards.append(Replacement(document.path, after.data, undone))
        return backwards

    def undo(self, changed: Changed) -> None:
        """Take a change back, by a command if there is one and chance says so."""
        if changed.by_command is None or self.random.random() < 0.5:
            replace_files(one for one in changed.backwards if one.before != one.after)
            return
        workspace = self._workspace()
        changed.by_command(workspace)
        workspace.check()
        workspace.changes.write()

    def _rename(self, workspace: Workspace) -> tuple[str, Callable[[Workspace], object]]:
        kind = self.random.choice(KINDS)
        old = self.random.choice(list(names_of(kind, workspace.catalogue)[0]))
        own = f"new-{kind}-{self.random.randrange(1000)}"
        new = f"{old.partition('#')[0]}#{own}" if kind == "group" else own
        Renaming(workspace, kind, old, new).run()
        return f"rename {old!r} {new!r}", lambda later: Renaming(later, kind, new, old).run()

    def _move(self, workspace: Workspace) -> tuple[str, Callable[[Workspace], object]]:
        catalogue = workspace.catalogue
        name = self.random.choice(list(catalogue.papers))
        places = [*catalogue.groups, *catalogue.surveys]
        editor, found = definition_of(workspace, "method", name)
        owner, sequence = holder_of(editor, found.record, "papers")
        place = next(place for place in places if definition_of_place(workspace, place) is owner)
        number = next(number for number, item in enumerate(sequence.items) if item is found.record)
        following = sequence.items[number + 1 : number + 2]
        beside = (following[0].text("id") or following[0].text("ref")) if following else ""
        target = self.random.choice(places)
        move(workspace, name, target)
        return f"move {name!r} --to {target!r}", lambda later: move(later, name, place, beside)

    def _merge(self, workspace: Workspace) -> tuple[str, None]:
        kind = self.random.choice(("method", "key", "tag", "benchmark"))
        kept, gone = self.random.sample(list(names_of(kind, workspace.catalogue)[0]), 2)
        merge(workspace, kept, gone)
        return f"merge {kept!r} {gone!r}", None


def definition_of_place(workspace: Workspace, place: str) -> object:
    """Return the record of a group or survey."""
    return definition_of(workspace, "group" if "#" in place else "survey", place)[1].record


def run(changer: Changer, count: int) -> str:
    """Make *count* changes and undo them; return what is not as it was, or nothing."""
    start = contents(changer.source.parent)
    done: list[Changed] = []
    for number in range(count):
        if changed := changer.change():
            done.append(changed)
        if len(done) == _AT_ONCE or number == count - 1:
            said = "; ".join(one.said for one in done)
            while done:
                changer.undo(done.pop())
            after = contents(changer.source.parent)
            other = [path for path in start.keys() | after.keys() if start.get(path) != after.get(path)]
            if wrong := [str(path) for path in other if not _is_same_catalogue(path, start, after)]:
                return f"{said}: {', '.join(wrong)}"
            for path in other:
                path.write_bytes(start[path])
    return ""


def _is_same_catalogue(path: Path, start: dict[Path, bytes], after: dict[Path, bytes]) -> bool:
    """Return whether a catalogue of translations has the messages that it had, each as it was."""
    before, now = (files.get(path, b"").strip().split(b"\n\n") for files in (start, after))
    return path.suffix == ".po" and sorted(before) == sorted(now)


def main() -> int:
    """Make as many changes as the command line says."""
    count, seed = (*map(int, sys.argv[1:]), *(100, 0)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as folder:
        changer = Changer(copy_site(Path(folder)), random.Random(seed))  # noqa: S311 (chance, no secret)
        wrong = run(changer, count)
    print(f"{count} tried, made and undone: {dict(changer.kinds)}; {wrong or 'every file is as it was'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
