"""Random edits of a site: what every editor can do, which edits a test makes, and builds that are killed.

class Mine(Editor):
def _edit_title(self) -> str: ...

PLAN = Plan("MINE", Mine)
for kind in PLAN.edits(jobs=4):
editor.edit(kind)
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.fresh.harness import choose, wait_for_clock

if TYPE_CHECKING:
    import random

KILLABLE: Final = '''
import os
import signal


def die(app, name, count, arguments):
    """End the build, children included, at its `count`-th event `name`, with half a page written."""
    count.append(name)
    if len(count) == int(os.environ["FRESH_KILL"].split()[1]):
        if name == "html-page-context":
            app.builder.get_output_path(arguments[1]).write_text("half a page")
        os.killpg(0, signal.SIGKILL)


def obey(app, at_the_end=950):
    """Die at the moment that `Site.kill_build` has named: after other listeners, or with this priority at the end."""
    if moment := os.environ.get("FRESH_KILL"):
        name, count = moment.split()[0], []
        priority = at_the_end if name == "build-finished" else 950
        app.connect(name, lambda *arguments: die(app, name, count, arguments), priority)
'''
"""Functions for a `conf.py`, whose `setup` calls ``obey(app)``."""
MOMENTS: Final = ("doctree-read 2", "env-updated 1", "html-page-context 1", "html-page-context 3", "build-finished 1")


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
