"""WCAG 2.2 AA on every kind of page but surveys: four combinations each, with every pair of values between them."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Final

import pytest
from tests.site.axe import ALLOWED, Combination, assert_accessible

if TYPE_CHECKING:
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

PAGES: Final = {
    "furo": {
        "home": ("index.html", "[data-survey]"),
        "by-name": ("methods/index.html", ".pt-lines"),
        "by-tag": ("methods/by-tag.html", ".pt-lines"),
        "map": ("methods/map.html", ".pt-lineage svg"),
        "compared": ("methods/compare.html?m=moco-v1&m=clip", ".pt-comparison thead th:nth-child(3)"),
        "new": ("methods/new.html", ".pt-lines"),
        "results": ("results/index.html", "table"),
        "references": ("references.html", ".citation"),
        "guide": ("guide/paper-table.html", "pre"),
        "reference": ("guide/reference.html", "table"),
        "found": ("search.html?q=contrastive", "#search-results li"),
    },
    "pydata": {
        "home": ("index.html", "[data-survey]"),
        "rows": ("surveys/rows.html", ".pt-view table"),
        "sections": ("surveys/sections.html", ".pt-view"),
        "names": ("surveys/names.html", ".pt-lines"),
        "compared": ("surveys/compare.html?m=one&m=two", ".pt-comparison thead th:nth-child(3)"),
        "map": ("surveys/map.html", ".pt-lineage svg"),
        "results": ("surveys/results.html", "table"),
        "references": ("references.html", ".citation"),
        "found": ("search.html?q=alpha", "#search-results li"),
    },
}
"""The kinds of page of each theme, with the address and what such a page shows."""
FOUR: Final = (
    Combination("en", 390, "light"),
    Combination("zh_CN", 1440, "light"),
    Combination("en", 1440, "dark"),
    Combination("zh_CN", 390, "dark"),
)


def test_every_pair_of_values_occurs() -> None:
    for first, second in combinations(("language", "width", "scheme"), 2):
        values = [sorted({getattr(one, name) for one in FOUR}) for name in (first, second)]
        pairs = {(getattr(one, first), getattr(one, second)) for one in FOUR}
        assert pairs == set(product(*values)), (first, second)
        assert len(pairs) == 4


@pytest.mark.parametrize("combination", FOUR, ids=str)
@pytest.mark.parametrize(
    ("theme", "kind"),
    [pytest.param(theme, kind, id=f"{theme}-{kind}") for theme in ALLOWED for kind in PAGES[theme]],
)
def test_pages_are_accessible(new_page: NewPage, theme: str, kind: str, combination: Combination) -> None:
    address, shown = PAGES[theme][kind]
    assert_accessible(new_page, theme, address, combination, shown)
