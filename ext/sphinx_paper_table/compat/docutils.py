"""docutils (https://docutils.sourceforge.io), from 0.21 to 0.23."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives

if TYPE_CHECKING:
    from collections.abc import Iterator


def own_directive(name: str) -> Any:
    """Return docutils' own class for the directive *name* in English; None when it has none.

    ``_directive_registry`` (docutils/parsers/rst/directives/__init__.py:26). Sphinx puts its own classes before these
    under the English names only, so that ``directives.directive`` finds one of both, depending on the language.
    Needless when both are one class.
    """
    known: dict[str, tuple[str, str]] = directives._directive_registry  # type: ignore[attr-defined]
    module, found = known.get(name, ("", ""))
    return getattr(import_module(f"{directives.__name__}.{module}"), found) if module else None


def reserve_id(document: nodes.document, name: str) -> None:
    """Let nothing else in *document* get the id *name*, which no node has yet.

    ``document.set_id`` (docutils/nodes.py, marked as provisional) notes the ids of a node. The one given to it here
    only stands for the name: directives ask for anchors before their nodes are made. Needless when names can be
    reserved.
    """
    document.set_id(nodes.target("", "", ids=[name]))


def forget_names(document: nodes.document, node: nodes.Element) -> None:
    """Take away the names and ids of *node*, in *document* too: nothing leads there by them any more.

    Registries of ``document`` (docutils/nodes.py): ``ids``, ``nameids``, ``nametypes``, and ``names`` from 0.23 on.
    There are methods to note names and none to forget them. Needless with one.
    """
    for name in node["names"]:
        for known in (document.nameids, document.nametypes, getattr(document, "names", {})):
            known.pop(name, None)
    for name in node["ids"]:
        document.ids.pop(name, None)
    node["ids"], node["names"], node["dupnames"] = [], [], []


@contextmanager
def standing_at(document: nodes.document, path: str, line: int) -> Iterator[None]:
    """Let everything that is made or reported for *document* meanwhile stand at a *line* of the file *path*.

    Neither directives nor roles read files meanwhile, and ``raw`` is not allowed: they ask the settings.

    ``Reporter.get_source_and_line`` is put there by the reStructuredText parser for itself
    (docutils/utils/__init__.py:83, "patched in by RSTState.runtime_init"). Needless when a parser can be given the
    place of its text.
    """
    reporter: Any = document.reporter
    source, current, settings = document["source"], document.current_line, document.settings
    allowed = settings.file_insertion_enabled, settings.raw_enabled
    finder = getattr(reporter, "get_source_and_line", None)
    document["source"] = path or source
    reporter.get_source_and_line = lambda _line=None: (path, line)
    settings.file_insertion_enabled = settings.raw_enabled = False
    try:
        yield
    finally:
        settings.file_insertion_enabled, settings.raw_enabled = allowed
        document["source"], document.current_line = source, current
        reporter.get_source_and_line = finder


class QuicklyWalked(nodes.Element):
    """An element with many nodes in it, which some sixty walks a page by Sphinx and its extensions pass through.

    What ``findall`` finds is the same, in the same order, and what is changed meanwhile is met as ever. But where no
    node is of the kind that is looked for, they are looked through level by level, which takes a quarter of the time;
    and otherwise one generator walks, where docutils has one a node.

    ``Node._fast_findall`` and ``Node._superfast_findall`` (docutils/nodes.py:246): ``findall`` of an element around
    this one calls them on it. Needless when docutils walks in a loop.
    """

    def findall(
        self,
        condition: Any = None,
        include_self: bool = True,  # noqa: FBT001, FBT002 (docutils' signature)
        descend: bool = True,  # noqa: FBT001, FBT002
        siblings: bool = False,  # noqa: FBT001, FBT002
        ascend: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        """Return the nodes that docutils' own method returns."""
        if not (include_self and descend) or siblings or ascend:
            return super().findall(condition, include_self, descend, siblings, ascend)
        if isinstance(condition, (type, tuple)):
            return self._fast_findall(condition)
        return self._superfast_findall() if condition is None else filter(condition, self._superfast_findall())

    def _fast_findall(self, cls: type | tuple[type, ...]) -> Iterator[nodes.Node]:
        if any(issubclass(kind, cls) for kind in _kinds_in(self)):
            return (node for node in self._superfast_findall() if isinstance(node, cls))
        return iter(())

    def _superfast_findall(self) -> Iterator[nodes.Node]:
        yield self
        ways = [iter(self.children)]
        while ways:
            for node in ways[-1]:
                yield node
                if node.children:
                    ways.append(iter(node.children))
                    break
            else:
                ways.pop()


def _kinds_in(root: nodes.Node) -> set[type[nodes.Node]]:
    found: set[type[nodes.Node]] = set()
    level = [root]
    while level:
        found.update(map(type, level))
        level = [child for node in level if node.children for child in node.children]
    return found
