"""Sites made with al-folio: the theme's private fields, and groups from pages or years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.formats import read_collection
from sphinx_paper_table.importing.sources import ReadOptions, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.importing.collection import Collection, Work

BIB: Final = """---
---

@string{cvpr = {Conference on Computer Vision and Pattern Recognition}}

@inproceedings{doe2023one,
  abbr={CVPR}, bibtex_show={true}, selected={true}, preview={one.png}, month=jun,
  title={One Thing}, author={Doe*, Jane and Roe, Rick}, booktitle=cvpr, year={2023},
  code={https://github.com/a/b}, website={https://one.example}, video={https://youtu.be/x}, pdf={one.pdf},
  arxiv={2301.00001}, award={Best Paper}, html={https://openaccess.thecvf.com/one.html}, kind={conf}
}
@misc{roe2021two, title={Two Things}, author={Roe, Rick}, year={2021}, abbr={Blog 2021}, slides={two.pdf}, kind={conf}}
@article{doe2022three, title={Three}, author={Doe, Jane}, journal={J}, year={2022}, kind={journal}}
"""


def site(folder: Path, page: str = "", **files: str) -> Path:
    bibliography = folder / "_bibliography"
    bibliography.mkdir()
    (folder / "_pages").mkdir()
    (folder / "_config.yml").write_text(
        "title: blank\nfirst_name: Jane\nlast_name: Doe\nscholar: {bibliography: papers.bib}\n"
    )
    (folder / "_pages" / "publications.md").write_text(page, "utf-8")
    for name, text in {"papers": BIB, **files}.items():
        (bibliography / f"{name}.bib").write_text(text, "utf-8")
    return folder


def read(folder: Path, groups: str = "") -> Collection:
    name, found = read_collection(open_source(folder), ReadOptions(groups=groups))
    assert name == "al-folio"
    return found


def outline(found: Collection) -> dict[str, object]:
    return {
        group.name: {one.name: [work.key for work in one.works] for one in group.groups} or [w.key for w in group.works]
        for group in found.groups
    }


def test_private_fields_become_what_a_record_has_for_them(tmp_path: Path) -> None:
    works: dict[str, Work] = {work.key: work for work in read(site(tmp_path)).all_works()}
    one, two = works["doe2023one"], works["roe2021two"]
    assert one.entry is not None
    assert two.entry is not None
    assert dict(one.entry.fields) == {
        "month": "June",
        "title": "One Thing",
        "author": "Doe, Jane and Roe, Rick",
        "booktitle": "Conference on Computer Vision and Pattern Recognition",
        "year": "2023",
        "kind": "conf",
        "eprint": "2301.00001",
        "archiveprefix": "arXiv",
        "url": "https://openaccess.thecvf.com/one.html",
    }
    assert [(one.entry.fields[place][0], text) for place, text in one.entry.written] == [
        ("month", "jun"),
        ("booktitle", "cvpr"),
    ]
    assert one.links == {"code": "https://github.com/a/b", "project": "https://one.example"}
    assert one.tags == ("selected",)
    assert one.record == {
        "points": ["Best Paper"],
        "videos": [{"title": "One Thing", "youtube": "https://youtu.be/x"}],
    }
    assert ("venue", "Blog") in two.entry.fields


def test_what_belongs_to_the_site_is_left_over(tmp_path: Path) -> None:
    found = read(site(tmp_path, old="@misc{x, title={X}}"))
    assert {(one.position.line, one.text, one.reason) for one in found.leftovers} == {
        (1, "old.bib", "a bibliography that no page of the site lists"),
        (6, "bibtex_show = {true}", "settings of the site's theme"),
        (6, "preview = {one.png}", "a file of the site"),
        (6, "pdf = {one.pdf}", "a file of the site"),
        (6, "Doe*, Jane and Roe, Rick", "marks on names, which are left out"),
        (12, "slides = {two.pdf}", "a file of the site, or a second link"),
    }


def test_years_are_groups_and_the_settings_have_the_title(tmp_path: Path) -> None:
    found = read(site(tmp_path, "{% bibliography %}"))
    assert found.title == "Jane Doe"
    assert outline(found) == {"2023": ["doe2023one"], "2022": ["doe2022three"], "2021": ["roe2021two"]}
    assert read(tmp_path, "none").groups == ()


def test_headings_of_pages_are_groups(tmp_path: Path) -> None:
    page = (
        "# Papers\n## Talks\n{% bibliography -f papers --query @*[kind=conf && year!=2021] %}\n"
        "<h2>Journals</h2>\n{% bibliography --group_by year --query @article %}\n"
        "## Other\n{% bibliography -q @*[year^=2] %}\n{% for y in page.years %}\n"
    )
    assert outline(read(site(tmp_path, page))) == {"Papers": {"Talks": ["doe2023one"], "Journals": ["doe2022three"]}}
    assert [work.key for work in read(tmp_path).works] == ["roe2021two"]


def test_a_file_of_such_a_site_is_known(tmp_path: Path) -> None:
    path = tmp_path / "mine.bib"
    path.write_text(BIB, "utf-8")
    assert set(outline(read(path))) == {"2023", "2022", "2021"}


def test_an_empty_file_beside_others_is_left_over(tmp_path: Path) -> None:
    found = read(site(tmp_path, "{% bibliography -f empty %}", empty=""))
    assert len(list(found.all_works())) == 3
    assert ("empty.bib", "the file is empty") in {(one.text, one.reason) for one in found.leftovers}


def test_a_site_without_a_bibliography_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_bibliography").mkdir()
    with pytest.raises(EditError, match="the site has no bibliography"):
        read(tmp_path)


def test_groups_can_be_the_keywords(tmp_path: Path) -> None:
    (tmp_path / "_bibliography").mkdir()
    (tmp_path / "_config.yml").write_text("title: blank\nscholar: {bibliography: papers.bib}\n")
    entries = "@misc{a, title = {A}, keywords = {graphs}}\n@misc{b, title = {B}, keywords = {graphs, more}}\n"
    (tmp_path / "_bibliography" / "papers.bib").write_text(entries)
    found = read_collection(open_source(tmp_path), ReadOptions(groups="keywords"), "al-folio")[1]
    assert [(group.name, len(group.works)) for group in found.groups] == [("graphs", 2)]
