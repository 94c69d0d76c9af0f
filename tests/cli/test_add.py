"""`add` writes an entry, a record and two names, and changes no other line; what fails changes nothing."""

from __future__ import annotations

import io
import json
import textwrap
from pathlib import Path

import pytest
from tests.support.projects import contents, write_project
from tests.support.services import Reply, Services

from sphinx_paper_table.cli import main
from sphinx_paper_table.services.lookup import identify

SMALL = {
    "docs/conf.py": 'extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["refs.bib"]\n',
    "docs/names.txt": "key\tabel2020first\nmethod\tfirst\n",
    "docs/refs.bib": "@misc{abel2020first,\n  author = {Abel, A.},\n  title = {First},\n  year = {2020},\n}\n\n"
    "% the last\n@misc{zorn2021last,\n  author = {Zorn, B.},\n  title = {Last},\n  year = {2021},\n"
    "  eprint = {1605.08386},\n  archiveprefix = {arXiv},\n}\n",
    "docs/surveys/s.yaml": "survey: s\ntitle: S\ngroups:\n  - id: full\n    title: Full   # one\n    papers:\n"
    "      - id: first\n        name: First\n        cite: abel2020first\n        summary: It is.\n"
    "  - id: empty\n    title: Empty\n    papers: []\n  - id: none\n    title: None yet\n",
    "docs/surveys/words.yaml": "vocabulary: words\ntags:\n  language-model: {name: language models}\n"
    "  graph: {name: graphs}\n  caching: {name: cache, aliases: [prompt-caching]}\n",
    "docs/index.md": "# S\n\n```{paper-table} s\n```\n",
}


@pytest.fixture
def project(replayed: Path) -> Path:
    """Return the folder of a small project; it is the current one, and services are replayed."""
    write_project(replayed, SMALL)
    return replayed


def run(*arguments: str) -> int:
    return main(["add", *arguments, "--source", "docs"])


def text(project: Path, name: str) -> str:
    return (project / "docs" / name).read_bytes().decode()


def without(project: Path, *parts: str) -> dict[str, bytes]:
    """Return the files of the project, *parts* taken out of them."""
    files = {name: data.decode() for name, data in contents(project).items() if not name.startswith("cache")}
    for part in parts:
        assert sum(data.count(part) for data in files.values()) == 1, part
        files = {name: data.replace(part, "") for name, data in files.items()}
    return {name: data.encode() for name, data in files.items()}


ENTRY = """\
@inproceedings{devlin2019bert,
  author = {Devlin, Jacob and Chang, Ming-Wei and Lee, Kenton and Toutanova, Kristina},
  title = {{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding},
  booktitle = {Proceedings of the 2019 Conference of the North {A}merican Chapter of the Association for Computational \
Linguistics: Human Language Technologies, Volume 1 (Long and Short Papers)},
  pages = {4171--4186},
  year = {2019},
  doi = {10.18653/v1/N19-1423},
}

"""
OPEN = "# TODO: the summary, two or three sentences of your own\n"


def record(indent: str, *, today: str) -> str:
    lines = ("- id: bert\n", "  name: BERT\n", "  cite: devlin2019bert\n", f"  {OPEN}", f"  added: {today}\n")
    return "".join(f"{indent}{line}" for line in lines)


def added_on(project: Path) -> str:
    return text(project, "surveys/s.yaml").rpartition("added: ")[2][:10]


def test_two_files_gain_what_is_new_and_no_other_line_changes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    assert run("https://aclanthology.org/N19-1423/", "--to", "s#full") == 0
    new = record("      ", today=added_on(project))
    assert without(project, ENTRY, new, "key\tdevlin2019bert\n", "method\tbert\n") == before
    assert text(project, "refs.bib").index(ENTRY) < text(project, "refs.bib").index("% the last")
    assert text(project, "names.txt").splitlines() == sorted(text(project, "names.txt").splitlines())
    said = capsys.readouterr().out
    assert "added to 's#full': 'bert' (BERT, devlin2019bert); now write what the TODO asks for" in said
    assert main(["check", "docs"]) == 0
    assert main(["format", "--check", "docs/refs.bib"]) == 0


@pytest.mark.parametrize(
    ("group", "lead"), [("s#empty", "    papers:\n"), ("s#none", "    title: None yet\n    papers:\n")]
)
def test_a_group_gets_its_first_record(project: Path, group: str, lead: str) -> None:
    assert run("N19-1423", "--to", group) == 0
    assert lead + record("      ", today=added_on(project)) in text(project, "surveys/s.yaml")
    assert main(["check", "docs"]) == 0


def test_several_keep_the_order_in_which_they_are_named(project: Path) -> None:
    before = contents(project)
    ids = ("N19-1423", "https://proceedings.mlr.press/v267/gu25b.html", "https://dblp.org/rec/journals/pvldb/Ley09")
    assert run(*ids, "--to", "s#empty") == 0
    written = text(project, "surveys/s.yaml")
    assert written.index("bert") < written.index("auditing-prompt") < written.index("id: dblp")
    assert "        tags: [language-model, caching]\n" in written
    keys = [line for line in text(project, "refs.bib").splitlines() if line.startswith("@")]
    assert [key.partition("{")[2] for key in keys] == [
        *("abel2020first,", "devlin2019bert,", "gu2025auditing,", "ley2009dblp,", "zorn2021last,")
    ]
    assert set(before) == {name for name in contents(project) if not name.startswith("cache")}
    assert main(["check", "docs"]) == 0


def test_what_is_there_already_is_not_added_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("N19-1423", "--to", "s#full") == 0
    before = without(project)
    capsys.readouterr()
    assert run("10.18653/v1/N19-1423", "--to", "s#empty") == 0
    assert without(project) == before
    captured = capsys.readouterr()
    assert (
        "10.18653/v1/N19-1423 is 'bert' (BERT) at docs/surveys/s.yaml:11:9, with the entry 'devlin2019bert'"
        in captured.err
    )
    assert captured.out == "nothing new\n"


def test_an_entry_without_a_record_gets_one(project: Path) -> None:
    before = text(project, "refs.bib")
    assert run("arXiv:1605.08386v1", "--to", "s#full") == 0
    assert text(project, "refs.bib") == before
    assert "        cite: zorn2021last\n" in text(project, "surveys/s.yaml")


def test_one_paper_under_two_names_is_added_once(project: Path) -> None:
    assert run("2005.14124", "10.1145/3395363.3397376", "--to", "s#full") == 0
    assert text(project, "refs.bib").count("10.1145/3395363.3397376") == 1
    assert text(project, "surveys/s.yaml").count("cite: chen2020active") == 1


def test_bibtex_comes_from_standard_input(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bib = (
        '@string{x = "A Journal"}\n@article{whatever, author={Ann Moss and Bo Fern}, title={FooNet: On "It"},\n'
        "journal=x, year=2023, keywords={a, b}, file={/home/ann/x.pdf}}\n"
        "@misc{b, title={A second one}, author={C. D.}, date={2020-05}, note={In press}}"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(bib))
    assert run("-", "--to", "s#full") == 0
    assert (
        '@article{moss2023foonet,\n  author = {Moss, Ann and Fern, Bo},\n  title = {{FooNet}: On "It"},\n'
        "  journal = {A Journal},\n  year = {2023},\n}\n"
    ) in text(project, "refs.bib")
    assert "id: foonet\n        name: FooNet\n" in text(project, "surveys/s.yaml")
    assert "@misc{d2020second," in text(project, "refs.bib")
    assert "  year = {2020},\n  month = {May},\n  note = {In press},\n" in text(project, "refs.bib")
    assert capsys.readouterr().err == "standard input, entry 1: left out: file, keywords\n"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (
            "momentum contrast",
            "momentum contrast: this is no identifier of a paper; write an arXiv id or address, a DOI",
        ),
        ("9901.00000", "9901.00000: arXiv: it has no '9901.00000'; look at the identifier"),
        ("10.1000/nothing", "10.1000/nothing: DataCite: there is nothing at"),
        ("10.1000/down", "10.1000/down: Crossref: it answers 503; try again later"),
        ("10.1000/html", "10.1000/html: Crossref: it answers with 'text/html' instead of"),
        ("10.1000/long", "10.1000/long: DOI: the title has 5,000 characters; the limit is"),
    ],
)
def test_nothing_is_written_when_one_fails(
    project: Path, services: Services, capsys: pytest.CaptureFixture[str], bad: str, message: str
) -> None:
    services.answer("crossref/works/10.1000/down", Reply(status=503))
    services.answer("crossref/works/10.1000/html", Reply(b"<html>", "text/html"))
    long = b'{"message": {"title": ["%s"]}}' % (b"x" * 5000)
    services.answer("crossref/works/10.1000/long", Reply(long, "application/json"))
    before = contents(project)
    assert run("N19-1423", bad, "--to", "s#full") == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.rstrip().endswith("nothing was written")
    assert without(project) == before


def test_every_failure_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("9901.00000", "N19-1423", "nonsense", "--to", "s#full") == 1
    error = capsys.readouterr().err
    assert [line.partition(" ")[0] for line in error.splitlines()] == ["9901.00000:", "nonsense:"]


def test_bytes_that_are_no_text_are_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"@misc{a, title={\xff}}"), encoding="utf-8"))
    assert run("-", "--to", "s#full") == 1
    assert "-: it is not utf-8; convert it to UTF-8; nothing was written" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("no entry"))
    assert run("-", "--to", "s#full") == 1
    assert "-: BibTeX: there is no entry: standard input; nothing was written" in capsys.readouterr().err


def test_a_file_in_the_style_of_biblatex_gets_such_an_entry(project: Path) -> None:
    (project / "docs/refs.bib").write_text(
        "@article{abel2020first,\n  author = {Abel, A.},\n  title = {First},\n  journaltitle = {J},\n"
        "  date = {2020},\n}\n"
    )
    assert run("PMID:32160763", "--to", "s#full") == 0
    assert "  journaltitle = {AIDS research and human retroviruses},\n" in text(project, "refs.bib")
    assert "  date = {2020},\n  doi = {10.1089/AID.2020.0058},\n" in text(project, "refs.bib")
    assert main(["check", "docs"]) == 0


def test_a_former_key_is_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "docs/refs.bib"
    path.write_text(path.read_text().replace("  year = {2021},", "  year = {2021},\n  ids = {oldkey},"))
    survey = project / "docs/surveys/s.yaml"
    survey.write_text(survey.read_text().replace("cite: abel2020first", "cite: oldkey"))
    assert run("1605.08386", "--to", "s#empty") == 0
    assert "1605.08386 is 'first' (First) at docs/surveys/s.yaml:7" in capsys.readouterr().err


def test_a_group_that_is_not_there_is_told_before_anybody_is_asked(
    project: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("N19-1423", "--to", "s#ful") == 1
    assert "there is no survey or group 's#ful'; did you mean 's#full'?" in capsys.readouterr().err
    assert services.asked == []


def test_offline_takes_what_was_said_before(
    project: Path, services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("N19-1423", "--to", "s#full", "--dry-run") == 0
    asked = list(services.asked)
    assert run("N19-1423", "--to", "s#full", "--offline") == 0
    monkeypatch.setenv("PAPER_TABLE_OFFLINE", "1")
    assert run("PMID:32160763", "--to", "s#full") == 1
    assert "PubMed: the network is switched off, and no answer has been kept" in capsys.readouterr().err
    assert services.asked == asked


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_it_shows_what_it_would_do(project: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    before = contents(project)
    assert run("N19-1423", "--to", "s#full", option) == 0
    assert without(project) == before
    out = capsys.readouterr().out
    assert ("would change docs/refs.bib" if option == "--dry-run" else "\n+@inproceedings{devlin2019bert,\n") in out
    assert not any(line.startswith("-") and not line.startswith("---") for line in out.splitlines())


def test_hostile_titles_stay_text(project: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    title = '{{ x }} <script>alert(1)</script>: a "b" # c\x00\u202e \\input{x} `code` {paper}`first` %'
    answer = json.dumps(
        {"message": {"title": [title], "issued": {"date-parts": [[2020]]}, "author": [{"family": "A\x1b"}]}}
    )
    services.answer("crossref/works/10.1000/1", Reply(answer.encode(), "application/json"))
    assert run("10.1000/1", "--to", "s#full") == 0, capsys.readouterr().err
    assert main(["check", "docs"]) == 0
    bib = text(project, "refs.bib")
    assert "\\input{" not in bib
    assert "\\textbackslash{}input\\textbraceleft{}x" in bib
    assert "\u202e" not in bib + text(project, "surveys/s.yaml")


def test_files_of_other_people_keep_their_layout(project: Path) -> None:
    """Line ends of Windows, records in brackets, an entry that others name in crossref, and a list without indent."""
    (project / "docs/names.txt").unlink()
    before = write_project(project)
    assert run("N19-1423", "--to", "t#g", "--before", "last") == 0
    today = text(project, "surveys/t.yaml").partition("added: ")[2][:10]
    new = record("  ", today=today).replace("\n", "\r\n")
    entry = ENTRY.rstrip("\n") + "\n\n"
    after = without(project, new, entry)
    assert after == {**before, **{name: data for name, data in after.items() if name not in before}}
    refs = (project / "refs.bib").read_text("utf-8")
    assert refs.index("@inproceedings{he2020") < refs.index("devlin2019bert") < refs.index("@misc{lee-2021")


def test_a_record_in_brackets_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "docs/surveys/s.yaml"
    path.write_text("survey: s\ntitle: S\ngroups:\n  - {id: g, title: G, papers: [{id: a, name: A}]}\n")
    assert run("N19-1423", "--to", "s#g") == 1
    assert "docs/surveys/s.yaml:4:" in capsys.readouterr().err


def test_a_project_without_bibliography_is_told_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/refs.bib").unlink()
    (project / "docs/surveys/s.yaml").write_text("survey: s\ntitle: S\n")
    assert run("N19-1423", "--to", "s") == 1
    assert "there is no bibliography; name one in bibtex_bibfiles" in capsys.readouterr().err


def test_an_empty_bibliography_gets_its_first_entry(project: Path) -> None:
    (project / "docs/refs.bib").write_text("")
    (project / "docs/names.txt").unlink()
    (project / "docs/surveys/s.yaml").write_text("survey: s\ntitle: S\n")
    assert run("N19-1423", "--to", "s") == 0
    assert text(project, "refs.bib") == ENTRY[:-1]
    assert not (project / "docs/names.txt").exists()


def test_what_a_reference_needs_is_named(project: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(project)
    services.answer("crossref/works/10.1000/1", Reply(b'{"message": {"title": ["A title"]}}', "application/json"))
    assert run("10.1000/1", "--to", "s#full") == 1
    assert "10.1000/1: what is known of it has no author or editor and year" in capsys.readouterr().err
    assert without(project) == before


CVF = (
    "https://openaccess.thecvf.com/content_CVPR_2020/papers/He_Momentum_Contrast_for_Unsupervised_Visual_Representation"
)
KINDS = {
    "2005.14124": "chen2020active",
    "arXiv:2005.14124v2": "chen2020active",
    "https://arxiv.org/abs/2005.14124": "chen2020active",
    "https://arxiv.org/pdf/2005.14124v1.pdf": "chen2020active",
    "https://huggingface.co/papers/2005.14124": "chen2020active",
    "10.48550/arXiv.2005.14124": "chen2020active",
    "astro-ph/0601001": "gould2006frequency",
    "10.1371/journal.pone.0033693": "sadasivan2012methylphenidate",
    "doi:10.1371/journal.pone.0033693": "sadasivan2012methylphenidate",
    "https://doi.org/10.1371/journal.pone.0033693": "sadasivan2012methylphenidate",
    "https://dl.acm.org/doi/10.1145/3395363.3397376": "chen2020active",
    "10.5438/4k3m-nyvg": "fenner2016eating",
    "N19-1423": "devlin2019bert",
    "https://aclanthology.org/N19-1423.pdf": "devlin2019bert",
    "10.18653/v1/N19-1423": "devlin2019bert",
    "https://openreview.net/forum?id=YicbFdNTTy": "dosovitskiy2021image",
    "https://openreview.net/pdf?id=YicbFdNTTy": "dosovitskiy2021image",
    "https://dblp.org/rec/journals/pvldb/Ley09.html": "ley2009dblp",
    "DBLP:journals/pvldb/Ley09": "ley2009dblp",
    "https://pubmed.ncbi.nlm.nih.gov/32160763/": "brown2020london",
    "PMID:32160763": "brown2020london",
    "https://inspirehep.net/literature/451647": "maldacena1998large",
    f"{CVF}_Learning_CVPR_2020_paper.pdf": "he2020momentum",
    "https://proceedings.mlr.press/v267/gu25b.html": "gu2025auditing",
    "https://proceedings.neurips.cc/paper/2020/file/4c5bcfec8584af0d967f1ab10179ca4b-Paper.pdf": "ho2020denoising",
}


def test_identifiers_of_every_kind_add_lines_only(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given, key in KINDS.items():
        assert run(given, "--to", "s#full", "--diff") == 0, capsys.readouterr().err
        captured = capsys.readouterr()
        assert captured.err == ""
        lines = captured.out.splitlines()
        files = {line.partition("/")[2] for line in lines if line.startswith("+++")}
        assert files == {"docs/names.txt", "docs/refs.bib", "docs/surveys/s.yaml"}
        assert [line for line in lines if line.startswith("-") and not line.startswith("---")] == []
        added = [line[1:] for line in lines if line.startswith("+") and not line.startswith("+++")]
        assert sum(line.startswith("@") and line.endswith(f"{{{key},") for line in added) == 1
        assert f"        cite: {key}" in added
        assert f"key\t{key}" in added
        assert sum(line.startswith("method\t") for line in added) == 1
        assert [line for line in added if line and not line.startswith(("key\t", "method\t", "@", "  ", "}"))] == []


GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "add.md"


def test_the_guide_is_true(
    project: Path, services: Services, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the page is run, one after the other, and what the page shows is what is written."""
    write_project(
        project,
        {
            "docs/refs.bib": "",
            "docs/names.txt": "",
            "docs/surveys/s.yaml": "survey: language\ntitle: L\ngroups:\n  - id: pre-training\n    title: P\n"
            "  - id: others\n    title: O\n",
            "docs/surveys/words.yaml": "vocabulary: words\ntags:\n  transformer: {name: Transformer}\n",
            "docs/index.md": "# L\n\n```{paper-table} language\n```\n",
            "docs/paper.bib": "@misc{a, author = {Ann Moss}, title = {On moss}, year = {2020}}\n",
        },
    )
    monkeypatch.chdir(project / "docs")
    page = GUIDE.read_text("utf-8")
    commands = [line.removeprefix("$ ") for line in page.splitlines() if line.startswith("$ ")]
    assert len(commands) == 7
    for command in commands:
        words, _redirected, name = command.partition(" < ")
        monkeypatch.setattr("sys.stdin", io.StringIO((project / "docs" / name).read_text() if name else ""))
        assert main(words.split()[1:]) == 0, capsys.readouterr().err
    bib, yaml = (page.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("bibtex", "yaml"))
    assert bib in text(project, "refs.bib")
    today = text(project, "surveys/s.yaml").partition("added: ")[2][:10]
    assert textwrap.indent(yaml.replace("2026-11-26", today), "      ") in text(project, "surveys/s.yaml")
    assert main(["check"]) == 0
    named = [cell.strip("`") for line in page.splitlines() if line.startswith("| ") for cell in _codes(line)]
    assert len(named) == 11
    assert [name for name in named if name != "-" and identify(name) is None] == []


def _codes(row: str) -> list[str]:
    """Return the examples in a row of the table of identifiers."""
    return [part for part in row.split("|")[2].split(", ") for part in [part.strip()] if part.startswith("`")]
