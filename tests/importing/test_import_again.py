"""What importing does to the files of a project, the first time and again: the author's words stay, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sphinx_paper_table.cli import main
from sphinx_paper_table.reading import page_sizes

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY: Final = """\
% Contrastive learning

@inproceedings{moco,
  title = {Momentum Contrast for Unsupervised Visual Representation Learning},
  author = {He, Kaiming and Fan, Haoqi},
  booktitle = {CVPR},
  year = {2020},
  eprint = {1911.05722},
  archiveprefix = {arXiv},
}

@misc{simclr,
  title = {SimCLR: A Simple Framework},
  author = {Chen, Ting},
  year = {2020},
  note = {to appear},
}

% Theory

@article{align,
  title = {Understanding Contrastive Representation Learning},
  author = {Wang, Tongzhou and Isola, Phillip},
  journal = {ICML},
  year = {2020},
}

@article{why,
  title = {Explaining Why It Works},
  author = {Arora, Sanjeev},
  journal = {ICML},
  year = {2019},
}
"""
RECORD: Final = "name: Explaining Why It Works\n        cite: arora2019explaining\n"
MORE: Final = """
@article{late,
  title = {A Later Theory of Everything Contrastive},
  author = {Saunshi, Nikunj},
  journal = {ICML},
  year = {2022},
}

% Video

@article{video,
  title = {Learning from Videos Without Labels},
  author = {Feichtenhofer, Christoph},
  journal = {CVPR},
  year = {2021},
}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project that the library was imported into."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "library.bib").write_text(LIBRARY, "utf-8")
    assert main(["import", "library.bib", "--to", "s", "--title", "Survey"]) == 0
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replaced(path: Path, *pairs: tuple[str, str]) -> None:
    """Edit a file by hand."""
    text = path.read_bytes().decode()
    for before, after in pairs:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path.write_bytes(text.encode())


def test_a_library_becomes_a_survey(site: Path) -> None:
    """Groups follow the comments, keys the published pattern; the old ones stay as former keys."""
    assert (site / "surveys/s.yaml").read_text("utf-8") == (
        "survey: s\ntitle: Survey\n\ngroups:\n"
        "  - id: contrastive-learning\n    title: Contrastive learning\n    papers:\n"
        "      - id: momentum-contrast-unsupervised-visual\n"
        "        name: Momentum Contrast for Unsupervised Visual Representation…\n"
        "        cite: he2020momentum\n"
        "      - id: simclr\n        name: SimCLR\n        cite: chen2020simclr\n\n"
        "  - id: theory\n    title: Theory\n    papers:\n"
        "      - id: understanding-contrastive-representation-learning\n"
        "        name: Understanding Contrastive Representation Learning\n"
        "        cite: wang2020understanding\n"
        "      - id: explaining-it-works\n        name: Explaining Why It Works\n        cite: arora2019explaining\n"
    )
    entries = (site / "refs.bib").read_text("utf-8")
    assert "@inproceedings{he2020momentum,\n" in entries
    assert "  ids = {moco},\n" in entries
    assert main(["check", "."]) == 0


def test_importing_the_same_again_changes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(site)
    assert main(["import", "library.bib", "--to", "s"]) == 0
    assert contents(site) == before
    assert "nothing to do" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(site / "library.bib", ("% Theory\n", f"{MORE}\n% Theory\n"))
    before = contents(site)
    assert main(["import", "library.bib", "--to", "s", "--dry-run"]) == 0
    assert "2 new papers in 1 new group" in capsys.readouterr().out
    assert main(["import", "library.bib", "--to", "s", "--diff"]) == 0
    assert "+  - id: video" in capsys.readouterr().out
    assert contents(site) == before


def test_the_words_of_the_author_stay(site: Path) -> None:
    """Summary, name, order, comments, layout and even line ends: of the survey, only lines are added."""
    survey = site / "surveys/s.yaml"
    replaced(
        survey,
        (
            "        name: SimCLR\n",
            "        name:   'SimCLR (v1)'   # as we say\n        summary: >-\n          Mine.\n",
        ),
        ("title: Theory\n", 'title: "Why it works"\n'),
        ("survey: s\n", "# mine\nsurvey: s\n"),
    )
    survey.write_bytes(survey.read_bytes().replace(b"\n", b"\r\n"))
    before = survey.read_bytes()
    with (site / "library.bib").open("a", encoding="utf-8") as library:
        library.write(MORE)
    assert main(["import", "library.bib", "--to", "s"]) == 0
    after = survey.read_bytes()
    added = [line for line in after.split(b"\r\n") if line not in before.split(b"\r\n")]
    assert after.count(b"\r\n") == after.count(b"\n")
    assert b"      - id: later-theory-everything-contrastive" in added
    kept = iter(after.split(b"\r\n"))
    assert all(line in kept for line in before.split(b"\r\n")), "each line, in its order"
    assert main(["check", "."]) in {0, 1}
    text = after.decode().replace("\r\n", "\n")
    assert text.index("Why it works") < text.index("later-theory") < text.index("id: video")


def test_what_the_publisher_changes_is_taken_and_what_the_author_changed_stays(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(
        site / "library.bib",
        ("@misc{simclr", "@inproceedings{simclr"),
        ("  note = {to appear},\n", "  booktitle = {ICML},\n  pages = {1--10},\n"),
        ("author = {Chen, Ting}", "author = {Chen, Ting and Hinton, Geoffrey}"),
        ("author = {Arora, Sanjeev}", "author = {Arora, S.}"),
        ("  title = {Explaining Why It Works},", "  title = {Explaining Why It Works At All},"),
    )
    bib = site / "refs.bib"
    replaced(
        bib,
        ("  author = {Arora, Sanjeev},\n", "  author = {Arora, Sanjeev and Khandeparkar, Hrishikesh},\n"),
        ("@article{wang2020", "% read this one\n@article{wang2020"),
    )
    before = bib.read_text("utf-8")
    survey = (site / "surveys/s.yaml").read_bytes()
    assert main(["import", "library.bib", "--to", "s"]) == 0
    after = bib.read_text("utf-8")
    expected = (
        before.replace("@misc{chen", "@inproceedings{chen")
        .replace("  note = {to appear},\n", "")
        .replace("author = {Chen, Ting}", "author = {Chen, Ting and Hinton, Geoffrey}")
        .replace("Explaining Why It Works", "Explaining Why It Works At All")
        .replace("  ids = {simclr},\n", "  ids = {simclr},\n  booktitle = {ICML},\n  pages = {1--10},\n")
    )
    assert after == expected
    assert (site / "surveys/s.yaml").read_bytes() == survey
    out = capsys.readouterr().out
    assert "1 field that you have changed, left alone" in out
    report = (site / "import-report.txt").read_text("utf-8")
    assert "arora2019explaining: author" in report
    assert "Arora, S." in report
    known = contents(site)
    assert main(["import", "library.bib", "--to", "s"]) == 0
    assert contents(site) == known


def test_papers_that_were_taken_out_moved_or_renamed_are_not_brought_back(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = site / "surveys/s.yaml"
    replaced(
        survey,
        ("      - id: simclr\n        name: SimCLR\n        cite: chen2020simclr\n", ""),
        (f"      - id: explaining-it-works\n        {RECORD}", ""),
    )
    with survey.open("a", encoding="utf-8") as file:
        file.write(
            "papers:\n  - id: explaining-it-works\n    name: Explaining Why It Works\n    cite: arora2019explaining\n"
        )
    assert main(["rename", "momentum-contrast-unsupervised-visual", "moco"]) == 0
    assert main(["rename", "s#theory", "s#reasons"]) == 0
    before = survey.read_bytes()
    capsys.readouterr()
    assert main(["import", "library.bib", "--to", "s"]) == 0
    assert survey.read_bytes() == before
    assert "1 paper that you have taken out, not brought back" in capsys.readouterr().out
    with (site / "library.bib").open("a", encoding="utf-8") as library:
        library.write(MORE)
    assert main(["import", "library.bib", "--to", "s"]) == 0
    after = survey.read_text("utf-8")
    assert "simclr" not in after
    assert after.index("id: reasons") < after.index("later-theory") < after.index("id: video")
    assert main(["check", "."]) == 0


def test_a_group_that_was_taken_out_is_not_brought_back(site: Path) -> None:
    survey = site / "surveys/s.yaml"
    text = survey.read_text("utf-8")
    survey.write_text(text[: text.index("  - id: theory")].rstrip() + "\n", "utf-8")
    with (site / "library.bib").open("a", encoding="utf-8") as library:
        library.write(MORE)
    assert main(["import", "library.bib", "--to", "s"]) == 0
    after = survey.read_text("utf-8")
    assert "theory\n" not in after
    assert "papers:\n  - id: later-theory-everything-contrastive\n" in after, "what is new of it belongs to no group"
    assert "  - id: video\n" in after


def test_a_collection_is_known_under_another_name_of_its_file(site: Path) -> None:
    before = contents(site)
    (site / "library.bib").rename(site / "Exported Items (2).bib")
    assert main(["import", "Exported Items (2).bib", "--to", "s"]) == 0
    after = contents(site)
    for name in ("surveys/s.yaml", "refs.bib"):
        assert after[name] == before[name]


def test_another_survey_refers_to_the_papers_that_are_there(site: Path) -> None:
    (site / "other.bib").write_text(
        "@article{x,\n title = {Momentum Contrast for Unsupervised Visual Representation Learning},\n"
        " author = {He, Kaiming and Fan, Haoqi}, doi = {10.1/x}, year = 2021}\n"
        "@article{moco, title = {Something Else Altogether, Under a Known Key}, author = {Doe, Jo}, year = 2021}\n",
        "utf-8",
    )
    assert main(["import", "other.bib", "--to", "t", "--title", "Other"]) == 0
    text = (site / "surveys/t.yaml").read_text("utf-8")
    assert "  - ref: momentum-contrast-unsupervised-visual\n" in text
    assert "cite: doe2021something" in text
    assert (site / "refs.bib").read_text("utf-8").count("Momentum Contrast") == 1
    assert "surveys/t" in (site / "index.md").read_text("utf-8")
    assert "doi = {10.1/x}" in (site / "import-report.txt").read_text("utf-8"), "what it says otherwise is kept"
    assert main(["check", "."]) == 0


def test_files_that_are_imported_together_share_their_strings(site: Path) -> None:
    (site / "journals.bib").write_text('@string{jx = "Journal of X"}\n', "utf-8")
    (site / "own.bib").write_text(
        "@article{x, title = {A Title of Its Own}, author = {A, B}, journal = jx, year = 1}\n"
    )
    assert main(["import", "journals.bib", "own.bib", "--to", "t", "--title", "T"]) == 0
    assert "  journal = {Journal of X},\n" in (site / "refs.bib").read_text("utf-8")


def test_a_damaged_record_of_what_was_imported_stops_everything(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = site / "surveys/s.imported.json"
    for text in ("{", "[]", '{"version": 1, "collections": [{"title": "x"}]}', '{"version": 2}', "[" * 100_000):
        path.write_text(text, "utf-8")
        before = contents(site)
        assert main(["import", "library.bib", "--to", "s"]) == 1
        assert "s.imported.json:1:" in capsys.readouterr().err
        assert contents(site) == before


def test_without_the_record_nothing_comes_twice(site: Path) -> None:
    (site / "surveys/s.imported.json").unlink()
    before = (site / "surveys/s.yaml").read_bytes(), (site / "refs.bib").read_bytes()
    assert main(["import", "library.bib", "--to", "s"]) == 0
    assert ((site / "surveys/s.yaml").read_bytes(), (site / "refs.bib").read_bytes()) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.bib"], "none.bib: there is no such file"),
        (["empty.bib"], "empty.bib:1:1: the file is empty"),
        (["words.bib"], "words.bib:1:1: there is no paper in it"),
        (["x.dat"], "x.dat:1:1: this is none of the formats"),
        (["library.bib", "--to", "../../etc"], "'../../etc' is not an id"),
        (["library.bib", "--to", "t", "--title", "a\nb"], "is not a title"),
        (["library.bib", "--to", "t", "--format", "ris"], "there is no paper in it"),
    ],
)
def test_what_cannot_be_imported_is_told_and_nothing_is_written(
    site: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    (site / "empty.bib").write_text("", "utf-8")
    (site / "words.bib").write_text("nothing but words\n", "utf-8")
    (site / "x.dat").write_bytes(b"\0\1\2")
    before = contents(site)
    assert main(["import", *arguments]) == 1
    assert message in capsys.readouterr().err
    assert contents(site) == before


@pytest.mark.parametrize(
    ("name", "heading", "expected"),
    [
        ("list.md", "CVPR 2024 论文和开源项目合集", "cvpr-2024"),
        ("点云.md", "3D 点云", "3d"),
        ("graph-nets.md", "图神经网络", "graph-nets"),
        ("README.md", "图神经网络", "lists"),
    ],
)
def test_a_title_without_latin_letters_has_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, heading: str, expected: str
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "lists").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    text = f"# {heading}\n\n## 自监督学习\n\n- [动量对比学习](https://arxiv.org/abs/1911.05722)\n"
    (tmp_path / "lists" / name).write_text(text, "utf-8")
    assert main(["import", f"../lists/{name}"]) == 0
    survey = (tmp_path / "site/surveys" / f"{expected}.yaml").read_text("utf-8")
    assert f"survey: {expected}\ntitle: " in survey
    assert "动量对比学习" in survey
    assert main(["check", "."]) == 0


def test_where_nothing_has_latin_letters_the_id_is_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "综述"
    site.mkdir()
    monkeypatch.chdir(site)
    (site / "列表.md").write_text("# 图神经网络\n\n- [动量对比学习](https://arxiv.org/abs/1911.05722)\n", "utf-8")
    assert main(["import", "列表.md"]) == 0
    assert main(["import", "列表.md"]) == 0
    (survey,) = (site / "surveys").glob("survey-*.yaml")
    assert len(survey.stem) == len("survey-123456")


def test_the_report_tells_each_kind_once_with_all_that_is_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Web of Science exports have the same things that nobody can use in each of a thousand entries."""
    monkeypatch.chdir(tmp_path)
    entry = "@misc{{k{0}, author = {{A}}, title = {{T{0}}}, year = 1999, note = {{n}}, note = {{m{0}}}, % c{0}\n}}\n"
    (tmp_path / "wos.bib").write_text("".join(map(entry.format, range(40))), "utf-8")
    assert main(["import", "wos.bib", "--to", "s"]) == 0
    shown = capsys.readouterr().out
    assert "  80 things that no file has a place for, kept in the report\n" in shown
    assert "    40 × note: the entry has the field twice (wos.bib:1:1, wos.bib:3:1, wos.bib:5:1, …)\n" in shown
    assert "    40 × a comment within an entry (wos.bib:1:1, wos.bib:3:1, wos.bib:5:1, …)\n" in shown
    report = (tmp_path / "import-report.txt").read_text("utf-8")
    assert report.count("the entry has the field twice ``") == report.count("a comment within an entry ``") == 1
    assert all(f"note = m{number}\n" in report and f"% c{number}\n" in report for number in range(40))
    assert main(["import", "wos.bib", "--to", "s"]) == 0
    assert (tmp_path / "import-report.txt").read_text("utf-8") == report


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_a_large_survey_has_a_page_for_each_of_its_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """Those that an import adds later get theirs, and stand in the contents with the others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(page_sizes, "LARGEST", 3 * page_sizes.CARDS.weight)
    (tmp_path / "conf.py").write_text('project = "P"\nextensions = []\n', "utf-8")
    (tmp_path / f"index{suffix}").write_text("P\n=\n" if suffix == ".rst" else "# P\n", "utf-8")
    (tmp_path / "library.bib").write_text(LIBRARY, "utf-8")
    assert main(["import", "library.bib", "--to", "s", "--title", "Survey"]) == 0
    parts = ["contrastive-learning", "theory"]
    assert sorted(path.stem for path in (tmp_path / "surveys/s").iterdir()) == parts
    assert "s#theory" in (tmp_path / f"surveys/s/theory{suffix}").read_text("utf-8")
    assert main(["check", "."]) == 0
    (tmp_path / "library.bib").write_text(LIBRARY + MORE, "utf-8")
    assert main(["import", "library.bib", "--to", "s"]) == 0
    page = (tmp_path / f"surveys/s{suffix}").read_text("utf-8").splitlines()
    assert [line.strip() for line in page if line.strip().startswith("s/")] == [
        f"s/{part}" for part in [*parts, "video"]
    ]
    assert main(["check", "."]) == 0
    (tmp_path / f"surveys/s{suffix}").unlink()
    text = MORE.replace("% Video", "% Sound").replace("Videos", "Sounds").replace("Later Theory", "Last Theory")
    (tmp_path / "library.bib").write_text(LIBRARY + text, "utf-8")
    assert main(["import", "library.bib", "--to", "s"]) == 0
    assert not (tmp_path / f"surveys/s/sound{suffix}").exists()


def test_a_survey_that_a_page_can_hold_has_one(site: Path) -> None:
    assert [path.name for path in (site / "surveys").iterdir() if path.is_dir()] == []
