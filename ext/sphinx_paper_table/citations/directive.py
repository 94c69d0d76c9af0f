"""The ``bibliography`` directive without a node for every entry of every file: ids are all that is kept.

The stock directive (2.7) makes a citation node for each entry in the files, whether it will be listed or not, and
keeps them in the environment: with a list on every page that is quadratic in memory. Its options and messages are
used as they are.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging

from sphinx_paper_table.citations.library import as_opened
from sphinx_paper_table.citations.list_parts import ListPart, with_parts
from sphinx_paper_table.citations.style_registry import is_style, styles
from sphinx_paper_table.compat.sphinxcontrib_bibtex import (
    BibliographyDirective,
    BibliographyKey,
    BibliographyValue,
    bibliography,
    filter_of,
    next_bibliography,
    placeholder_ids,
)
from sphinx_paper_table.reading.bibtex_options import FALLBACK, FORMATTING, unknown_style
from sphinx_paper_table.reading.table_options import OF_BIBLIOGRAPHIES, converted
from sphinx_paper_table.store import content_digest
from sphinx_paper_table.survey.anchors import is_foreign, mark
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_paper_table.citations.domain import CitationDomain

logger = logging.getLogger(__name__)
_OF_PAGE: Final = "docname"
"""What is in a filter that asks for the page of its list: no other page has a part of that list."""


class Ids:
    """The ids of a bibliography's entries, in place of the stock directive's nodes.

    With ``bibtex_cite_id`` they follow from the key, see `survey.anchors`; without, they are the numbers that docutils
    would have given to a node for each entry, so that pages keep their anchors.
    """

    def __init__(self, template: str, count: int, numbered: dict[str, str]) -> None:
        """Keep the *template*; *numbered* has the ids that do not follow from it, by key."""
        self._template = template
        self._count = count
        self._numbered = numbered

    @property
    def facts(self) -> tuple[Any, ...]:
        """What the ids depend on."""
        return self._template, self._count, tuple(self._numbered.items())

    def id_of(self, key: str) -> str:
        """Return the id of an entry."""
        if key in self._numbered:
            return self._numbered[key]
        return nodes.make_id(self._template.format(bibliography_count=self._count, key=key))


class EngineBibliographyDirective(BibliographyDirective):
    """A bibliography: leaves a placeholder and a record of what it asks for."""

    option_spec: ClassVar[dict[str, Any]] = {
        **(BibliographyDirective.option_spec or {}),
        **dict.fromkeys(OF_BIBLIOGRAPHIES, directives.unchanged),
    }

    def run(self) -> Sequence[nodes.Node]:
        """Return the header, if any, and the placeholder."""
        domain: CitationDomain = self.env.get_domain("cite")  # type: ignore[assignment]
        files = self._files(domain)
        for path in files:
            self.env.note_dependency(str(path))
        count = next_bibliography(self.env)
        node = self._placeholder(count)
        prefix = self.options.get("keyprefix", "")
        keys = tuple(prefix + key for path in files for key in domain.bibdata.bibfiles[path].keys)
        header = self.config.bibtex_bibliography_header
        value = BibliographyValue(
            line=self.lineno,
            list_=self._list(),
            enumtype=self.options.get("enumtype", "arabic"),
            start=self.options.get("start", 1),
            style=self._style(),
            filter_=filter_of(self),
            labelprefix=self.options.get("labelprefix", ""),
            keyprefix=prefix,
            bibfiles=files,
            citation_nodes=self._ids(domain, prefix, keys, count),  # type: ignore[arg-type]
            keys=self._keys(prefix, keys),
        )
        domain.note_bibliography(BibliographyKey(docname=self.env.docname, id_=node["ids"][0]), value)
        return [*(self.parse_text_to_nodes(header) if header else []), *self._part(domain, node, value), node]

    def _part(self, domain: CitationDomain, node: nodes.Element, value: BibliographyValue) -> Iterator[nodes.Node]:
        """Yield the way to the other parts of the list, where the author has cut it."""
        given = {name: self.options[name] for name in OF_BIBLIOGRAPHIES if name in self.options}
        cut = converted(given, OF_BIBLIOGRAPHIES, self._note_option)
        if cut:
            filter_ = ast.dump(value.filter_)
            whole = value._replace(line=0, filter_=filter_, citation_nodes=None)  # type: ignore[arg-type]
            own = self.env.docname if _OF_PAGE in filter_ else ""
            part = ListPart(
                content_digest(repr((whole, own)).encode()),
                self.env.docname,
                cut.get("years"),
                cut.get("letters", ()),
                node["ids"][0],
            )
            yield with_parts(domain, part)

    def _note_option(self, _option: str, message: str, hint: str) -> None:
        place, text = (self.env.docname, self.lineno), visible(f"{message}; {hint}")
        logger.warning("%s", text, location=place, type="paper_table", subtype=str(Code.DIRECTIVE))

    def _warn(self, message: str, subtype: str) -> None:
        logger.warning("%s", visible(message), location=(self.env.docname, self.lineno), type="bibtex", subtype=subtype)

    def _files(self, domain: CitationDomain) -> list[Path]:
        """Return the files named in the argument that are configured, or all that are."""
        if not self.arguments:
            return list(domain.bibdata.bibfiles)
        found = []
        for name in self.arguments[0].split():
            path = Path(self.env.relfn2path(as_opened(name))[1]).resolve()
            if path in domain.bibdata.bibfiles:
                found.append(path)
            else:
                self._warn(f"{name} not found or not configured in bibtex_bibfiles", "bibfile_error")
        return found

    def _style(self) -> str:
        """Return the style that is asked for, where there is such a style."""
        style: str = self.options.get("style", self.config.bibtex_default_style)
        if is_style(style):
            return style
        default: str = self.config.bibtex_default_style
        instead = default if is_style(default) else FALLBACK
        self._warn(
            f"{unknown_style(style, {*styles(), FORMATTING})}; '{instead}' is used",
            "style_error",
        )
        return instead

    def _list(self) -> str:
        kind: str = self.options.get("list", "citation")
        if kind in {"bullet", "enumerated", "citation"}:
            return kind
        self._warn(f"unknown bibliography list type '{kind}'.", "list_type_error")
        return "citation"

    def _placeholder(self, count: int) -> nodes.Element:
        name = self.config.bibtex_bibliography_id.format(bibliography_count=count)
        document = self.state.document
        ids = placeholder_ids(self, document.ids.keys(), name)
        node = bibliography("", docname=self.env.docname, ids=ids)
        document.note_explicit_target(node, node)
        return node

    def _ids(self, domain: CitationDomain, prefix: str, keys: tuple[str, ...], count: int) -> Ids:
        template = self.config.bibtex_cite_id
        if not template:
            return Ids(template, count, {key: self._number() for key in keys})
        ids, taken = Ids(template, count, {}), self.state.document.ids
        known = tuple(key for file in domain.bibdata.bibfiles.values() for key in file.keys)
        marked = dict.fromkeys(key for key in _marked(template, count, prefix, known) if key in set(keys))
        if self.config.citations_compatible:
            for key in keys:
                if key in marked and not is_foreign(key):
                    self._warn(f"duplicate citation id {ids.id_of(key)}", "duplicate_id")
        if any(name.startswith(_lead(template, count)) for name in taken):
            for key in keys:
                if key not in marked and (name := ids.id_of(key)) in taken:
                    self._warn(f"duplicate citation id {name}", "duplicate_id")
                    marked[key] = None
        return Ids(template, count, {key: f"{ids.id_of(key)}-{mark(key)}".lstrip("-") for key in marked})

    def _number(self) -> str:
        """Return the next of docutils' own ids."""
        node = nodes.citation()
        self.state.document.note_explicit_target(node, node)
        name: str = node["ids"][0]
        return name

    def _keys(self, prefix: str, known: tuple[str, ...]) -> list[str]:
        """Return the keys in the directive's body that the files have."""
        found: list[str] = []
        known_keys = frozenset(known) if self.content else frozenset()
        for key in self.content:
            if prefix + key in known_keys:
                found.append(key)
            else:
                self._warn(f'could not find bibtex key "{key}"', "key_not_found")
        return found


def _lead(template: str, count: int) -> str:
    """Return what all ids of the template begin with."""
    return nodes.make_id(template.format(bibliography_count=count, key="x"))[:-1]


@lru_cache(maxsize=64)
def _marked(template: str, count: int, prefix: str, keys: tuple[str, ...]) -> frozenset[str]:
    """Return which of all *keys* have a mark in their id: foreign ones, and those whose id an earlier one has.

    Reading has reported the latter. All files count, so that a key has the same id in each list.
    """
    ids = Ids(template, count, {})
    owners: dict[str, str] = {}
    names = [prefix + key for key in keys]
    return frozenset(name for name in names if is_foreign(name) or owners.setdefault(ids.id_of(name), name) != name)
