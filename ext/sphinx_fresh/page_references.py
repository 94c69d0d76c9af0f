"""The references that a page makes to other pages, taken from its doctree.

A reference is put in the widest form that is cheap to answer: the last word of the target, in lower case. Two objects
that share it are told apart no further, so a page may be written once too often, never too seldom.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx import addnodes

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_WORD = re.compile(r"[\w\-+*]+")
_CALL = re.compile(r"[(<=\[].*", re.DOTALL)
#: Attributes of a pending cross-reference that complete its target ("method" in "class" in "module").
_CONTEXT = ("py:module", "py:class", "js:module", "js:object", "std:program")
#: Roles whose targets are looked for while a page is read: what becomes of them depends on the pages that there are.
_LOOKED_FOR = frozenset({"myst", "doc", "any"})
#: Nodes, by tag name, that show something collected from all pages.
_COLLECTIONS = {"todolist": "todo"}


class PageReference(NamedTuple):
    """What a page refers to: whatever answers to *key* (in *domain*, or in any when that is empty).

    Stored in the environment as a line of text (`PageReference.line`): it is loaded and saved at every build, and
    strings are what pickle handles fastest.
    """

    domain: str
    role: str
    key: str
    targets: tuple[str, ...] = ()

    def line(self) -> str:
        """The reference as one line; a target with a line break or tab is cut there, its key is not."""
        targets = (_BREAK.split(target)[0] for target in self.targets)
        return "\t".join((self.domain, self.role, _BREAK.sub(" ", self.key), *targets))

    @classmethod
    def parse(cls, line: str) -> PageReference:
        """The reference that `line` wrote."""
        domain, role, key, *targets = line.split("\t")
        return cls(domain, role, key, tuple(targets))


def key_of(name: str) -> str:
    """Last word of an object's name or of a reference's target, without arguments, in lower case."""
    words = _WORD.findall(_CALL.sub("", name)) or _WORD.findall(name)
    return words[-1].lower() if words else name.lower()


def references_made(doctree: nodes.document) -> str:
    """All references of *doctree*, a line each, once, in a stable order."""
    references = {_reference(node) for node in doctree.findall(addnodes.pending_xref)}
    references |= {_collection(node) for node in doctree.findall() if getattr(node, "tagname", "") in _COLLECTIONS}
    return "\n".join(reference.line() for reference in sorted(references))


def pages_included(doctree: nodes.document) -> tuple[str, ...]:
    """The pages that the toctrees of *doctree* list, in order."""
    entries = [ref for toctree in doctree.findall(addnodes.toctree) for _title, ref in toctree["entries"]]
    return tuple(dict.fromkeys(ref for ref in entries if isinstance(ref, str)))


def files_missed(env: BuildEnvironment, doctree: nodes.document) -> tuple[str, ...]:
    """Files that MyST looked for and did not find: a link to one that is there becomes another node."""
    missed = set()
    for node in doctree.findall(addnodes.pending_xref):
        target = str(node.get("reftarget", "")).partition("#")[0]
        if node.get("reftype") == "myst" and not node.get("refdomain") and target and "\0" not in target:
            missed.add(str(env.relfn2path(target, env.docname)[1]))
    return tuple(sorted(missed))


def mentions(references: str, names: set[str]) -> bool:
    """Whether a page may have been read with a link to one of *names*: last parts of pages' names, without suffix."""
    for line in references.split("\n") if references else ():
        reference = PageReference.parse(line)
        if reference.role in _LOOKED_FOR and any(_page_name(target) in names for target in reference.targets):
            return True
    return False


def _page_name(target: str) -> str:
    return target.partition("#")[0].rpartition("/")[2].partition(".")[0]


def _reference(node: addnodes.pending_xref) -> PageReference:
    target = str(node.get("reftarget", ""))
    prefixes = [str(node[name]) for name in _CONTEXT if node.get(name)]
    qualified = [".".join((*prefixes[:count], target)) for count in range(1, len(prefixes) + 1)]
    targets = dict.fromkeys((target, target.lower(), *qualified))
    return PageReference(str(node.get("refdomain") or ""), str(node.get("reftype", "")), key_of(target), tuple(targets))


def _collection(node: nodes.Node) -> PageReference:
    return PageReference(_COLLECTIONS[getattr(node, "tagname", "")], "*", "*", ())
