"""Random edits of a site: what every editor can do, which edits a test makes, and what goes wrong with builds.

class Mine(Editor):
def _edit_title(self) -> str: ...

PLAN = Plan("MINE", Mine)
for kind in PLAN.edits(jobs=4):
editor.edit(kind)
"""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.support.harness import choose, wait_for_clock

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.support.harness import Site

KILLABLE: Final = '''
import os
import pathlib
import signal


def die(app, arguments):
    """End the build, children included, with half a page written."""
    if len(arguments) > 2 and isinstance(arguments[1], str):
        app.builder.get_output_path(arguments[1]).write_text("half a page")
    os.killpg(0, signal.SIGKILL)


def save(app):
    """Give the sources the state of the folder `edited` beside them, as an author does who goes on writing."""
    edited, files = app.srcdir.parent / "edited", [path for path in app.srcdir.rglob("*") if path.is_file()]
    for path in files:
        if not (edited / path.relative_to(app.srcdir)).exists():
            path.unlink()
    for path in [path for path in edited.rglob("*") if path.is_file()]:
        target = app.srcdir / path.relative_to(edited)
        if not target.exists() or target.read_bytes() != path.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


def obey(app, at_the_end=950):
    """Die, or save, at the moment that `Site.kill_build` or `Site.build_saving` has named: an event and its number."""
    for variable, act in (("FRESH_KILL", die), ("FRESH_SAVE", lambda app, arguments: save(app))):
        if moment := os.environ.get(variable):
            name, number, count = moment.split()[0], int(moment.split()[1]), []

            def listen(*arguments, act=act, number=number, count=count):
                count.append(1)
                if len(count) == number:
                    act(app, arguments)

            app.connect(name, listen, priority=at_the_end if name == "build-finished" else 950)
'''
"""Functions for a `conf.py`, whose `setup` calls ``obey(app)``."""
MOMENTS: Final = ("doctree-read 2", "env-updated 1", "html-page-context 1", "html-page-context 3", "build-finished 1")
SAVES: Final = ("builder-inited 1", "source-read 1", "doctree-read 1", "env-updated 1", "html-page-context 1", *MOMENTS)


class Editor:
    """Edits a site; every edit leaves it buildable. Each kind is a method ``_edit_KIND``, which may return details."""

    def __init__(self, numbers: random.Random) -> None:
        """Take the source of all that is random."""
        self._numbers = numbers
        self._count = 0

    def edit(self, kind: str = "") -> str:
        """Make one edit, a random one unless *kind* says which; return what was done."""
        self._count += 1
        wait_for_clock()
        kind = kind or self._numbers.choice(self.kinds())
        detail = getattr(self, f"_edit_{kind}")()
        self._save()
        return f"{self._count}: {kind} {detail or ''}".strip()

    @classmethod
    def kinds(cls) -> list[str]:
        """Return the names of all kinds of edit."""
        return sorted(name.removeprefix("_edit_") for name in dir(cls) if name.startswith("_edit_"))

    def _save(self) -> None:
        """Write what an edit has changed, in editors that keep files as data."""


def damage(doctrees: Path, numbers: random.Random) -> str:
    """Damage one to three files beside the environment, as disks, tools and people do; return what was done."""
    files = sorted(path for path in doctrees.rglob("*") if path.is_file())
    done = []
    for path in numbers.sample(files, min(len(files), numbers.randrange(1, 4))):
        kind = numbers.choice(["flipped", "truncated", "emptied", "foreign", "deleted", "folder"])
        data, status = bytearray(path.read_bytes()), path.stat()
        if kind == "flipped" and data:
            data[numbers.randrange(len(data))] ^= 1 << numbers.randrange(8)
            path.write_bytes(data)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        elif kind in {"deleted", "folder"}:
            path.unlink()
            if kind == "folder":
                path.mkdir()
        else:
            keep = numbers.randrange(len(data)) if data and kind == "truncated" else 0
            path.write_bytes(pickle.dumps({"of": "another"}) if kind == "foreign" else bytes(data[:keep]))
        done.append(f"{path.relative_to(doctrees)} {kind}")
    return ", ".join(done)


def disturb(editor: Editor, site: Site, kind: str, numbers: random.Random, jobs: int) -> str:
    """Make one edit, and let something go wrong with a build of it; return what was done.

    The build is killed at a moment or after a time, or the edit is saved while it runs; or caches are damaged.
    """
    what = numbers.choice(["kill", "kill later", "save", "save", "damage", "damage"])
    if what == "save":
        site.keep_sources()
        done = editor.edit(kind)
        moment = numbers.choice(SAVES)
        return f"{done}, {site.build_saving(moment, jobs=jobs)} at {moment}"
    done = editor.edit(kind)
    if what == "damage":
        return f"{done}, damaged: {damage(site.doctrees, numbers)}"
    moment = numbers.choice(MOMENTS) if what == "kill" else ""
    delay = None if moment else numbers.uniform(0.02, 0.6)
    killed = site.kill_build(delay, jobs=jobs, moment=moment)
    return f"{done}, a build {'killed' if killed else 'not killed'} at {moment or delay}"


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits that two tests make, with one process and with four: each kind once, and then any, in random order.

    The environment variables *name*_EDITS and *name*_SEED set the number of each test's edits and where they start.
    """

    name: str
    editor: type[Editor]

    @property
    def seed(self) -> int:
        """Return what all that is random in these tests starts with."""
        return int(os.environ.get(f"{self.name}_SEED", "1"))

    def edits(self, jobs: int) -> list[str]:
        """Return the kinds of one test's edits; "" is any."""
        order = self.editor.kinds()
        choose(self.seed).shuffle(order)
        kinds = order[::2] if jobs == 1 else order[1::2]
        count = int(os.environ.get(f"{self.name}_EDITS", len(kinds)))
        return [*kinds, *[""] * count][:count]
