"""References are formatted once, and to the same texts as sphinxcontrib-bibtex's two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pybtex.style.formatting.plain import Style
from sphinx.testing.util import SphinxTestApp
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_paper_table.citations.formatting import CitationDomain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONF = """\
extensions = ["myst_parser", "sphinx_paper_table"]
bibtex_bibfiles = ["refs.bib"]
bibtex_default_style = "plain"
bibtex_reference_style = "author_year"
html_theme = "basic"
"""
REFERENCES = r"""
@article{erdos1959random,
  author = {Erd{\H o}s, Paul and R{\'e}nyi, Alfr{\'e}d},
  title = {On {Random} Graphs},
  journal = {Publicationes Mathematicae},
  year = {1959},
}
@inproceedings{he2020momentum,
  author = {He, Kaiming and Fan, Haoqi},
  title = {Momentum Contrast},
  booktitle = {CVPR},
  year = {2020},
}
@article{nowhere2001lost, author = {Nowhere, Ann}, title = {Lost}, year = {2001}}
"""
PAGE = "# Page\n\n{cite:t}`he2020momentum`, {cite:p}`erdos1959random`\n\n```{bibliography}\n:all:\n```\n"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SphinxTestApp]:
    source = tmp_path_factory.mktemp("formatting")
    for name, text in {"conf.py": CONF, "refs.bib": REFERENCES, "index.md": PAGE}.items():
        (source / name).write_text(text, "utf-8")
    found = SphinxTestApp("html", srcdir=source)
    found.build()
    yield found
    found.cleanup()


def _formatted(method: Any, app: SphinxTestApp, *, tooltips: bool = True, style: str = "") -> list[tuple[Any, ...]]:
    domain: Any = app.env.get_domain("cite")
    assert type(domain) is CitationDomain
    (key,) = domain.bibliographies
    return [
        (entry.key, text.key, text.label, text.text, tooltip and (tooltip.key, tooltip.label, tooltip.text))
        for entry, text, tooltip in method(domain, key, ["index"], tooltips, style)
    ]


@pytest.mark.parametrize(("tooltips", "style"), [(True, ""), (False, ""), (True, "unsrt"), (True, "alpha")])
def test_texts_are_those_of_the_stock_domain(app: SphinxTestApp, tooltips: bool, style: str) -> None:  # noqa: FBT001
    ours = _formatted(CitationDomain.get_formatted_entries, app, tooltips=tooltips, style=style)
    stock = _formatted(BibtexDomain.get_formatted_entries, app, tooltips=tooltips, style=style)
    assert ours == stock
    assert [line[0] for line in ours] == ["erdos1959random", "he2020momentum", "nowhere2001lost"]


def test_an_entry_that_cannot_be_formatted_has_no_tooltip(app: SphinxTestApp) -> None:
    lines = _formatted(CitationDomain.get_formatted_entries, app)
    assert "missing journal in nowhere2001lost" in str(lines[2][3])
    assert [bool(line[4]) for line in lines] == [True, True, False]


def test_every_entry_is_formatted_once(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    original = Style.format_entry

    def counted(self: Style, label: str, entry: Any, bib_data: Any = None) -> Any:
        seen.append(entry.key)
        return original(self, label, entry, bib_data)

    monkeypatch.setattr(Style, "format_entry", counted)
    domain: Any = app.env.get_domain("cite")
    domain.env_updated()
    assert seen == ["erdos1959random", "he2020momentum", "nowhere2001lost"]


def test_tooltips_stand_on_the_page(app: SphinxTestApp) -> None:
    page: Path = app.outdir / "index.html"
    assert 'title="Kaiming He and Haoqi Fan. Momentum contrast. In CVPR. 2020."' in page.read_text("utf-8")
