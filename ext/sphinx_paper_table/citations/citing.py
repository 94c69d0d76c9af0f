"""Which references pages cite, and whether a filter of a list asks for no others."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.citations.library import library_of

if TYPE_CHECKING:
    from sphinx_paper_table.compat.sphinxcontrib_bibtex import BibtexDomain

EVERYTHING: Final = ast.dump(ast.parse("True"))
"""The filter that admits all."""


def asked_for(filter_: ast.AST) -> str:
    """Return "cited" or "here" when the filter admits nothing else, so that the other entries need not be asked.

    Recognised are ``cited`` and ``docname in docnames``, alone or joined to more by ``and``.
    """
    body = filter_.body if isinstance(filter_, ast.Module) else []
    if len(body) != 1 or not isinstance(body[0], ast.Expr):
        return ""
    value = body[0].value
    terms = value.values if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.And) else [value]
    shapes = {ast.dump(term) for term in terms}
    if ast.dump(ast.parse("docname in docnames", mode="eval").body) in shapes:
        return "here"
    return "cited" if ast.dump(ast.parse("cited", mode="eval").body) in shapes else ""


def citing_pages(domain: BibtexDomain, docnames: list[str]) -> tuple[dict[str, int], dict[str, set[str]]]:
    """Return, in one pass, the rank of each key's first citation, and the pages that cite it."""
    place = {docname: number for number, docname in enumerate(docnames)}
    ranks: dict[str, int] = {}
    citing: dict[str, set[str]] = defaultdict(set)
    aliases = library_of(domain.env).aliases
    for reference in sorted(domain.citation_refs, key=lambda reference: place[reference.docname]):
        for target in reference.targets:
            key = aliases.get(target.key, target.key)
            ranks.setdefault(key, len(ranks))
            citing[key].add(reference.docname)
    return ranks, dict(citing)
