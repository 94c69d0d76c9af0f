"""Each reference formatted once: sphinxcontrib-bibtex 2.7 formats it again for its tooltip, at every build.

Formatting is most of what a build without changes does. Can go when sphinxcontrib-bibtex shares the two itself
(`BibtexDomain.get_formatted_entries`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pybtex.richtext import Tag
from sphinxcontrib.bibtex.domain import BibtexDomain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pybtex.database import Entry
    from pybtex.style import FormattedEntry
    from sphinx.application import Sphinx
    from sphinxcontrib.bibtex.directives import BibliographyKey


class CitationDomain(BibtexDomain):
    """The ``cite`` domain, with one text for a reference and its tooltip where both have the same style."""

    def get_formatted_entries(
        self,
        bibliography_key: BibliographyKey,
        docnames: list[str],
        tooltips: bool,  # noqa: FBT001 (the signature of what is extended)
        tooltips_style: str,
    ) -> Iterator[tuple[Entry, FormattedEntry, FormattedEntry | None]]:
        """Yield the entries of a bibliography with their texts; a text that only names an error is no tooltip."""
        if not tooltips or tooltips_style:
            yield from super().get_formatted_entries(bibliography_key, docnames, tooltips, tooltips_style)
            return
        for entry, formatted, _none in super().get_formatted_entries(
            bibliography_key, docnames, tooltips=False, tooltips_style=""
        ):
            yield entry, formatted, None if isinstance(formatted.text, Tag) else formatted


def setup_formatting(app: Sphinx) -> None:
    """Put the domain in the place of the one it extends."""
    app.add_domain(CitationDomain, override=True)
