"""A venue that changed its name is one venue: for filters, options and lists; old addresses keep leading to it."""

from __future__ import annotations

import pytest
from tests.support.texts import BIB, load_good

from sphinx_paper_table.cards.facets import Choice, facets
from sphinx_paper_table.features.index.query import index_groups
from sphinx_paper_table.survey.selection import Selection, select
from sphinx_paper_table.survey.venues import former_names, present_name


@pytest.mark.parametrize(
    ("said", "present"),
    [
        ("NIPS", "NeurIPS"),
        ("nips", "NeurIPS"),
        ("NIPS Workshop", "NeurIPS Workshop"),
        ("NeurIPS", "NeurIPS"),
        ("CVPR", "CVPR"),
        ("TURNIPS", "TURNIPS"),
        ("Journal of NIPS", "Journal of NIPS"),
        ("", ""),
    ],
)
def test_the_present_name(said: str, present: str) -> None:
    assert present_name(said) == present
    assert present_name(present) == present


def test_former_names_are_known() -> None:
    assert former_names("NeurIPS") == ("NIPS",)
    assert former_names("NeurIPS Workshop") == ("NIPS Workshop",)
    assert former_names("CVPR") == ()


def test_filters_options_and_lists_have_one() -> None:
    bib = BIB.replace("{COT}", "{NIPS}").replace("{Journal of Things}", "{NeurIPS}")
    assert bib.count("NIPS") == bib.count("NeurIPS") == 1
    catalogue = load_good(bib=bib).catalogue
    view = select(catalogue, Selection("s"))
    assert view is not None
    assert facets(view, catalogue).venues == (Choice("arXiv", "arXiv", 1), Choice("NeurIPS", "NeurIPS", 2))
    (shelf,) = [shelf for shelf in index_groups(view, catalogue, "venue") if len(shelf.lines) > 1]
    assert (shelf.key, shelf.title, shelf.former) == ("neurips", "NeurIPS", ("nips",))
    for name in ("NIPS", "neurips"):
        chosen = select(catalogue, Selection("s", venues=(name,)))
        assert chosen is not None
        assert {entry.paper.id for entry in chosen.all_entries()} == {line.paper for line in shelf.lines}
