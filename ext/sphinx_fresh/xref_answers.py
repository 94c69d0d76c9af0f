"""What the cross-references of pages lead to, as digests.

The index is built once, from what every domain says of itself (`Domain.get_objects`), and each bucket of it is digested
once, on demand. Domains that keep answers elsewhere (equation numbers, citations, module synopses) are listed in
`compat.extra_objects`; extensions state theirs through the ``fresh-facts`` event.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from .compat import domain_data, extra_objects, inventories
from .digest import digest
from .page_references import PageReference, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from .navigation import Navigation

#: Roles answered by a domain other than the one they name, or by any.
_EVERYWHERE = frozenset({"", "any", "doc", "myst"})
_NUMBERED = frozenset({"numref", "myst"})


class XrefAnswers:
    """Digests of the answers to references, by key."""

    def __init__(self, env: BuildEnvironment, navigation: Navigation) -> None:
        """Index all objects of *env*."""
        self._env = env
        self._navigation = navigation
        self._buckets: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._memo: dict[str, str] = {}
        self._inventories: list[tuple[str, Any]] = sorted(inventories(env).items())
        for domain, name, docname, text in _objects(env):
            key = key_of(name)
            self._buckets[domain, key].append((docname, text))
            self._buckets["", key].append((docname, text))

    def digest(self, references: str) -> str:
        """Digest of the answers to all *references* of a page, as `references_made` gave them."""
        return digest(*map(self._answer, references.split("\n"))) if references else ""

    def _answer(self, line: str) -> str:
        if line not in self._memo:
            self._memo[line] = self._answered(PageReference.parse(line))
        return self._memo[line]

    def _answered(self, reference: PageReference) -> str:
        if reference.role == "*":
            return self._collection(reference.domain)
        everywhere = reference.domain in _EVERYWHERE or reference.role in _EVERYWHERE
        bucket = self._buckets.get(("" if everywhere else reference.domain, reference.key), ())
        parts = [f"{docname}\x1e{text}" for docname, text in bucket]
        if reference.role in _NUMBERED:
            parts += [self._navigation.numbers(docname) for docname, _text in bucket]
        if reference.domain == "doc":
            parts += [str(self._env.metadata.get(name, {}).get("myst_slugs", "")) for name in reference.targets]
        return digest(*sorted(parts), *self._elsewhere(reference))

    def _elsewhere(self, reference: PageReference) -> Iterator[str]:
        for name, inventory in self._inventories:
            for kind in inventory:
                for target in _names(reference):
                    if target in inventory[kind]:
                        yield f"{name} {kind} {target} {inventory[kind][target]!r}"

    def _collection(self, domain: str) -> str:
        data = next((part for part in domain_data(self._env, domain).values() if isinstance(part, dict)), {})
        return digest(*sorted(f"{name} {self._env.all_docs.get(name)}" for name, members in data.items() if members))


def _names(reference: PageReference) -> set[str]:
    """Spellings under which an inventory may know the target, ``project:target`` included."""
    return {*reference.targets, *(target.partition(":")[2] for target in reference.targets if ":" in target)}


def _objects(env: BuildEnvironment) -> Iterator[tuple[str, str, str, str]]:
    """(domain, name, page, what a reference to it shows) of everything that can be referred to."""
    for domain in env.domains.sorted():
        for name, shown, kind, docname, anchor, _priority in domain.get_objects():
            yield domain.name, name, docname, f"{name}\x1e{shown}\x1e{kind}\x1e{anchor}"
    yield from extra_objects(env)
