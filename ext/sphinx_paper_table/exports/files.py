"""Everything that a site publishes for programs, by its permanent address; writing is left to the caller."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_paper_table.bibliography.csl import csl_file, csl_items, csl_line
from sphinx_paper_table.bibliography.ris import ris_file, ris_text
from sphinx_paper_table.exports.addresses import (
    BIBLIOGRAPHY,
    CSL,
    FORMS,
    PAPERS,
    RIS,
    SCHEMAS,
    bib_address,
    results_address,
)
from sphinx_paper_table.exports.bib_files import bib_file, keys_of
from sphinx_paper_table.exports.papers import papers_json
from sphinx_paper_table.exports.results import results_files
from sphinx_paper_table.survey.fields import is_id
from sphinx_paper_table.survey.status_lines import statuses_of_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pybtex.database import Entry

    from sphinx_paper_table.exports.site import Site
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Survey
    from sphinx_paper_table.survey.references import Reference
    from sphinx_paper_table.survey.status_lines import StatusLine


class Part(NamedTuple):
    """Files that are made of the same; *inputs* says of what, and *make* returns address to what makes the text.

    That comes in parts: texts of ten thousand papers take more memory than the rest of a build.
    """

    inputs: str
    make: Callable[[], dict[str, Callable[[], Iterable[str]]]]


def _none() -> dict[tuple[str, str], tuple[str, str]]:
    return {}


@dataclass(slots=True)
class MadeTexts:
    """The CSL and RIS of entries, as an earlier build has made them: decoding TeX is most of the cost of exports."""

    contents: Mapping[str, str] = field(default_factory=dict)
    """A digest of all that an entry is made of, by key; what has none is always made anew."""
    load: Callable[[], Mapping[tuple[str, str], tuple[str, str]]] = _none
    """Returns what was made, by that digest and the state of the publication."""
    used: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """What this build has made or found."""
    _before: Mapping[tuple[str, str], tuple[str, str]] | None = None

    @property
    def is_new(self) -> bool:
        """Whether this build has made other texts than the earlier one."""
        return self._before is not None and self.used.keys() != self._before.keys()

    def text_of(self, key: str, state: str, make: Callable[[], list[dict[str, Any]]]) -> tuple[str, str]:
        """Return CSL and RIS of an entry, whose CSL item *make* returns in a list."""
        if self._before is None:
            self._before = self.load()
        mark = self.contents.get(key, ""), state
        text = (self.used.get(mark) or self._before.get(mark)) if mark[0] else None
        if text is None:
            items = make()
            text = csl_line(*items), ris_text(items)
        if mark[0]:
            self.used[mark] = text
        return text


def export_files(catalogue: Catalogue, entries: Mapping[str, Entry], site: Site) -> dict[str, str]:
    """Return address to text, `PAPERS` first; equal arguments give equal texts.

    *entries* are pybtex's entries of the catalogue's references.
    """
    parts = export_parts(catalogue, entries, site)
    return {address: "".join(texts()) for part in parts for address, texts in part.make().items()}


def export_parts(
    catalogue: Catalogue,
    entries: Mapping[str, Entry],
    site: Site,
    digests: tuple[str, str] = ("", ""),
    made: MadeTexts | None = None,
) -> tuple[Part, ...]:
    """Return all that `export_files` does, in parts: the one with `PAPERS`, the references, the schemas.

    The first of *digests* stands for everything that is exported, the second for the entries.
    """
    sources, library = digests
    references, states = catalogue.references, statuses_of_references(catalogue)
    make_references = partial(_reference_files, references, entries, states, made or MadeTexts())
    return (
        Part(sources, partial(_record_files, catalogue, entries, site, states)),
        Part(of_references(library, states), make_references),
        Part("", _schema_files),
    )


def of_references(library: str, states: Mapping[str, StatusLine]) -> str:
    """Return what the files of all references are made from: entries with the digest *library*, and their *states*."""
    return repr((library, sorted(states.items())))


def _record_files(
    catalogue: Catalogue, entries: Mapping[str, Entry], site: Site, states: Mapping[str, StatusLine]
) -> dict[str, Callable[[], Iterable[str]]]:
    results = results_files(catalogue)
    return {
        PAPERS: partial(papers_json, catalogue, site),
        **_survey_files(catalogue, entries, states),
        **{address: partial(iter, [text]) for address, text in results.items()},
    }


def _reference_files(
    references: Mapping[str, Reference],
    entries: Mapping[str, Entry],
    states: Mapping[str, StatusLine],
    made: MadeTexts,
) -> dict[str, Callable[[], Iterable[str]]]:
    kinds = {key: line.kind for key, line in states.items()}

    def texts() -> Iterator[tuple[str, str]]:
        """Yield CSL and RIS of all references: the second time those that were made the first time."""
        for key in sorted(references, key=lambda key: (key.casefold(), key)):
            yield made.text_of(key, kinds.get(key, ""), partial(csl_items, {key: references[key]}, entries, kinds))

    return {
        BIBLIOGRAPHY: lambda: [bib_file(references, references, entries, states)],
        CSL: lambda: csl_file(csl for csl, _ris in texts()),
        RIS: lambda: ris_file(ris for _csl, ris in texts()),
    }


def _schema_files() -> dict[str, Callable[[], Iterable[str]]]:
    """Return the schemas of the records as they are declared now, with fields that somebody has just added."""
    from sphinx_paper_table.exports.json_schema import schema_text  # noqa: PLC0415 (pydantic: few builds need it)

    def text(name: str) -> list[str]:
        return [schema_text(name)]

    return {f"schema/{name}": partial(text, name) for name in SCHEMAS}


def _survey_files(
    catalogue: Catalogue, entries: Mapping[str, Entry], states: Mapping[str, StatusLine]
) -> dict[str, Callable[[], Iterable[str]]]:
    """Return the BibTeX files of the surveys, under former ids too."""

    def text(survey: Survey) -> list[str]:
        return [bib_file(keys_of(survey, catalogue), catalogue.references, entries, states)]

    return {
        bib_address(name): partial(text, survey)
        for survey in catalogue.surveys.values()
        for name in (survey.survey, *survey.aliases)
    }


def former_files(papers: str) -> set[str]:
    """Return the addresses that come and go with surveys and benchmarks, as an earlier text of `PAPERS` names them."""
    try:
        before = json.loads(papers)
        names = {name for survey, record in before["surveys"].items() for name in (survey, *record["aliases"])}
        terms = before["benchmarks"]
        benchmarks = _ids(name for term, record in terms.items() for name in (term, *record.get("aliases", ())))
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()
    return {
        *map(bib_address, _ids(names)),
        *(results_address(benchmark, form) for benchmark in benchmarks for form in FORMS),
    }


def _ids(names: Iterable[object]) -> list[str]:
    """Return what may be part of an address."""
    return [name for name in names if isinstance(name, str) and is_id(name)]
