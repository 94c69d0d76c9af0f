"""Records that one page has for itself: in the body of a directive, or in a file that is no part of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.reading.checks import check_cycles, check_survey
from sphinx_paper_table.reading.decode import decode
from sphinx_paper_table.reading.former_names import with_present_names
from sphinx_paper_table.reading.loader import with_unique_ids
from sphinx_paper_table.reading.parsed import Parsed
from sphinx_paper_table.reading.yaml_tree import Mapping, Sequence, parse_yaml
from sphinx_paper_table.survey.catalogue import Catalogue
from sphinx_paper_table.survey.entities import Survey
from sphinx_paper_table.survey.located import Located, Position, position_of
from sphinx_paper_table.survey.problems import Code, Problems
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    from sphinx_paper_table.survey.allowed import Rules

NAME: Final = "private"


def read_private(
    source: str | Path,
    place: Position,
    catalogue: Catalogue,
    rules: Rules,
    problems: Problems,
    *,
    parsed: Parsed | None = None,
) -> Survey | None:
    """Return the records in *source*, a YAML text that stands at *place*, or a file; None when there are none.

    They may point at the *catalogue*; *parsed* keeps what is parsed, if it is to be kept.
    """
    text = read_text(source, place.path, problems) if isinstance(source, Path) else source
    if text is None:
        return None
    found = repr((NAME, tuple(place), text))
    survey = (parsed or Parsed()).get(found, lambda own: _decoded(text, place, own), problems)
    if survey is None:
        return None
    survey = with_present_names(with_unique_ids(survey, problems), catalogue)
    check_survey(survey, catalogue, problems, rules)
    check_cycles(Catalogue({survey.survey: survey}, catalogue.vocabulary), problems)
    return survey


def _decoded(text: str, place: Position, problems: Problems) -> Survey | None:
    tree = _as_survey(parse_yaml(text, place.path, problems, place), place, problems)
    return decode(Survey, tree, problems) if tree is not None else None


def _as_survey(tree: Any, place: Position, problems: Problems) -> Mapping | None:
    """Let a bare list of papers, or a mapping without id and title, stand for a survey."""
    if isinstance(tree, Sequence):
        papers, tree = tree, Mapping(place)
        tree["papers"] = papers
    if not isinstance(tree, Mapping):
        if not problems.sorted():
            hint = "write a list of papers, '- id: …', or a survey"
            problems.add(Code.WRONG_TYPE, "papers are expected here", position_of(tree, place), hint)
        return None
    tree.setdefault("survey", Located(NAME, place))
    tree.setdefault("title", Located(NAME, place))
    return tree
