"""The ``cite`` domain of sphinxcontrib-bibtex 2.7 with its look-ups indexed and its work done when needed.

What it overrides, and why (line numbers of 2.7.0, ``sphinxcontrib/bibtex/domain.py``):

- ``env_updated`` (316) formats every entry twice at every build, and scans all references for each entry.
- ``resolve_xref`` (393) scans all citations twice for each role, and reads all entry points for a backend.
- ``clear_doc`` (260) rebuilds every list for each page.
- ``get_objects`` is missing, so that no inventory has the keys.
- References are noted while parsing, so that a translated one counts twice; here they are read from the doctree.

Supported: sphinxcontrib-bibtex 2.7 (pinned in pyproject.toml).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_paper_table.bibliography.for_styles import in_text
from sphinx_paper_table.citations.footnotes import EngineFootCiteRole, list_waiting, note_reported
from sphinx_paper_table.citations.listing import Listings, list_references
from sphinx_paper_table.citations.mentions import Mention, mention_of
from sphinx_paper_table.citations.naming import rendered
from sphinx_paper_table.citations.remote import find_remote, mark_external
from sphinx_paper_table.citations.roles import EngineCiteRole
from sphinx_paper_table.citations.styles import year_of
from sphinx_paper_table.citations.unresolved import REPORTED, report_unresolved, unresolved_mark
from sphinx_paper_table.compat.sphinxcontrib_bibtex import (
    BibtexDomain,
    BibtexFootDomain,
    CitationRef,
    CitationTarget,
    SphinxReferenceInfo,
    parse_citation_targets,
)
from sphinx_paper_table.store import Packed
from sphinx_paper_table.survey.query import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.citations.listed import Listed
    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibliographyKey, BibliographyValue

_TWO: Final = 2


class NotedReference(CitationRef):
    """What a page cites by something else than a role: it shows author and year, and a link."""

    __slots__ = ()


def _is_formula(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.math, nodes.math_block))


class CitationDomain(BibtexDomain):
    """Citations, with the cost of what a build changes."""

    data_version = BibtexDomain.data_version + 100  # other data than the stock domain's; its shape is in env_version
    roles: ClassVar[dict[str, Any]] = dict.fromkeys(BibtexDomain.roles, EngineCiteRole())
    initial_data: ClassVar[dict[str, Any]] = {
        **BibtexDomain.initial_data,
        "listings": None,
        "noted": {},
        "cited": {},
        "mentions": {},
        "parts": {},
        "settings": None,
        "labels": {},
        "facts": {},
        "equations": {},
    }

    pages_changed = False
    """Whether this build has read or removed a page."""
    listings_changed = False
    """Whether the bibliographies list something else than after the build before."""

    @property
    def listings(self) -> Listings:
        """What the bibliographies list."""
        return cast("Listings", self.data["listings"])

    def note(self, docname: str, keys: Iterable[str], line: int, backlink: str) -> None:
        """Note that a page cites *keys* by something else than a role."""
        targets = [CitationTarget(key=key, pre="", post="") for key in keys]
        if targets:
            self.data["noted"].setdefault(docname, Packed()).append(NotedReference(backlink, docname, line, targets))

    def mention(self, key: str, mention: Mention) -> None:
        """Note a place that cites *key*."""
        self.data["mentions"].setdefault(mention.docname, Packed()).append((key, mention))

    def mentions_of(self, key: str) -> list[Mention]:
        """Return the places that cite *key*, on all pages; indexed once a build, after all are read."""
        if self._mentions is None:
            self._mentions = {}
            for docname in sorted(self.data["mentions"]):
                for name, mention in self.data["mentions"][docname]:
                    self._mentions.setdefault(self.listings.aliases.get(name, name), []).append(mention)
        return self._mentions.get(key, [])

    _mentions: dict[str, list[Mention]] | None = None

    def references_of(self, docname: str) -> list[CitationRef]:
        """Return the references on a page, in reading order."""
        return list(self.data["noted"].get(docname, ()))

    @property
    def citation_refs(self) -> list[CitationRef]:
        """The references on all pages, by the names of these: listed when a build first asks for them."""
        if self._references is None:
            noted = self.data["noted"]
            self._references = [reference for name in sorted(noted) for reference in noted[name]]
        return self._references

    _references: list[CitationRef] | None = None

    @property
    def _by_page(self) -> dict[str, list[BibliographyKey]]:
        """The keys of all bibliographies by page: an index, made when a process first asks and kept up to date."""
        if self._indexed is None:
            self._indexed = {}
            for key in self.bibliographies:
                self._indexed.setdefault(key.docname, []).append(key)
        return self._indexed

    _indexed: dict[str, list[BibliographyKey]] | None = None

    def bibliographies_on(self, docname: str) -> list[BibliographyKey]:
        """Return the keys of the bibliographies on a page."""
        return self._by_page.get(docname, [])

    def note_bibliography(self, key: BibliographyKey, value: BibliographyValue) -> None:
        """Note a bibliography; one of the same key is replaced."""
        if key not in self.bibliographies:
            self._by_page.setdefault(key.docname, []).append(key)
        self.bibliographies[key] = value

    def clear_doc(self, docname: str) -> None:
        """Forget a page; its references are keyed by its name. Sphinx asks for it before every page that it reads."""
        self.pages_changed = True
        self.data["noted"].pop(docname, None)
        self.data["cited"].pop(docname, None)
        self.data["mentions"].pop(docname, None)
        self.data["parts"].pop(docname, None)
        self.data["equations"].pop(docname, None)
        self.data["facts"].pop(docname, None)
        for key in self._by_page.pop(docname, ()):
            del self.bibliographies[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for kept in ("noted", "mentions", "parts", "equations"):
            self.data[kept].update({name: found for name, found in otherdata[kept].items() if name in docnames})
        for key, value in otherdata["bibliographies"].items():
            if key.docname in docnames:
                self.note_bibliography(key, value)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the references of a page as its doctree has them, after translation."""
        if docname in self._by_page:
            self.data["equations"][docname] = any(document.findall(_is_formula))
        found = [node for node in document.findall(pending_xref) if node.get("refdomain") == "cite"]
        if not any(node.get("translated") for node in document.findall(nodes.Element)):
            found.sort(key=_reading_order)
        references = [
            CitationRef(node["ids"][0], docname, node.line or 0, list(parse_citation_targets(node["reftarget"])))
            for node in found
            if node["ids"]
        ]
        if references:
            self.data["noted"].setdefault(docname, Packed()).extend(references)
        cited = [(node, [target.key for target in parse_citation_targets(node["reftarget"])]) for node in found]
        for node, keys in cited:
            place = mention_of(node, docname)
            for key in keys:
                self.mention(key, place)

    def env_updated(self) -> Iterable[str]:
        """Compute what each bibliography lists, unless nothing that it depends on has changed."""
        self._references = None
        for docname, references in self.data["noted"].items():
            if docname not in self.data["cited"]:
                keys = [[target.key for target in reference.targets] for reference in references]
                self.data["cited"][docname] = digest(keys)
        known = self.data["listings"]
        self.data["listings"] = list_references(self, known, pages_changed=self.pages_changed)
        self.listings_changed = self.listings is not known
        self.data["citations"] = self.listings.citations
        self._mentions = None
        self._note_formulas()
        self.listings.warn()
        return []

    def _note_formulas(self) -> None:
        """Tell Sphinx which pages have formulas, so that they load what shows them: lists are filled after reading."""
        has_equations = self.env.domains.math_domain.data["has_equations"]
        for docname, has_own in self.data["equations"].items():
            has_equations[docname] = has_own or docname in self.listings.formulas

    def resolve_xref(  # type: ignore[override]  # noqa: PLR0913, PLR0917 (Sphinx's signature; as the stock domain)
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Link the keys of a role, in the order of the stock domain; those that only other projects have come last."""
        wanted = {found.key: found for found in parse_citation_targets(target)}
        references: list[tuple[Any, Any, SphinxReferenceInfo]] = [
            (self._entry(listed, typ), listed.formatted_entry, self._info(listed, wanted[key], builder, fromdocname))
            for key, found in self.listings.in_stock_order(wanted, fromdocname)
            for listed in (self.printed(found),)
        ]
        unresolved = []
        for key, asked in wanted.items():
            if self.listings.find(key, fromdocname) is None:
                if remote := self._remote(key, asked, fromdocname):
                    references.append(remote)
                else:
                    if key not in node.get(REPORTED, ()):
                        report_unresolved(env, key, node)
                    unresolved.append(asked)
        result = nodes.inline(rawsource=target, classes=["bibtex-citation"])
        is_compatible = env.config.citations_compatible
        if references or is_compatible:
            result += rendered(self.reference_style, typ, list(references), self.backend, node)
        for asked in () if is_compatible else unresolved:
            result += [nodes.Text(" ")] if result.children else []
            result += unresolved_mark(asked)
        mark_external(result)
        return result

    def _entry(self, listed: Listed, typ: str) -> Any:
        """Return the entry as references show it: with the letter of its year where the style has letters."""
        entry = in_text(listed.entry)
        if getattr(self.reference_style, "has_letters", False):
            entry.fields["year"] = year_of(entry, listed.letter)
            for persons in entry.persons.values():
                if len(persons) == _TWO and str(persons[-1]) == "others" and not typ.endswith("s"):
                    persons.append(persons[-1])  # styles take two for "A and B", and "A et al." begins with three
        return entry

    def _remote(
        self, key: str, wanted: CitationTarget, fromdocname: str
    ) -> tuple[Any, Any, SphinxReferenceInfo] | None:
        found = find_remote(self.env, key)
        if found is None:
            return None
        builder: Any = found.builder
        info = SphinxReferenceInfo(builder, fromdocname, found.uri, found.anchor, found.label, wanted.pre, wanted.post)
        return found.entry, found.formatted_entry, info

    def note_printed(self, bibliographies: Iterable[BibliographyKey]) -> None:
        """Note which lists a document of several pages has: LaTeX gathers them at its end, where an entry stands once.

        That is in the largest of the lists, as for pages without one of their own.
        """
        found: dict[str, Listed] = {}
        for key in bibliographies:
            for listed in self.listings.of(key):
                if listed.list_ == "citation":
                    found[listed.key] = max(found.get(listed.key, listed), listed, key=self.listings.size)
        self._printed_once = found

    _printed_once: Mapping[str, Listed] = MappingProxyType({})

    def printed(self, listed: Listed) -> Listed:
        """Return what stands for *listed* in the document that is written: itself, or the entry of a larger list."""
        return self._printed_once.get(listed.key, listed) if listed.list_ == "citation" else listed

    def _info(self, listed: Listed, wanted: CitationTarget, builder: Builder, fromdocname: str) -> SphinxReferenceInfo:
        return SphinxReferenceInfo(
            builder=builder,
            fromdocname=fromdocname,
            todocname=listed.bibliography_key.docname,
            citation_id=listed.citation_id,
            title=listed.tooltip,
            pre_text=wanted.pre,
            post_text=wanted.post,
        )

    def resolve_any_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """Answer the ``any`` role when one of its keys is listed."""
        keys = [key.strip() for key in target.split(",")]
        if not any(self.listings.find(key, fromdocname) or find_remote(env, key) for key in keys):
            return []
        return [("p", self.resolve_xref(env, fromdocname, builder, "p", target, node, contnode))]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every listed key: what intersphinx of other projects resolves."""
        former: dict[str, list[str]] = {}
        for alias, key in self.listings.aliases.items():
            former.setdefault(key, []).append(alias)
        for listed in self.listings.preferred():
            for name in (listed.key, *former.get(listed.key, ())):
                yield name, listed.author_year, "citation", listed.bibliography_key.docname, listed.citation_id, -1


class FootCitationDomain(BibtexFootDomain):
    """References in footnotes, as the stock domain has them."""

    roles: ClassVar[dict[str, Any]] = dict.fromkeys(BibtexFootDomain.roles, EngineFootCiteRole())

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """List at the end of a page the footnotes that no directive behind them does; the stock package loses them."""
        if not env.config.citations_compatible:
            note_reported(env, document)
            list_waiting(env, docname, document)


def _reading_order(node: nodes.Element) -> int:
    """Return the number in a reference's id: docutils counts while it parses, transforms move nodes later."""
    digits = "".join(filter(str.isdigit, node["ids"][0])) if node["ids"] else ""
    return int(digits or 0)
