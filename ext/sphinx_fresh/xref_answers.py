"""What the cross-references of pages lead to, as digests.

The index is built once, from what every domain says of itself (`Domain.get_objects`), when a page needs it, and each
bucket of it is digested once, on demand. What pages were answered is kept in the environment with a digest of all that
can be referred to: while that is the same, only pages that were read ask again. Domains that keep answers elsewhere
(equation numbers, citations, module synopses) are listed in `compat.extra_objects`; extensions state theirs through the
``fresh-facts`` event.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .compat import domain_data, extra_objects, inventories
from .digest import digest
from .page_records import records_of
from .page_references import PageReference, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.environment import BuildEnvironment

    from .navigation import Navigation

#: Roles answered by a domain other than the one they name, or by any.
_EVERYWHERE = frozenset({"", "any", "doc", "myst"})
_NUMBERED = frozenset({"numref", "myst"})
#: What lines of `references_made` have that ask for a whole collection: its answer is another one at every build.
_COLLECTION = "\t*\t"


class Objects:
    """All that can be referred to: gathered from the domains once a build, page by page."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Ask the domains of *env*; a page that was read again is where it was."""
        self.by_domain: list[tuple[str, list[tuple[Any, ...]]]] = [
            (domain.name, sorted(domain.get_objects(), key=_page_of)) for domain in env.domains.sorted()
        ]
        self.digest = digest(*(f"{name} {objects!r}" for name, objects in self.by_domain))


class XrefAnswers:
    """Digests of the answers to references, by key."""

    def __init__(self, env: BuildEnvironment, navigation: Navigation, objects: Objects) -> None:
        """Answer with the *objects* of *env*; what pages were answered before is forgotten when these are others."""
        self._env = env
        self._navigation = navigation
        self._objects = objects
        self._memo: dict[str, str] = {}
        self._inventories: list[tuple[str, Any]] = sorted(inventories(env).items())
        self._records = records_of(env)
        if self._records.answerable != (answerable := self._answerable()):
            self._records.answerable, self._records.answers = answerable, {}

    def digest(self, docname: str) -> str:
        """Digest of the answers to all references of a page."""
        record, known = self._records.pages.get(docname), self._records.answers
        if record is None or not record.references:
            return ""
        if docname not in known or _COLLECTION in record.references:
            known[docname] = digest(*map(self._answer, record.references.split("\n")))
        return known[docname]

    def _answerable(self) -> str:
        """Digest of all that answers follow from, but for those of whole collections."""
        env = self._env
        slugs = (f"{name} {found.get('myst_slugs', '')}" for name, found in sorted(env.metadata.items()))
        numbers = (f"{docname} {self._navigation.numbers(docname)}" for docname in sorted(env.all_docs))
        extra = digest(*map(repr, sorted(extra_objects(env))))
        return digest(self._objects.digest, digest(*slugs), digest(*numbers), extra, *inventory_digests(env))

    @cached_property
    def _buckets(self) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
        """What a reference to each object shows, by domain and key."""
        buckets: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for domain, name, docname, text in (*self._described(), *extra_objects(self._env)):
            key = key_of(name)
            buckets[domain, key].append((docname, text))
            buckets["", key].append((docname, text))
        return buckets

    def _described(self) -> Iterator[tuple[str, str, str, str]]:
        """(domain, name, page, what a reference to it shows) of everything that can be referred to."""
        for domain, objects in self._objects.by_domain:
            for name, shown, kind, docname, anchor, _priority in objects:
                yield domain, name, docname, f"{name}\x1e{shown}\x1e{kind}\x1e{anchor}"

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


def inventory_digests(env: BuildEnvironment) -> list[str]:
    """Digests of the inventories of other projects, each with its name."""
    return [f"{name} {digest(*_inventory_lines(data))}" for name, data in sorted(inventories(env).items())]


def _inventory_lines(data: object) -> list[str]:
    kinds = data.items() if isinstance(data, dict) else getattr(data, "data", {}).items()
    return [f"{kind} {objects!r}" for kind, objects in kinds]


def _page_of(described: tuple[Any, ...]) -> str:
    return str(described[3])


def _names(reference: PageReference) -> set[str]:
    """Spellings under which an inventory may know the target, ``project:target`` included."""
    return {*reference.targets, *(target.partition(":")[2] for target in reference.targets if ":" in target)}
