"""WCAG 2.2 AA on every kind of page but surveys, in two views each (see `axe.VIEWS`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.site.axe import ALLOWED, VIEWS, View, assert_accessible
from tests.support.browsing import LANGUAGES

if TYPE_CHECKING:
    from tests.support.browsing import NewPage

pytestmark = pytest.mark.browser

PAGES: Final = {
    "furo": {
        "home": ("index.html", "[data-survey]"),
        "by-name": ("methods/index.html", ".pt-lines"),
        "as-table": ("methods/index.html?view=table", ".pt-methods"),
        "by-tag": ("methods/by-tag.html", ".pt-lines"),
        "map": ("methods/map.html", ".pt-lineage svg"),
        "compared": ("methods/compare.html?m=moco-v1&m=clip", ".pt-comparison thead th:nth-child(3)"),
        "new": ("methods/new.html", ".pt-lines"),
        "results": ("results/index.html", "table"),
        "references": ("references.html", ".citation"),
        "guide": ("guide/cite.html", "pre"),
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


def test_every_language_width_and_scheme_occurs() -> None:
    assert {view.language for view in VIEWS} == set(LANGUAGES)
    assert len({view.width for view in VIEWS}) == len(VIEWS)
    assert [scheme for view in VIEWS for scheme in view.more] == ["dark"]


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize(
    ("theme", "kind"),
    [pytest.param(theme, kind, id=f"{theme}-{kind}") for theme in ALLOWED for kind in PAGES[theme]],
)
def test_pages_are_accessible(new_page: NewPage, theme: str, kind: str, view: View) -> None:
    address, shown = PAGES[theme][kind]
    assert_accessible(new_page, theme, address, view, shown)
