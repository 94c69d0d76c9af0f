"""The directive paper-results: a ranking for each benchmark, the same in every builder and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import BETA, INDEX, PAGES, VOCABULARY, dump, quick_soup, small_site, soup, warnings
from tests.support.texts import place_of_first_name

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.conftest import RealSite
    from tests.support.harness import Site

NOT_IN_TOC = 'suppress_warnings = ["toc.not_included"]\n'
RESULTS: list[dict[str, Any]] = [
    {"benchmark": "probe", "value": "70.5", "source": "https://github.com/some/where/tree/main", "date": "2018"},
    {"benchmark": "fid", "value": "3.2", "source": "kim2018zero"},
]
BENCHMARKS: dict[str, Any] = {
    **VOCABULARY["benchmarks"],  # type: ignore[dict-item]
    "fid": {"name": "FID", "dataset": "CIFAR", "metric": "distance", "direction": "lower", "protocol": "*free* steps"},
}
FILES = {
    **PAGES,
    "surveys/beta.yaml": dump({**BETA, "papers": [{**BETA["papers"][0], "results": RESULTS}]}),  # type: ignore[index]
    "surveys/vocabulary.yaml": dump({**VOCABULARY, "benchmarks": BENCHMARKS}),
    "results.md": "# Results\n\n```{paper-results}\n```\n",
    "one.rst": "One\n===\n\n.. paper-results:: probe\n   :survey: alpha\n   :ids: one\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("results"), FILES, NOT_IN_TOC)
    assert warnings(site.build(), site.source) == []
    return site


def rows(html: BeautifulSoup, anchor: str) -> list[list[str]]:
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in html.select(f"#{anchor} tr")
    ]


def test_each_benchmark_is_a_table_of_its_own(site: Site) -> None:
    html = soup(site.output() / "results.html")
    assert [section["id"] for section in html.select(".pt-shelf > section")] == ["results-probe", "results-fid"]
    assert {section["role"] for section in html.select(".pt-shelf > section")} == {"group"}, "two may have one name"
    assert rows(html, "results-probe") == [
        ["Method", "Value", "Setting", "Source", "First public"],
        ["Other", "70.5%", "", "github.com/some/where reported by others", "2018"],
        ["One v1", "60.60%", "R50", "Lee et al., 2020, Table 1", "2019-11"],
    ]
    assert rows(html, "results-fid")[1:] == [["Other", "3.2", "", "Kim and Moreau, 2018", "2018"]]
    assert [text.find(string=True) for text in html.select(".pt-detail")] == [
        "ImageNet, accuracy; higher is better",
        "CIFAR, distance; lower is better",
    ]
    assert html.select_one(".pt-description em"), "a protocol has mark-up"


def test_methods_and_sources_are_links(site: Site) -> None:
    html = soup(site.output() / "results.html")
    assert [link["href"] for link in html.select("#results-probe table a")] == [
        "surveys/beta.html#paper-other",
        "https://github.com/some/where/tree/main",
        "surveys/alpha.html#paper-one",
        "references.html#cite-lee2020one",
    ]


def test_a_wide_table_scrolls_and_is_named(site: Site) -> None:
    html = soup(site.output() / "results.html")
    (first, _second) = html.select(".pt-scroll")
    assert (first["tabindex"], first["role"], first["aria-label"]) == ("0", "group", "Linear probe")
    assert {cell["scope"] for cell in html.select("table th")} == {"col", "row"}
    assert [heading.get_text() for heading in html.select("summary > h2")] == ["Linear probe", "FID"]


def test_headings_and_cells_say_what_to_sort_by(site: Site) -> None:
    """Without a unit, best first where high numbers are best."""
    html = soup(site.output() / "results.html")
    heads = {
        name: [cell["data-sort"] for cell in html.select(f"#results-{name} thead th")] for name in ("probe", "fid")
    }
    assert heads == {
        "probe": ["method", "-value", "setting", "source", "date"],
        "fid": ["method", "value", "setting", "source", "date"],
    }
    assert [cell["data-sort"] for cell in html.select("#results-probe td[data-sort]")] == ["70.5", "60.60"]


def test_the_data_are_beside_the_table(site: Site) -> None:
    html = soup(site.output() / "results.html")
    assert [link["href"] for link in html.select("#results-probe .pt-data a")] == [
        "results/probe.csv",
        "results/probe.json",
    ]
    assert {link.get_text() for link in html.select("#results-probe .pt-data a")} == {
        "CSV of Linear probe",
        "JSON of Linear probe",
    }
    for link in html.select(".pt-data a"):
        assert (site.output() / str(link["href"])).is_file()
    lines = (site.output() / "results" / "probe.csv").read_text("utf-8").splitlines()
    assert lines[1].startswith("other,Other,2018,70.5,70.5,,https://github.com/some/where")


def measures(html: BeautifulSoup) -> list[str]:
    """Return the titles of the charts' upright axes."""
    return [axis.select("text")[-1].get_text() for axis in html.select(".pt-chart svg .pt-axis:nth-of-type(2)")]


def charted(**more: Any) -> dict[str, str]:
    """Return a site where methods of several dates have a number on one benchmark."""
    extra = [
        {
            "id": f"m{year}",
            "name": f"M<{year}>",
            "cite": "lee2020one",
            "date": f"{year}-06",
            "results": [{**result, **more}],
        }
        for year, result in (
            (2016, {"benchmark": "probe", "value": "50", "source": "lee2020one"}),
            (2017, {"benchmark": "probe", "value": "49", "source": "lee2020one"}),
            (2021, {"benchmark": "probe", "value": "65", "source": "lee2020one", "setting": "big"}),
        )
    ]
    papers = [{**BETA["papers"][0], "results": RESULTS}, *extra]  # type: ignore[index]
    return {**FILES, "surveys/beta.yaml": dump({**BETA, "papers": papers})}


def test_five_numbers_make_a_chart(tmp_path: Path) -> None:
    """Four do not; names and numbers are escaped, and the page's own style sheet colours it."""
    site = small_site(tmp_path, charted(), NOT_IN_TOC)
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "results.html")
    (figure,) = html.select("figure.pt-chart")
    assert figure.find_parent("section")["id"] == "results-probe"  # type: ignore[index]
    svg = figure.select_one("svg[role=group]")
    assert svg is not None
    assert "the table below has the same" in str(svg["aria-label"])
    assert sorted(title.get_text().replace("\xa0", " ") for title in svg.select("a > .pt-said")) == [
        "M<2016>, 50%, 2016-06",
        "M<2017>, 49%, 2017-06",
        "M<2021>, 65%, big, 2021-06",
        "One v1, 60.60%, R50, 2019-11",
        "Other, 70.5%, 2018",
    ]
    assert {link["href"] for link in svg.select("a")} == {
        link["href"] for link in html.select("#results-probe tbody th a")
    }
    assert len(svg.select("circle.pt-dot")) == 4
    assert [mark.parent["aria-label"][:5] for mark in svg.select("rect.pt-secondary")] == ["Other"]  # type: ignore[index]
    assert not svg.select(".pt-record, .pt-best"), "their settings differ"
    assert measures(html) == ["accuracy (%), higher is better"]
    assert not re.search(r"fill=|stroke=|font-|style=|http", str(svg))
    assert "reported by others" in figure.select_one("figcaption").get_text()  # type: ignore[union-attr]
    assert soup(site.output() / "one.html").select("figure") == []


def test_a_chart_is_a_vector_on_paper_and_stays_out_of_other_books(tmp_path: Path) -> None:
    index = INDEX.replace("references\n", "references\nresults\n")
    site = small_site(tmp_path, {**charted(), "index.md": index}, NOT_IN_TOC)
    for builder, name in (("epub", "results.xhtml"), ("text", "results.txt"), ("latex", "small.tex")):
        assert warnings(site.build(builder), site.source) == []
        text = (site.output(builder) / name).read_text("utf-8")
        assert "65" in text
        assert "<svg" not in text
        assert "results/probe.csv" not in text
        assert text.count(r"\papertablefigure{Chart: Linear probe}") == (builder == "latex")


def test_a_number_may_have_a_date_of_its_own(tmp_path: Path) -> None:
    """Then its row, its place and the files say that date; the method keeps its own."""
    site = small_site(tmp_path, charted(date="2022-03"), NOT_IN_TOC)
    assert warnings(site.build(), site.source) == []
    html = soup(site.output() / "results.html")
    assert {row[0]: row[4] for row in rows(html, "results-probe")[1:]} == {
        "Other": "2018",
        "M<2021>": "2022-03",
        "One v1": "2019-11",
        "M<2016>": "2022-03",
        "M<2017>": "2022-03",
    }
    assert "m2021,M<2021>,2022-03," in (site.output() / "results" / "probe.csv").read_text("utf-8")


def test_one_benchmark_of_one_survey_from_restructuredtext(site: Site) -> None:
    html = soup(site.output() / "one.html")
    assert [row[0] for row in rows(html, "results-probe")] == ["Method", "One v1"]
    assert not html.select("#results-fid, .pt-jump")


def test_one_benchmark_is_open_and_numbers_of_one_method_are_folded(real_site: RealSite) -> None:
    html = quick_soup(real_site() / "results" / "index.html")
    for view in html.select(".pt-rankings"):
        ranked = view.select(":scope > .pt-shelf[name]")
        assert [shelf.has_attr("open") for shelf in ranked] == [place == 0 for place in range(len(ranked))]
        assert len({shelf["name"] for shelf in ranked}) <= 1, "browsers keep one of them open"
    assert html.select("details.pt-listed > .pt-shelf:not([name])")


def test_numbers_are_filtered_by_their_settings_and_the_best_of_a_method_stands_for_it(real_site: RealSite) -> None:
    html = quick_soup(real_site() / "results" / "index.html")
    form = html.select_one(".pt-filter")
    assert form is not None
    names = [str(field["name"]) for field in form.select("select[data-facet]")]
    assert {"encoder", "epochs", "data"} <= set(names)
    values = [str(option["value"]) for option in form.select("select[name=encoder] option")][1:]
    place = 6 + names.index("encoder")
    part = next(part for part in html.select("#results-imagenet-linear .pt-part") if part.get_text() == "ResNet-50")
    table = part.find_next("table")
    assert table is not None
    assert {values[int(row["data-f"].split(",")[place])] for row in table.select("tbody tr")} == {"ResNet-50"}  # type: ignore[union-attr]
    shown = [str(row["data-result"]) for row in table.select("tbody tr:not(.pt-rest)")]
    assert len(shown) == len(set(shown)) > 5
    assert {str(row["data-result"]) for row in table.select("tbody tr")} == set(shown)
    assert [row for row in table.select("tbody tr") if "pt-rest" in row["class"]]


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml"])
def test_every_builder_prints_the_rankings(site: Site, builder: str) -> None:
    report = site.build(builder)
    assert warnings(report, site.source) == []
    output = site.output(builder)
    if builder == "man":
        return  # a manual page is only the root document
    name = {"dirhtml": "results/index.html", "singlehtml": "index.html", "epub": "results.xhtml"}.get(builder, "")
    suffix = {"latex": "tex", "text": "txt", "texinfo": "texi", "xml": "xml"}.get(builder, "")
    found = [output / name] if name else sorted(output.rglob(f"*.{suffix}"))
    if builder in {"text", "xml"}:
        found = [output / f"results.{suffix}"]
    text = re.sub(r"[\\{}]", "", "".join(path.read_text("utf-8") for path in found))
    if builder in {"singlehtml", "latex", "texinfo"}:
        return  # the page is not in the contents, so a book has it not: the real site proves these
    for words in ("Linear probe", "lower is better", "60.60", "70.5", "R50", "First", "reported by"):
        assert words in text, words
    assert text.index("70.5") < text.index("60.60")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```{paper-results} prob\n```", "there is no benchmark 'prob'; did you mean 'probe'?"),
        ("```{paper-results}\n:survey: alhpa\n```", "there is no survey 'alhpa'; did you mean 'alpha'?"),
        ("```{paper-results}\n:least: 9\n```", "there is no result to show; loosen or remove an option"),
        (
            "```{paper-results}\n:least: none\n```",
            "the option 'least' is left out: 'none' is no number; write 1, 2 or more",
        ),
        ("```{paper-results}\n:survey: alpha beta\n```", "the option 'survey' is left out: it takes one name, not 2"),
        ("```{paper-results}\n:sort: year\n```", "there is no option 'sort'; known are "),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    page = f"# Bad\n\n{text}\n"
    site = small_site(tmp_path, {**FILES, "one.rst": "", "bad.md": page}, NOT_IN_TOC)
    (found,) = (line for line in warnings(site.build(), site.source) if line.startswith("bad.md"))
    assert found.startswith(f"bad.md:{place_of_first_name(page, message)}: WARNING: {message}")


def test_a_ranking_follows_the_surveys(site: Site) -> None:
    """A changed number is read again, a moved method or a relabelled source is written again."""
    wait_for_clock()
    site.replace("surveys/alpha.yaml", "60.60", "80.60")
    report = site.assert_incremental_equals_clean()
    assert {"results", "one", "surveys/alpha"} <= set(report.written)
    assert [row[0] for row in rows(soup(site.output() / "results.html"), "results-probe")[1:]] == ["One v1", "Other"]
    wait_for_clock()
    site.replace("refs.bib", "author = {Lee, Ann", "author = {Zhao, Ann")
    site.assert_incremental_equals_clean()
    assert "Zhao et al., 2020" in rows(soup(site.output() / "one.html"), "results-probe")[1][3]
    wait_for_clock()
    site.replace("surveys/vocabulary.yaml", "direction: lower", "direction: higher")
    site.assert_incremental_equals_clean()
    assert "CIFAR, distance; higher is better" in soup(site.output() / "results.html").get_text()


def test_labels_are_in_chinese(tmp_path: Path) -> None:
    site = small_site(tmp_path, charted(), NOT_IN_TOC + 'language = "zh_CN"\n')
    site.build()
    html = soup(site.output() / "results.html")
    assert rows(html, "results-probe")[0] == ["方法", "数值", "设置", "来源", "首次公开"]
    assert "全部综述的数据：" in html.select_one(".pt-data").get_text()  # type: ignore[union-attr]
    assert "由他人报告" in rows(html, "results-probe")[1][3]
    assert measures(html) == ["accuracy（%），越高越好"]
    assert "越低越好" in html.select(".pt-detail")[1].get_text()


PLACES = {
    "Table 4": "表 4",
    "Table II": "表 II",
    "figure 2a": "图 2a",
    "section 3.1.3": "第 3.1.3 节",
    "Appendix B": "附录 B",
    "page 7, Table A.1": "第 7 页，表 A.1",
    "abstract": "摘要",
    "README, model zoo": "README，模型库",
    "MODEL_ZOO": "MODEL_ZOO",
    "Table of contents": "Table of contents",
    "Equations 3 and 4": "Equations 3 and 4",
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_places_in_a_source_are_in_the_readers_language(tmp_path: Path, language: str) -> None:
    """Without a message for each; in English they stay as they were written."""
    result = {"benchmark": "probe", "source": "lee2020one", "secondary": "false"}
    results = [{**result, "value": str(90 - number), "where": place} for number, place in enumerate(PLACES)]
    papers = [{**BETA["papers"][0], "results": results}]  # type: ignore[index]
    files = {**FILES, "surveys/beta.yaml": dump({**BETA, "papers": papers})}
    site = small_site(tmp_path, files, f'{NOT_IN_TOC}language = "{language}"\n')
    assert warnings(site.build(), site.source) == []
    shown = list(PLACES.values() if language == "zh_CN" else PLACES)
    source, comma = ("Lee 等，2020", "，") if language == "zh_CN" else ("Lee et al., 2020", ", ")
    cells = [row[3] for row in rows(soup(site.output() / "results.html"), "results-probe") if row[0] == "Other"]
    assert cells == [f"{source}{comma}{place}" for place in shown]
    card = soup(site.output() / "surveys" / "beta.html").select("#paper-other .pt-results small")
    assert [text.get_text().strip(" ()（）").removeprefix(f"{source}{comma}") for text in card] == shown
