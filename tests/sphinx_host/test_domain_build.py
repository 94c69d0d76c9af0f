"""The domain paper: roles, messages for names that nothing has, the inventory, one process and four."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sphinx.util.inventory import InventoryFile
from tests.support.harness import compare, times, wait_for_clock
from tests.support.sites import INDEX, PAGES, build_docs, page, real_catalogue, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.util.inventory import _InventoryItem
    from tests.conftest import RealSite
    from tests.support.harness import Site

ROLES = {
    "{paper}`one`": ("surveys/alpha.html#paper-one", "One v1"),
    "{paper}`g <alpha#g2>`": ("surveys/alpha.html#group-alpha-g2", "g"),
    "{paper}`alpha#g2`": ("surveys/alpha.html#group-alpha-g2", "Level two"),
    "{paper}`beta`": ("surveys/beta.html#survey-beta", "Beta methods"),
    "{paper:method}`other`": ("surveys/beta.html#paper-other", "Other"),
    "{paper:group}`alpha#h1`": ("surveys/alpha.html#group-alpha-h1", "Second group"),
    "{paper:survey}`alpha`": ("surveys/alpha.html#survey-alpha", "Alpha methods"),
    "{any}`six`": ("surveys/alpha.html#paper-six", "Six"),
    "{any}`alpha#g4`": ("surveys/alpha.html#group-alpha-g4", "Level four"),
    "{paper}`that one <one>`": ("surveys/alpha.html#paper-one", "that one"),
    "{paper}`uno`": ("surveys/alpha.html#paper-one", "One v1"),
    "{ref}`paper-one`": ("surveys/alpha.html#paper-one", "One v1"),
    "{ref}`group-alpha-g2`": ("surveys/alpha.html#group-alpha-g2", "Level two"),
    "{ref}`survey-beta`": ("surveys/beta.html#survey-beta", "Beta methods"),
}


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a list of every role on a MyST and on a reStructuredText page."""
    myst = "# Roles\n\n" + "".join(f"- {role}\n" for role in ROLES)
    rst = "Roles\n=====\n\n" + "".join(f"* {role.replace('{', ':', 1).replace('}', ':', 1)}\n" for role in ROLES)
    index = INDEX.replace("references\n", "references\nmyst\nrest\n")
    files = {**PAGES, "myst.md": myst, "rest.rst": rst, "index.md": index}
    site = small_site(tmp_path_factory.mktemp("roles"), files)
    assert warnings(site.build(), site.source) == []
    return site


@pytest.mark.parametrize("name", ["myst", "rest"])
def test_roles(roles: Site, name: str) -> None:
    links = soup(roles.output() / f"{name}.html").select("article[role=main] li a.internal")
    found = [(str(link["href"]), link.get_text()) for link in links]
    assert dict(zip(ROLES, found, strict=True)) == ROLES


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_names_that_nothing_has(tmp_path: Path, suffix: str) -> None:
    """Each is reported where it stands, with the nearest name, at every build; its text stays on the page."""
    lines = ["{paper}`onne`", "{paper:method}`fuor`", "{paper:group}`alpha#g22`", "{paper:survey}`alfa`"]
    if suffix == ".rst":
        lines = [line.replace("{", ":").replace("}", ":") for line in lines]
    title = "# Bad" if suffix == ".md" else "Bad\n==="
    text = "\n\n".join([title, *lines, ""])
    files = {**PAGES, f"bad{suffix}": text, "index.md": INDEX.replace("references\n", "references\nbad\n")}
    site = small_site(tmp_path, files)
    place = f"bad{suffix}:{{}}: WARNING: there is no"
    first = 3 if suffix == ".md" else 4
    expected = [
        f"{place.format(first)} paper, group or survey 'onne'; did you mean 'one'? [paper_table.reference]",
        f"{place.format(first + 2)} method 'fuor'; did you mean 'four'? [paper_table.reference]",
        f"{place.format(first + 4)} group 'alpha#g22'; did you mean 'alpha#g2'? [paper_table.reference]",
        f"{place.format(first + 6)} survey 'alfa'; known are 'alpha', 'beta' [paper_table.reference]",
    ]
    assert warnings(site.build(), site.source) == expected
    assert warnings(site.build(), site.source) == expected, "a second build that reads nothing repeats them"
    assert "onne" in soup(site.output() / "bad.html").get_text()


def test_a_name_in_a_record(tmp_path: Path) -> None:
    """A role in a record's text is reported at its place in the YAML file, once however often it is shown."""
    site = small_site(tmp_path)
    site.replace("surveys/beta.yaml", "summary: Has its home in beta.", "summary: Like {paper}`onne`.")
    number = next(n for n, line in enumerate(site.read("surveys/beta.yaml").splitlines(), 1) if "onne" in line)
    (message,) = warnings(site.build(), site.source)
    assert message.startswith(f"surveys/beta.yaml:{number}:")
    assert "'onne'" in message
    assert "did you mean 'one'?" in message


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site in a place of its own, built by four processes."""
    path = tmp_path_factory.mktemp("docs")
    assert warnings(build_docs("html", path, 4)) == []
    return path


def inventory(path: Path) -> dict[str, dict[str, _InventoryItem]]:
    """Return what other projects read."""
    content = InventoryFile.loads(path.read_bytes(), uri="")
    return {kind: dict(items) for kind, items in content.data.items()}


def test_inventory(real_site: RealSite) -> None:
    """Everything stands there twice: in our domain, and as labels for projects without it."""
    found = inventory(real_site() / "objects.inv")
    catalogue = real_catalogue()
    names = {kind: set(found[f"paper:{kind}"]) for kind in ("method", "group", "survey")}
    aliases = set(catalogue.aliases)
    assert names["method"] - aliases == set(catalogue.papers)
    assert names["group"] == set(catalogue.groups)
    assert names["survey"] - set(catalogue.survey_aliases) == set(catalogue.surveys)
    labels = found["std:label"]
    for paper in catalogue.papers.values():
        item = found["paper:method"][paper.id]
        assert item.display_name == ("-" if paper.name == paper.id else paper.name), "a hyphen stands for the same name"
        assert item.uri.endswith(f".html#paper-{paper.id.replace('.', '-')}")
        label = labels[f"paper-{paper.id.replace('.', '-')}"]
        assert (label.display_name, label.uri) == (paper.name, item.uri)
    for address, group in catalogue.groups.items():
        anchor = f"group-{address.replace('#', '-')}"
        assert (labels[anchor].display_name, labels[anchor].uri.partition("#")[2]) == (group.title, anchor)
    for name, survey in catalogue.surveys.items():
        item = labels[f"survey-{name}"]
        assert (item.display_name, item.uri) == (survey.title, f"surveys/{name}.html#survey-{name}")
    for key, reference in catalogue.references.items():
        item = labels[f"cite-{key}".lower()]
        letters = item.display_name.removeprefix(reference.label)
        assert re.fullmatch("[a-z]?", letters), "works of the same authors and year are told apart"
        assert item.uri == f"references.html#cite-{key}"
        assert found["cite:citation"][key] == item
    assert labels["cite-he2020momentum"].display_name == "He et al., 2020"


def test_jobs_make_no_difference(docs: Path, real_site: RealSite) -> None:
    """One process has built the site that the tests share."""
    assert compare(docs / "html", real_site()) == []


def test_jobs_make_no_difference_to_warnings(tmp_path: Path) -> None:
    """What is wrong on several pages and between pages is reported alike, however many processes read them."""
    found = []
    for jobs in (1, 4):
        extra = {
            f"extra/p{number}.md": f"# P{number}\n\n{{paper}}`nothing{number}`\n\n```{{paper-table}} alpha#h1\n```\n"
            for number in range(6)
        }
        files = {**PAGES, **extra, "index.md": INDEX.replace("references\n", "references\nextra/*\n")}
        path = tmp_path / str(jobs)
        site = small_site(path, files)
        found.append(warnings(site.build(jobs=jobs), site.source))
    assert found[0] == found[1]
    assert sum("'six' has its anchor on the page 'extra/p0' already" in line for line in found[0]) == 6
    assert sum("there is no paper, group or survey 'nothing" in line for line in found[0]) == 6


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_second_build_does_nothing(docs: Path, jobs: int) -> None:
    before = times(docs / "html")
    report = build_docs("html", docs, jobs)
    assert "updating environment: 0 added, 0 changed, 0 removed" in report.log
    assert "no targets are out of date." in report.log
    assert report.written == []
    changed = {name for name, _time in before ^ times(docs / "html")}
    rewritten_by_sphinx = {"404.html", "genindex.html", "search.html", "searchindex.js", "objects.inv"}
    assert {name for name in changed if not name.startswith("_static/")} <= rewritten_by_sphinx


def test_tables_leave_other_domains_alone(tmp_path: Path) -> None:
    """A label that a page defines itself wins over ours."""
    text = f"# Alpha\n\n(paper-one)=\n## Mine\n\ntext\n\n{page('', 'alpha').strip().removeprefix('# ').strip()}\n"
    site = small_site(tmp_path, {**PAGES, "surveys/alpha.md": text})
    site.build()
    labels = inventory(site.output() / "objects.inv")["std:label"]
    assert labels["paper-one"].display_name == "Mine"


def test_a_table_that_moves_down_its_page_moves_no_link(tmp_path: Path) -> None:
    """Pages that link to its papers, and the list of references, are not written again."""
    site = small_site(tmp_path)
    site.build()
    wait_for_clock()
    site.replace("surveys/alpha.md", "\n\n", "\n\nA paragraph above.\n\n")
    report = site.assert_incremental_equals_clean()
    assert report.read == 1
    assert report.written == ["index", "surveys/alpha"]  # Sphinx writes toctrees of what it has read


def test_papers_that_move_to_another_page_keep_their_labels(tmp_path: Path) -> None:
    """The page that is read first gets them although the other still had them."""
    site = small_site(tmp_path)
    site.build()
    wait_for_clock()
    pages = [site.source / f"surveys/{name}.md" for name in ("alpha", "beta")]
    for path, text in zip(pages, [path.read_text("utf-8") for path in reversed(pages)], strict=True):
        path.write_text(text, "utf-8")
    site.assert_incremental_equals_clean()
    labels = inventory(site.output() / "objects.inv")["std:label"]
    assert (labels["paper-one"].uri, labels["paper-other"].uri) == (
        "surveys/beta.html#paper-one",
        "surveys/alpha.html#paper-other",
    )


def test_a_label_of_an_author_comes_and_goes(tmp_path: Path) -> None:
    """Nothing is called a duplicate, as in a clean build."""
    site = small_site(tmp_path)
    site.build()
    for old, new, shown in (("# Beta", "(paper-one)=\n# Beta", "Beta"), ("(paper-one)=\n", "", "One v1")):
        wait_for_clock()
        site.replace("surveys/beta.md", old, new)
        assert warnings(site.assert_incremental_equals_clean()) == []
        assert inventory(site.output() / "objects.inv")["std:label"]["paper-one"].display_name == shown
