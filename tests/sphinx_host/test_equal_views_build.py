"""One source, equal views: what the records say stands in every output for readers, in each language.

A small site with a bit of everything is built by each builder; `make test-views` does the same with the real one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.equal_views import SUFFIXES, in_language, missing, said, with_words
from tests.support.sites import PAGES, SOURCES, real_catalogue, small_site, warnings

from sphinx_paper_table.reading.loader import load
from sphinx_paper_table.survey.texts import texts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RealSite
    from tests.support.harness import Site

    from sphinx_paper_table.survey.catalogue import Catalogue

LANGUAGES: Final = ("en", "zh_CN")
REAL: Final = ["small", *(["real"] if "VIEWS" in os.environ else [])]
CONF: Final = 'extensions += ["sphinx_markdown_builder"]\nlocale_dirs = ["locale"]\nlatex_engine = "xelatex"\n'
HEADER: Final = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def foreign(text: str) -> str:
    """Return a text in another language: a sign in front of each word that begins a sentence."""
    return f"译{text}"


def small_catalogue(place: Path) -> Catalogue:
    for name in ("surveys/alpha.yaml", "surveys/beta.yaml", "surveys/vocabulary.yaml", "refs.bib"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(str(SOURCES[name]), encoding="utf-8")
    files = {f"surveys/{name}.yaml": place / f"surveys/{name}.yaml" for name in ("alpha", "beta", "vocabulary")}
    return load(files, {"refs.bib": place / "refs.bib"}).catalogue


def small(path: Path, language: str) -> tuple[Site, Catalogue]:
    """Return the small site in a language, with what its records say there."""
    (path / "sources").mkdir()
    catalogue, files = small_catalogue(path / "sources"), dict(PAGES)
    if language != "en":
        records = {**catalogue.surveys, "vocabulary": catalogue.vocabulary}
        for name, record in records.items():
            entries = {str(text): foreign(str(text)) for text, _markup in texts(record)}
            said = "\n".join(f"msgid {_quoted(old)}\nmsgstr {_quoted(new)}\n" for old, new in entries.items())
            files[f"locale/{language}/LC_MESSAGES/records/surveys/{name}.po"] = HEADER + said
        files[f"locale/{language}/LC_MESSAGES/index.po"] = HEADER
        catalogue = with_words(catalogue, foreign)
    return small_site(path, files, f'{CONF}language = "{language}"\n'), catalogue


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.fixture(scope="module")
def small_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Site, Catalogue]]:
    """The small site in each language; it is read once, its doctrees serve all builders."""
    return {language: small(tmp_path_factory.mktemp(language), language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("builder", SUFFIXES)
@pytest.mark.parametrize("which", REAL)
def test_everything_stands_in_every_output(
    small_sites: dict[str, tuple[Site, Catalogue]], real_site: RealSite, which: str, builder: str, language: str
) -> None:
    if which == "small":
        site, catalogue = small_sites[language]
        assert warnings(site.build(builder), site.source) == []
        assert missing(catalogue, site.output(builder), builder) == []
    else:
        catalogue = real_catalogue() if language == "en" else in_language(real_catalogue(), language)
        assert missing(catalogue, real_site(language, builder), builder) == []


def test_the_sample_has_all_that_is_looked_for(tmp_path: Path) -> None:
    kinds = {what.partition(" ")[0] for what, wanted, _count in said(small_catalogue(tmp_path)) if wanted}
    assert kinds == {"text", "tag", "result", "relation", "citation"}


def test_what_an_output_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text("Linear probe: 60.60%. a queue replaces the bank.", encoding="utf-8")
    found = missing(small_catalogue(tmp_path), tmp_path, "text")
    assert "relation: replacesthebank" in found, "told once, and not on both cards"
    assert "result: Linearprobe6060" not in found
    assert "citation kim2018zero: NothingatAll" in found
