"""What was probably meant by a key that a record does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.entities import Group, Links, Paper, Record, Result, Survey
from sphinx_paper_table.survey.introspection import field_names
from sphinx_paper_table.survey.problems import nearest
from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Mapping

_FROM_BIBTEX: Final = "it is read from the BibTeX entry that 'cite' names"
_IN_LINKS: Final = "write it in 'links', as 'code', 'project' or another kind"
_OTHER_WORDS: Final[Mapping[type[Record], Mapping[str, str]]] = {
    Paper: {
        **dict.fromkeys(("author", "authors", "year", "venue", "journal", "booktitle", "doi", "arxiv"), _FROM_BIBTEX),
        **dict.fromkeys(("abstract", "description", "text", "desc", "note"), "write 'summary'"),
        **dict.fromkeys(("bibtex", "key", "citation", "reference", "bib"), "write 'cite'"),
        **dict.fromkeys(("url", "link", "code", "github", "project", "website", "homepage", "demo"), _IN_LINKS),
        **dict.fromkeys(("pdf", "paper"), "the paper's own address comes from the BibTeX entry"),
        **dict.fromkeys(("keywords", "topics", "categories", "labels"), "write 'tags'"),
        **dict.fromkeys(("extends", "uses", "related", "parent", "builds-on"), "write it in 'relations'"),
        **dict.fromkeys(
            ("figure", "figures", "image", "img"), "a page shows drawings, by the directive 'paper-figure'"
        ),
        **dict.fromkeys(("group", "section"), "put the paper below 'papers' of that group"),
        "title": "write 'name', the short one; the title is read from BibTeX",
        "benchmarks": "write 'results'",
    },
    Links: dict.fromkeys(("pdf", "paper", "arxiv", "doi", "url"), f"the paper's own address: {_FROM_BIBTEX}"),
    Result: {
        "score": "write 'value'",
        "metric": "it belongs to the benchmark, in the vocabulary",
        "cite": "write 'source'",
    },
    Survey: {
        "parts": "begin each of the other files with 'part: ' and the survey's id",
        "benchmarks": "write them into a file of their own, which begins with 'vocabulary: ID'",
        "name": "write 'title'",
        "id": "write 'survey'",
        "description": "write 'summary'",
    },
    Group: {"name": "write 'title'", "description": "write 'summary'"},
}
"""Words of other formats, and what says the same here."""


def key_hint(key: str, record: type[Record]) -> str:
    """Return a hint for *key*, which *record* does not have: the key that was meant, or where it belongs."""
    names = field_names(record)
    bare = key.strip("-:： ").lower().replace("_", "-")
    if meant(key, names):
        return nearest(key, names)
    if bare in names:
        return f"write '{bare}'" + (", with a space after '-'" if key.startswith("-") else "")
    if said := _OTHER_WORDS.get(record, {}).get(bare):
        return said
    if key.isdecimal():
        return "a number has a point where you may write a comma, as in 76.5; a text with a comma is in quotes"
    if record in {Survey, Group} and key in field_names(Paper):
        return "it is a key of papers: indent it like the others of its paper"
    return nearest(key, names)
