"""Lists of papers in Markdown: the layouts that lists have, what is made of each, and what is left over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from sphinx_paper_table.importing.formats import read_collection
from sphinx_paper_table.importing.formats.markdown.reader import read
from sphinx_paper_table.importing.sources import ReadOptions, SourceFile

if TYPE_CHECKING:
    from sphinx_paper_table.importing.collection import Collection, Group, Work

CVPR: Final = "Conference on Computer Vision and Pattern Recognition"
ICLR: Final = "International Conference on Learning Representations"


def collection(text: str) -> Collection:
    return read(SourceFile(Path("list.md"), "list.md", text), ReadOptions())


def works(text: str) -> list[Work]:
    return list(collection(text).all_works())


def only(text: str) -> Work:
    (work,) = works(text)
    return work


def names(work: Work) -> list[str]:
    return [str(person) for person in work.people.get("author", ())]


def outline(groups: tuple[Group, ...]) -> dict[str, object]:
    return {group.name: outline(group.groups) or len(group.works) for group in groups}


ITEMS: Final = {
    "a title that begins as events write their years": (
        "- ✨ [N5-21: One Model for Many Tasks and Modalities](https://arxiv.org/abs/2406.09406) (Orange)",
        ("misc", "N5-21: One Model for Many Tasks and Modalities", [], {"eprint": "2406.09406", "year": "2024"}),
    ),
    "where people work, in brackets that end on another line": (
        (
            "- [2023/08] **Lines Meet Curves.** *Hao You (Orange Institute of Art\n  and Technology) et al. arXiv.* "
            "[[paper](https://arxiv.org/abs/2406.07368)]"
        ),
        ("misc", "Lines Meet Curves", ["Hao You", "et al."], {"eprint": "2406.07368", "year": "2023"}),
    ),
    "people of whom one has another name in brackets": (
        "1. [**Lines Meet Curves.**](https://arxiv.org/abs/2406.07368) _Hao You, Yu Fu, Yan (Celia)Lin._ Arxiv 2024.",
        ("misc", "Lines Meet Curves", ["Hao You", "Yu Fu", "Yan Lin"], {"eprint": "2406.07368", "year": "2024"}),
    ),
    "linked title, people, venue and year, then links": (
        "- [BlueSky: Seeing Far](https://bluesky.github.io/), Wen et al., CVPR 2023 | [github](https://github.com/a/b)",
        ("inproceedings", "BlueSky: Seeing Far", ["Wen", "et al."], {"booktitle": CVPR, "year": "2023"}),
    ),
    "date in brackets, bold title, people and archive in italics": (
        (
            "- [2024/02] **Training Reasoners Backwards.** *Zhi Xi (Some University) et al. arXiv.* "
            "[[paper](https://arxiv.org/abs/2402.05808)] [[Code](https://github.com/a/b)]"
        ),
        ("misc", "Training Reasoners Backwards", ["Zhi Xi", "et al."], {"eprint": "2402.05808", "year": "2024"}),
    ),
    "bold title, year in brackets, people at the end": (
        "- **Distilling what a network knows** (2015), G. Hinton et al. [[pdf]](http://arxiv.org/pdf/1503.02531)",
        ("misc", "Distilling what a network knows", ["G. Hinton", "et al."], {"eprint": "1503.02531"}),
    ),
    "people in a paragraph of their own": (
        (
            "1. **How Strong Are Graph Networks?** ICLR 2019. [paper](https://openreview.net/pdf?id=ryGs6iA5Km)\n\n"
            "    *Key Xu, Wei Hu.*\n"
        ),
        ("inproceedings", "How Strong Are Graph Networks?", ["Key Xu", "Wei Hu"], {"booktitle": ICLR, "year": "2019"}),
    ),
    "people and venue in an item below": (
        (
            "- Flow for Scenes Without Labels\n  [[pdf]](https://arxiv.org/pdf/1912.00497.pdf)\n"
            "  - Ann Mittal, David Held. *CVPR 2020*"
        ),
        ("inproceedings", "Flow for Scenes Without Labels", ["Ann Mittal", "David Held"], {"booktitle": CVPR}),
    ),
    "a title alone with people and venue below": (
        "- Segmentation of Parts. \n  - Wei Hung, and Jan Kautz. *CVPR 2019*",
        ("inproceedings", "Segmentation of Parts", ["Wei Hung", "Jan Kautz"], {"booktitle": CVPR, "year": "2019"}),
    ),
    "venue first, with the two digits of a year": (
        "- [ICLR'22] [A Title. With a Stop](https://arxiv.org/abs/2201.00001), Ann One, Ben Two, and Cem Three",
        ("inproceedings", "A Title. With a Stop", ["Ann One", "Ben Two", "Cem Three"], {"booktitle": ICLR}),
    ),
    "a citation with the title in quotation marks": (
        '- J. Doe and M. Muster, "A title that is quoted here", NeurIPS, 2019. [[pdf](https://example.org/a.pdf)]',
        ("inproceedings", "A title that is quoted here", ["J. Doe", "M. Muster"], {"year": "2019"}),
    ),
    "names with initials behind, year in brackets": (
        (
            "- Smith, J., Doe, A. (2018). A title of another kind. Journal of Machine Learning Research. "
            "[link](https://jmlr.org/x)"
        ),
        (
            "article",
            "A title of another kind",
            ["J. Smith", "A. Doe"],
            {"journal": "Journal of Machine Learning Research"},
        ),
    ),
    "what the address of the proceedings says": (
        "- [Foo to the Bar](https://openaccess.thecvf.com/content/CVPR2022/html/Foo_CVPR_2022_paper.html)",
        ("inproceedings", "Foo to the Bar", [], {"booktitle": CVPR, "year": "2022"}),
    ),
    "arXiv and DOI together": (
        "- [Generative Unfolding](https://arxiv.org/abs/2509.02708) [[DOI](https://doi.org/10.1103/7582-jt9n)] (2025)",
        ("misc", "Generative Unfolding", [], {"eprint": "2509.02708", "doi": "10.1103/7582-jt9n", "year": "2025"}),
    ),
}


@pytest.mark.parametrize("name", ITEMS)
def test_items_in_the_layouts_of_lists(name: str) -> None:
    text, (entry_type, title, people, fields) = ITEMS[name]
    work = only(text)
    assert (work.entry_type, work.fields["title"]) == (entry_type, title)
    assert names(work) == people
    assert {field: work.fields.get(field) for field in fields} == fields


def test_the_words_of_the_list_are_the_summary_and_links_have_their_kinds() -> None:
    work = only(
        "- CLIP: [Learning Visual Models From Words](https://arxiv.org/abs/2103.00020)"
        " ![](https://img.shields.io/github/stars/other/repo.svg)"
        " [![Code](https://img.shields.io/badge/x.svg)](https://github.com/openai/CLIP)."
        " The first one (ICML 2021 had more). Trains on *400M* pairs; see [blog](https://example.com/clip) for more."
        " [[video](https://youtu.be/abc)] [[demo](https://huggingface.co/spaces/a/b)]"
    )
    assert work.name == "CLIP"
    assert work.links == {
        "code": "https://github.com/openai/CLIP",
        "blog": "https://example.com/clip",
        "demo": "https://huggingface.co/spaces/a/b",
    }
    assert work.summary.startswith("The first one (ICML 2021 had more). Trains on *400M* pairs; see [blog]")
    assert work.record["videos"] == [{"title": "Learning Visual Models From Words", "youtube": "https://youtu.be/abc"}]


def test_a_picture_of_stars_names_the_code() -> None:
    text = "- [A Long Title](https://arxiv.org/abs/2103.00020) ![s](https://img.shields.io/github/stars/a/b.svg?x=y)"
    assert only(text).links == {"code": "https://github.com/a/b"}


def test_headings_folds_and_bold_lines_are_groups_that_nest() -> None:
    paper = "[A Title of a Paper](https://arxiv.org/abs/2103.{:05})"
    text = (
        "# Awesome Things\n🔥 A list of things. :tada:\n\n"
        f"## 1. First\nAbout the first.\n\n### Inner\n- {paper.format(1)}\n\n"
        f"**Bold part**\n\n- {paper.format(2)}\n\n"
        f"## Second\n<details open>\n<summary>Folded</summary>\n- {paper.format(3)}\n</details>\n\n"
        f"- {paper.format(4)}\n"
        f"- Topic\n  - {paper.format(5)}\n\n## License\nMIT, of course.\n"
    )
    found = collection(text)
    assert (found.title, found.description) == ("Awesome Things", "A list of things.")
    assert outline(found.groups) == {"First": {"Inner": {"Bold part": 1}}, "Second": {"Folded": 1, "Topic": 1}}
    assert found.groups[0].description == "About the first."
    assert [work.fields["eprint"][-1] for work in found.groups[1].works] == ["4"]
    assert [(one.text, one.reason) for one in found.leftovers] == [
        ("License", "a heading without papers"),
        ("MIT, of course.", "it stands in a part without papers"),
    ]


def test_details_that_lists_get_wrong_are_understood() -> None:
    """People in small letters, joined by semicolons; buttons with a slip; a table of contents as the first part."""
    text = (
        "## Contents\n- [Survey](#survey)\n  - [Vision](#vision)\n\n## Papers\n"
        "- **Title of the First** \\\n*Jae Yoon; Takaaki Shiratori; Rémi Tachet des Combes; Park hyun* \\\n"
        "Machine Learning 2011. [[Paper](https://arxiv.org/abs/2101.00001)] [[Gitub](https://github.com/a/b)]\n"
        "- [AET vs. AED: Autoencoding](https://arxiv.org/abs/2101.00002), OpenAI\n"
    )
    found = collection(text)
    assert (found.title, [group.name for group in found.groups]) == ("", ["Papers"])
    first, second = found.all_works()
    assert names(first) == ["Jae Yoon", "Takaaki Shiratori", "Rémi Tachet des Combes", "Park hyun"]
    assert (first.entry_type, first.fields["journal"], first.links) == (
        "article",
        "Machine Learning",
        {"code": "https://github.com/a/b"},
    )
    assert (second.fields["title"], second.entry_type, second.summary) == (
        "AET vs. AED: Autoencoding",
        "misc",
        "OpenAI",
    )


def test_rows_of_tables_are_papers_by_the_heads_of_their_columns() -> None:
    text = (
        "## Table\n| Model | Paper | Venue | Date | Code | Backbone | Demo |\n|--|--|--|--|--|--|--|\n"
        "| BLIP | [Bootstrapping **Language**](https://arxiv.org/abs/2201.12086) | ICML | 2022-01 |"
        " [Github](https://github.com/a/b) | ViT-L | - |\n"
        "| Kimi | [Kimi Report](https://example.com/k) | Tech Report | 2025-04-10 | - | - |"
        " [Demo](https://d.example) |\n"
        "| Nothing | | | | | | |\n"
    )
    found = collection(text)
    blip, kimi = found.all_works()
    assert (blip.name, blip.fields["title"], blip.entry_type) == ("BLIP", "Bootstrapping Language", "inproceedings")
    assert (blip.fields["year"], blip.links, blip.record) == (
        "2022",
        {"code": "https://github.com/a/b"},
        {"points": ["Backbone: ViT-L"]},
    )
    assert (kimi.entry_type, kimi.fields["url"], kimi.record) == (
        "misc",
        "https://example.com/k",
        {"date": "2025-04-10"},
    )
    assert kimi.links == {"demo": "https://d.example"}
    assert [(one.position.line, one.reason) for one in found.leftovers] == [(6, "a row that names no paper")]


def test_parts_of_events_keep_their_names_and_brackets_their_pairs() -> None:
    head = "| Title | Venue |\n| --- | --- |\n"
    cells = {
        "EMNLP 2023 (Findings)": "EMNLP Findings",
        "ICCV'23 (Workshop on Seeing)": "ICCV Workshop on Seeing",
        "Trans. on Seeing (TS) 2021": "Trans. on Seeing (TS)",
        "CVPR (2023)": CVPR,
        "[ECCV 2022 (Oral)]": "European Conference on Computer Vision",
    }
    for cell, venue in cells.items():
        work = only(f"{head}| [Seeing Far](https://a.org/p) | {cell} |\n")
        assert work.fields.get("booktitle", work.fields.get("journal")) == venue


def test_lines_below_an_item_say_what_columns_say() -> None:
    work = only(
        "- [Seeing Far with Few Eyes](https://openreview.net/forum?id=A1)\n"
        "  - Anonymous Authors\n"
        "  - Publisher:  ICLR 2024\n"
        "  - Code: [official](https://github.com/a/b)\n"
        "  - Tasks: [Walking](https://github.com/w/walk), [Running](https://run.org/), Swimming\n"
        "  - TLDR: Fewer eyes suffice.\n"
        "- More\n"
        "  - Tasks: none\n"
    )
    assert work.fields["booktitle"] == ICLR
    assert work.fields["year"] == "2024"
    assert work.links == {"code": "https://github.com/a/b"}
    assert work.record["points"] == [
        "Tasks: [Walking](https://github.com/w/walk), [Running](https://run.org/), Swimming"
    ]
    assert work.summary.endswith("Fewer eyes suffice.")
    assert not works("- [Contents](#a)\n  - Venue: CVPR 2023\n")
    alone = only(
        "- **Seeing Far with Few Eyes** [[pdf](https://arxiv.org/abs/2406.09406)]\n  - FEW: We see with two.\n"
    )
    assert (alone.summary, alone.record) == ("FEW: We see with two.", {})


@pytest.mark.parametrize("label", ["Website", "Project", "Code", "Video", "Home page"])
def test_what_has_a_number_in_an_archive_is_the_paper_whatever_it_is_called(label: str) -> None:
    work = only(f"**Seeing Far with Few Eyes** \\\n[[{label}](https://arxiv.org/abs/2307.09781)]\n")
    assert work.fields["eprint"] == "2307.09781"
    assert work.links == {}


def test_words_in_one_pair_of_brackets_are_a_summary_without_it() -> None:
    work = only("- [Seeing Far with Few Eyes](https://arxiv.org/abs/2406.09406) (BlueSky, GreenSea data)")
    assert work.summary == "BlueSky, GreenSea data"


def test_a_title_above_a_list_of_addresses_and_paragraphs_with_line_breaks() -> None:
    text = (
        "## Papers\n**A Title above Its Links**\n\n- Paper: https://arxiv.org/abs/2311.17911\n"
        "- Code: https://github.com/a/b\n- Homeage:  [https://h.example](https://h.example/)\n\n"
        "**A Title in a Paragraph** \\\n*Calvin Luo, Ann Bee* \\\n"
        "ICLR 2022. [[Paper](https://arxiv.org/abs/2208.11970)] \\\n"
        "25 Aug 2022\n\n[Two of One](https://arxiv.org/abs/2202.02763)\n"
        "[Two\nof Another](https://arxiv.org/abs/2208.07949)\n"
    )
    above, within, one, another = works(text)
    assert (above.fields["title"], above.fields["eprint"]) == ("A Title above Its Links", "2311.17911")
    assert above.links["code"] == "https://github.com/a/b"
    assert (within.fields["year"], names(within)) == ("2022", ["Calvin Luo", "Ann Bee"])
    assert [one.fields["title"], another.fields["title"]] == ["Two of One", "Two of Another"]


def test_nothing_is_dropped_and_every_rest_has_its_line() -> None:
    text = (
        "# Papers\n- [Contents](#papers)\n\n![picture](figure.png)\n\n```\ncode\n```\n\n"
        "- [A Tool](https://github.com/a/tool) does things\n"
        "- [A Real Paper](https://arxiv.org/abs/2103.00020) [[bib](./a.bib)] [[model](https://huggingface.co/a/b)]"
        " <!-- an old note -->\n"
    )
    found = collection(text)
    assert [(one.position.line, one.text, one.reason) for one in found.leftovers] == [
        (2, "- [Contents](#papers)", "an entry of a table of contents"),
        (4, "figure.png", "a picture"),
        (6, "```\ncode\n```", "a block of code"),
        (10, "- [A Tool](https://github.com/a/tool) does things", "it names no paper"),
        (11, "an old note", "a remark that readers do not see"),
        (11, "model https://huggingface.co/a/b", "an address for which papers have no field"),
        (11, "bib ./a.bib", "it leads to no web page"),
    ]


def test_what_is_hostile_is_text_or_left_over() -> None:
    text = (
        "- [Evil Paper Title](https://arxiv.org/abs/2103.00020) [x](javascript:alert(1)) <a href='javascript:alert(2)'>"
        "code</a> <script>alert(3)</script> <img src=x onerror=alert(4)> [data](data:text/html,x) `*code*` \\*a\\* <b\n"
    )
    work = only(text)
    addresses = [*work.links.values(), *work.fields.values()]
    assert not any("javascript" in address or "data:" in address for address in addresses)
    assert "alert(3)" not in work.summary
    assert r"\*a\*" in work.summary


@pytest.mark.parametrize(
    "text",
    [
        "- " * 3_000 + "x",
        ">" * 3_000 + "x",
        "<div>" * 4_000,
        "<!--" * 20_000,
        "<a href='https://a.example'>" * 2_000,
        "- " + "[a b c](https://arxiv.org/abs/2103.00020) " * 1_000,
        "- **" + "a " * 50_000 + "**",
        "| a |\n|--|\n" + "| [x y z](https://arxiv.org/abs/2103.00020) |\n" * 200,
        "".join(f"{'#' * (1 + number % 6)} h{number}\n" for number in range(800)),
        "\x00\ufffd<summary>\n---\n---\n- [](https://arxiv.org/abs/2103.00020)",
    ],
)
def test_any_text_is_read(text: str) -> None:
    assert collection(text) is not None


def test_a_file_is_known_by_its_name() -> None:
    source = SourceFile(Path("README.md"), "README.md", "- [A Real Paper](https://arxiv.org/abs/2103.00020)")
    name, found = read_collection(source, ReadOptions())
    assert (name, len(found.works)) == ("markdown", 1)


def test_entries_in_blocks_of_code_are_read() -> None:
    """One of a paper that the list names becomes its entry, another a paper, one for citing the list a reference."""
    text = """# Papers

## Contrast

- [A Real Paper](https://arxiv.org/abs/2103.00020) [[code](https://github.com/a/b)]

  ```bibtex
  @inproceedings{real,
    title = {A {Real} Paper},
    author = {Doe, Jane},
    booktitle = {CVPR},
    year = {2021},
  }
  ```

```
@misc{other, title = {Another Paper}, author = {Roe, R.}, year = 2022}

@article{third, title = {A Third Paper}, author = {Poe, E.}, journal = {TMLR}, year = 2023}
```

```python
@decorator
def code(): ...
```

## Citing this list

```bibtex
@misc{list, title = {A List}, author = {Moe, M.}, year = 2024}
```
"""
    found = collection(text)
    (group,) = found.groups
    real, other, third = group.works
    assert (real.key, real.links) == ("real", {"code": "https://github.com/a/b"})
    assert real.entry is not None
    assert dict(real.entry.fields)["eprint"] == "2103.00020"
    assert [work.key for work in (other, third)] == ["other", "third"]
    assert other.position.line == 17
    assert [work.key for work in found.references] == ["list"]
    rest = [(one.position.line, one.reason) for one in found.leftovers]
    assert (22, "a block of code") in rest
