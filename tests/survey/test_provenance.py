"""Whose a number is and since when it is known follow from its source; what cannot be is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sites import real_catalogue
from tests.support.texts import load_files

from sphinx_paper_table.cli import main
from sphinx_paper_table.reading.advice import advice
from sphinx_paper_table.survey.problems import Code
from sphinx_paper_table.survey.provenance import is_before, is_secondary, known_since, site_of
from sphinx_paper_table.survey.result_lines import result_line

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.reading.loader import LoadResult

VOCABULARY = """\
vocabulary: v
benchmarks:
  probe: {name: Probe, dataset: Data, metric: accuracy, since: 2018-06}
"""
BIB = """
@misc{own2019, ids = {own2018}, author = {Own, Eva}, title = {O}, year = {2019}, eprint = {1901.00001},
  archiveprefix = {arXiv}, url = {https://venue.example/own.html}, doi = {10.1/own}}
@misc{more2021, author = {Own, Eva}, title = {M}, year = {2021}}
@misc{other2020, author = {Kim, Ann}, title = {K}, year = {2020}, eprint = {2003.00001}, archiveprefix = {arXiv}}
@misc{earlier2018, author = {Kim, Ann}, title = {E}, year = {2018}}
"""
PAPER = """\
survey: s
title: S
papers:
  - id: own
    name: Own
    cite: [own2019, more2021]
    links: {{code: "https://github.com/Team/Own/tree/main/part", project: "https://lab.example/own/index.html"}}
    results:
      - {{benchmark: probe, value: 1, source: "{source}"{more}}}
"""


def loaded(source: str, more: str = "") -> LoadResult:
    return load_files({"s.yaml": PAPER.format(source=source, more=more), "v.yaml": VOCABULARY}, {"refs.bib": BIB})


def derived(source: str, more: str = "") -> tuple[bool, str]:
    catalogue = loaded(source, more).catalogue
    paper = catalogue.papers["own"]
    (result,) = paper.results
    return is_secondary(paper, result, catalogue), known_since(paper, result, catalogue)


@pytest.mark.parametrize(
    "source",
    [
        "own2019",
        "own2018",
        "more2021",
        "https://github.com/team/own",
        "https://github.com/Team/Own/blob/HEAD/README.md",
        "https://raw.githubusercontent.com/Team/Own/main/README.md",
        "http://www.github.com/Team/Own.git",
        "https://lab.example/own/results.html",
        "https://arxiv.org/abs/1901.00001",
        "https://arxiv.org/pdf/1901.00001v3.pdf",
        "https://venue.example/own.html#table",
        "https://doi.org/10.1/own",
    ],
)
def test_a_number_from_the_entrys_own_keys_repository_or_pages_is_the_authors(source: str) -> None:
    assert derived(source)[0] is False


@pytest.mark.parametrize(
    "source",
    [
        "other2020",
        "https://github.com/team/other/blob/HEAD/README.md",
        "https://github.com/team/own-again",
        "https://gitlab.com/team/own",
        "https://lab.example/ownership",
        "https://lab.example/",
        "https://arxiv.org/abs/2003.00001",
        "https://github.com.evil.example/team/own",
        "https://[bad",
        "https://github.com/",
        "https://",
    ],
)
def test_a_number_from_elsewhere_is_that_of_others(source: str) -> None:
    assert derived(source)[0] is True


@pytest.mark.parametrize("host", ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co"])
def test_a_repository_is_an_owner_and_a_name_whatever_the_path_in_it(host: str) -> None:
    def is_of_others(source: str) -> bool:
        paper = PAPER.replace("github.com", host).format(source=source, more="")
        catalogue = load_files({"s.yaml": paper, "v.yaml": VOCABULARY}, {"refs.bib": BIB}).catalogue
        (result,) = catalogue.papers["own"].results
        return is_secondary(catalogue.papers["own"], result, catalogue)

    assert not is_of_others(f"https://{host}/team/own/-/blob/v2/README.md")
    assert is_of_others(f"https://{host}/team/other/tree/main/part")


@pytest.mark.parametrize(
    ("link", "source", "is_own"),
    [
        ("https://github.com/Team", "https://github.com/Team/Other", False),
        ("https://own.example/", "https://own.example/table.html", True),
        ("https://lab.example/deep/own/index.html", "https://lab.example/deep/own/table.html", True),
        ("https://lab.example/deep/own/index.html", "https://lab.example/deep/other.html", False),
        ("https://lab.example/own/index.htm", "https://lab.example/own/table.html", True),
        ("https://lab.example/own/", "https://mirror.example/abs/1901.00001", False),
        ("https://lab.example/own/", "https://arxiv.org/abs/2105.00001", True),
        ("https://lab.example/own/", "https://press.example/more", True),
        ("https://lab.example/own/", "https://press.example/more/", True),
        ("https://lab.example/own/", "https://press.example/more/else", False),
    ],
)
def test_what_is_the_authors_is_told_by_whole_parts_of_addresses(link: str, source: str, *, is_own: bool) -> None:
    """An owner is no repository, an index is its folder, other hosts have no arXiv papers, versions do not count."""
    more = "eprint = {2105.00001v2}, archiveprefix = {arXiv}, url = {https://press.example/more/}"
    bib = BIB.replace("title = {M}", f"title = {{M}}, {more}")
    paper = PAPER.replace("https://lab.example/own/index.html", link).format(source=source, more="")
    catalogue = load_files({"s.yaml": paper, "v.yaml": VOCABULARY}, {"refs.bib": bib}).catalogue
    (result,) = catalogue.papers["own"].results
    assert is_secondary(catalogue.papers["own"], result, catalogue) is not is_own


def test_the_flag_overrules_the_source() -> None:
    assert derived("other2020", ", secondary: false")[0] is False
    assert derived("own2019", ", secondary: true")[0] is True


@pytest.mark.parametrize(
    ("source", "more", "since"),
    [
        ("own2019", "", "2019-01"),
        ("more2021", "", "2021"),
        ("other2020", "", "2020-03"),
        ("earlier2018", "", "2019-01"),
        ("https://github.com/team/own", "", "2019-01"),
        ("other2020", ", date: 2019-10-28", "2019-10-28"),
    ],
)
def test_a_number_is_known_since_its_date_or_its_later_source(source: str, more: str, since: str) -> None:
    assert derived(source, more)[1] == since


def test_dates_are_compared_as_exactly_as_both_are_known() -> None:
    assert is_before("2018", "2019-01")
    assert not is_before("2019", "2019-05")
    assert not is_before("", "2019")


def problems(source: str, more: str = "") -> list[str]:
    return [problem.text for problem in loaded(source, more).problems if problem.code is Code.CHRONOLOGY]


def test_a_number_older_than_its_data_is_a_problem() -> None:
    (found,) = problems("own2019", ", date: 2018-05")
    assert found == (
        "the number 1 of 'own' (2018-05) is older than 'probe' (2018-06); give its 'date': when it became known"
    )
    assert problems("own2019", ", date: 2018") == []


def test_a_number_of_others_may_not_stand_at_the_methods_date() -> None:
    (found,) = problems("https://zoo.example/table")
    assert found.startswith("others report the number 1 of 'own', and it has the method's date (2019-01); give its ")
    assert problems("https://zoo.example/table", ", date: 2020-02") == []
    assert problems("https://zoo.example/table", ", secondary: false") == []
    assert problems("other2020") == [], "the date of the publication is known"
    assert problems("https://github.com/team/own") == []


@pytest.mark.parametrize(
    ("source", "flag", "said"),
    [
        ("other2020", "true", "'secondary: true' repeats what the source says; leave it out"),
        ("own2019", "false", "'secondary: false' repeats what the source says; leave it out"),
        ("own2019", "true", "'secondary: true' overrules the source, which seems to be that of the authors"),
        ("other2020", "false", "'secondary: false' overrules the source, which seems to be that of others"),
    ],
)
def test_a_flag_that_repeats_or_overrules_is_worth_a_hint(source: str, flag: str, said: str) -> None:
    found = loaded(source, f", secondary: {flag}")
    assert [problem for problem in found.problems if problem.code is Code.CHRONOLOGY] == []
    assert [str(problem) for problem in advice(found.catalogue)] == [f"s.yaml:9:47: {said}"]


def test_the_command_prints_hints_and_they_fail_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "surveys").mkdir()
    survey = PAPER.format(source="other2020", more=", secondary: true")
    for name, text in {"surveys/s.yaml": survey, "surveys/v.yaml": VOCABULARY, "refs.bib": BIB}.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert main(["check", str(tmp_path)]) == 0
    hint, summary = capsys.readouterr().out.splitlines()
    assert hint.endswith(
        "s.yaml:9:47: advice: 'secondary: true' repeats what the source says; leave it out [secondary]"
    )
    assert summary.endswith("0 problems, 1 piece of advice")


def test_the_sites_own_flags_only_overrule() -> None:
    assert [problem for problem in advice(real_catalogue()) if "repeats" in problem.message] == []


def test_the_sites_numbers_are_no_older_than_their_data() -> None:
    catalogue = real_catalogue()
    terms = catalogue.vocabulary.benchmarks
    assert [name for name, term in terms.items() if not term.since] == []
    known = [
        (str(paper.id), str(terms[result.benchmark].since), known_since(paper, result, catalogue))
        for paper in catalogue.papers.values()
        for result in paper.results
    ]
    assert [row for row in known if is_before(row[2], row[1]) or not row[2]] == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://github.com/Team/Own/blob/main/README.md", "github.com/Team/Own"),
        ("https://www.gitlab.com/Team/Own/-/blob/main/README.md", "gitlab.com/Team/Own"),
        ("https://gitlab.com/Team", "gitlab.com/Team"),
        ("https://lab.example/own/results.html", "lab.example"),
    ],
)
def test_readers_see_the_host_of_a_source_and_the_repository_where_it_has_them(source: str, shown: str) -> None:
    catalogue = loaded(source).catalogue
    paper = catalogue.papers["own"]
    (result,) = paper.results
    line = result_line(paper, result, catalogue)
    assert (line.source, line.url) == (shown, source)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://github.com/one/two/blob/HEAD/README.md", "https://github.com/one/two"),
        ("https://raw.githubusercontent.com/one/two/main/x.csv", "https://github.com/one/two"),
        ("https://github.com/one", "https://github.com"),
        ("https://www.journal.example/a/b.html", "https://journal.example"),
        ("https://[::1]:80/a", "https://[::1]"),
    ],
)
def test_the_site_of_a_source(url: str, site: str) -> None:
    assert site_of(url) == site
