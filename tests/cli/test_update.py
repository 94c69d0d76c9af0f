"""`update` learns what became of papers and code, shows it, and writes publishers' fields and a dated file only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.support.projects import contents, write_project
from tests.support.services import Reply

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.services import Services

BIB = """\
@misc{chen2020active,
  author = {Chen, Yuqi and Xuan, Bohan and Poskitt, Christopher M. and Sun, Jun and Zhang, Fan},
  title = {{Active} Fuzzing for Testing and Securing Cyber-Physical Systems},
  year = {2020},
  venue = {arXiv},
  eprint = {2005.14124},
  archiveprefix = {arXiv},
}

% a comment
@article{sadasivan2012methyl,
  author = {Sadasivan, Shankar},
  title = {Methylphenidate Exposure},
  journal = {PLoS ONE},
  year = {2012},
  doi = {10.1371/journal.pone.0033693},
}

@misc{paczynski2006,
  author = {Paczynski, Bohdan},
  title = {Astronomy},
  year = {2006},
  eprint = {astro-ph/0601001},
  archiveprefix = {arXiv},
}

@misc{lo2020s2orc,
  author = {Lo, Kyle},
  title = {{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding},
  year = {2018},
  eprint = {1605.08386},
  archiveprefix = {arXiv},
}
"""
SURVEY = """\
survey: s
title: S
papers:
  - id: fuzzing   # mine
    name: Fuzzing
    cite: chen2020active
    summary: My words.
    links: {code: "https://github.com/old-owner/fuzz.git"}
  - id: drug
    name: Drug
    cite: sadasivan2012methyl
  - id: stars
    name: Stars
    cite: paczynski2006
  - id: bert
    name: BERT
    cite: lo2020s2orc
    links:
      code: https://github.com/gone/away
"""
FILES = {
    "docs/conf.py": 'extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["refs.bib"]\n',
    "docs/refs.bib": BIB,
    "docs/surveys/s.yaml": SURVEY,
    "docs/index.md": "# S\n\n```{paper-table} s\n```\n",
}
PUBLISHED = """\
@inproceedings{chen2020active,
  author = {Chen, Yuqi and Xuan, Bohan and Poskitt, Christopher M. and Sun, Jun and Zhang, Fan},
  title = {{Active} Fuzzing for Testing and Securing Cyber-Physical Systems},
  year = {2020},
  eprint = {2005.14124},
  archiveprefix = {arXiv},
  booktitle = {Proceedings of the 29th ACM SIGSOFT International Symposium on Software Testing and Analysis},
  pages = {14--26},
  doi = {10.1145/3395363.3397376},
}
"""
S2 = "semantic-scholar/graph/v1/paper/arXiv:"
HTML = "text/html; charset=utf-8"


def names(**external: object) -> Reply:
    """Return an answer in the form of https://api.semanticscholar.org/api-docs/graph."""
    body = {"paperId": "649def34f8be52c8b66281af98ae884c09aef38b", "externalIds": external}
    return Reply(json.dumps(body).encode(), "application/json")


@pytest.fixture
def project(replayed: Path, services: Services) -> Path:
    """Return the folder of a small project; it is the current one, and services are replayed."""
    write_project(replayed, FILES)
    path = "crossref/works/10.1371/journal.pone.0033693"
    (answer,) = services.replies[path]
    services.answer(path, Reply(answer.body.replace(b'"type": "correction"', b'"type": "retraction"'), answer.type))
    moved = Reply(b"", HTML, 301, {"Location": f"{services.base}/github/new-owner/fuzzer"})
    services.answer("github/old-owner/fuzz", moved)
    services.answer("github/new-owner/fuzzer", Reply(b"<!doctype html>", HTML))
    services.answer(f"{S2}astro-ph/0601001?fields=externalIds", names(ArXiv="astro-ph/0601001", CorpusId=1))
    acl = names(ArXiv="1810.04805", ACL="N19-1423", DBLP="journals/corr/abs-1810-04805", CorpusId=52967399)
    services.answer(f"{S2}1605.08386?fields=externalIds", acl)
    return replayed


def run(*arguments: str) -> int:
    return main(["update", *arguments, "--source", "docs"])


def learnt(project: Path) -> Mapping[str, object]:
    found: Mapping[str, object] = yaml.load((project / "docs" / "updates.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only)
    return found


def files(project: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(project).items() if not name.startswith("cache")}


def test_it_shows_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert run() == 0
    said = capsys.readouterr().out
    for line in (
        "chen2020active: published, Proceedings of the 29th ACM SIGSOFT",
        "sadasivan2012methyl: retracted, says https://doi.org/10.1371/journal.pone.0033693",
        "paczynski2006: published, ActaAstron.56:1-50,2006",
        "lo2020s2orc: published, NAACL 2019",
        "https://github.com/old-owner/fuzz.git: moved to https://github.com/new-owner/fuzzer",
        "https://github.com/gone/away: there is nothing any more",
        "-@misc{chen2020active,",
        "+  doi = {10.1145/3395363.3397376},",
        '+    links: {code: "https://github.com/new-owner/fuzzer"}',
        "+++ b/docs/updates.yaml",
    ):
        assert line in said, said
    assert files(project) == before


def test_it_writes_the_publishers_fields_and_nothing_else(project: Path) -> None:
    assert run("--write", "fuzzing") == 0
    after = {name: data.decode() for name, data in files(project).items()}
    first = BIB.partition("\n\n")[0] + "\n"
    assert after["docs/refs.bib"] == BIB.replace(first, PUBLISHED)
    assert after["docs/surveys/s.yaml"] == SURVEY.replace("old-owner/fuzz.git", "new-owner/fuzzer")
    assert after["docs/index.md"] == FILES["docs/index.md"]
    assert run("--write", "fuzzing") == 0
    assert {name: data.decode() for name, data in files(project).items()} == after, "a second run has nothing to do"


def test_what_was_learnt_is_kept_with_its_day_and_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--record") == 0
    assert (project / "docs" / "refs.bib").read_text("utf-8") == BIB
    found = learnt(project)
    references = found["references"]
    assert isinstance(references, dict)
    assert list(references) == ["chen2020active", "lo2020s2orc", "paczynski2006", "sadasivan2012methyl"]
    assert references["sadasivan2012methyl"]["status"] == "retracted"
    assert references["chen2020active"]["published"]["doi"] == "10.1145/3395363.3397376"
    assert found["links"]["https://github.com/old-owner/fuzz.git"]["to"] == "https://github.com/new-owner/fuzzer"  # type: ignore[index]
    path = project / "docs" / "updates.yaml"
    old = path.read_text("utf-8").replace(str(found["updates"]), "2020-01-01")
    path.write_text(old, "utf-8")
    assert run("--record") == 0
    assert path.read_text("utf-8") == old, "nothing is new, so that nothing is written"
    capsys.readouterr()
    assert main(["check", "docs"]) == 0
    said = capsys.readouterr().out
    for line in (
        "advice: 'drug' was retracted (see https://doi.org/10.1371/journal.pone.0033693); write 'status: retracted'",
        "the preprint 'paczynski2006' has been published: ActaAstron.56:1-50,2006",
        "'https://github.com/old-owner/fuzz.git' has moved to https://github.com/new-owner/fuzzer",
        "there is nothing at 'https://github.com/gone/away' any more",
    ):
        assert line in said, said


def test_a_failing_service_is_named_and_costs_what_it_knows(
    project: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    services.answer("crossref/works/10.1371/journal.pone.0033693", Reply(b"<html>", HTML))
    services.answer(f"{S2}1605.08386?fields=externalIds", Reply(b"[]", "application/json"))
    services.answer("github/gone/away", Reply(b"", HTML, 301, {"Location": "https://evil.example/x/y"}))
    assert run("--write") == 1
    said = capsys.readouterr().err
    assert "Crossref: it answers with 'text/html' instead of" in said
    assert "Semantic Scholar: its answer is no JSON" in said
    assert "GitHub: it sends us to https://evil.example/x/y, which is none of its own addresses" in said
    assert "doi = {10.1145/3395363.3397376}" in (project / "docs" / "refs.bib").read_text("utf-8")
    assert list(learnt(project)["references"]) == ["paczynski2006"]  # type: ignore[call-overload]


def test_who_is_offline_learns_nothing_and_loses_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert run("--write", "--offline") == 1
    assert "arXiv: the network is switched off, and no answer has been kept" in capsys.readouterr().err
    assert files(project) == before


def test_a_withdrawn_preprint_is_no_publication(project: Path, services: Services) -> None:
    path = "arxiv/api/query?id_list=2005.14124&max_results=1"
    (answer,) = services.replies[path]
    comment = b"This paper has been withdrawn by the authors due to an error in Lemma 2"
    start, end = answer.body.index(b"<arxiv:comment>") + 15, answer.body.index(b"</arxiv:comment>")
    services.answer(path, Reply(answer.body[:start] + comment + answer.body[end:], answer.type))
    assert run("--write", "fuzzing") == 0
    assert (project / "docs" / "refs.bib").read_text("utf-8") == BIB
    references = learnt(project)["references"]
    assert references["chen2020active"]["status"] == "withdrawn"  # type: ignore[index]
    assert references["chen2020active"]["source"] == "https://arxiv.org/abs/2005.14124"  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{Active} Fuzzing for Testing and Securing Cyber-Physical Systems", "Another Work", "has another title"),
        ("% a comment\n", "@misc{twin, title = {T}, author = {A}, doi = {10.1145/3395363.3397376}}\n", "as 'twin'"),
    ],
)
def test_what_may_be_another_work_is_not_written(
    old: str, new: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bib = BIB.replace(old, new)
    (project / "docs" / "refs.bib").write_text(bib, "utf-8")
    assert run("--write", "fuzzing") == 0
    assert said in capsys.readouterr().out
    assert (project / "docs" / "refs.bib").read_text("utf-8") == bib


def test_script_in_an_answer_is_text(project: Path, services: Services) -> None:
    path = "crossref/works/10.1145/3395363.3397376"
    (answer,) = services.replies[path]
    services.answer(
        path,
        Reply(answer.body.replace(b"Proceedings of the 29th", b"<script>x()</script> $e$ \\\\input{a}"), answer.type),
    )
    run("--write", "fuzzing")
    assert "\\input{" not in (project / "docs" / "refs.bib").read_text("utf-8")
    (project / "docs" / "refs.bib").write_text(BIB, "utf-8")
    assert run("--record", "fuzzing") == 0
    assert set("<>\\{$").isdisjoint((project / "docs" / "updates.yaml").read_text("utf-8"))
    assert main(["check", "docs"]) == 0


def test_names_are_checked_before_anybody_is_asked(
    project: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("fuzzin") == 1
    assert "there is no paper 'fuzzin'; did you mean 'fuzzing'?" in capsys.readouterr().err
    assert services.asked == []
    assert files(project) == {name: text.encode() for name, text in FILES.items()}


@pytest.mark.parametrize(("where", "name"), [("github", ".github/workflows"), ("gitlab", ".gitlab")])
def test_a_workflow_is_written_once(where: str, name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--workflow", where) == 1
    assert "is in no Git repository" in capsys.readouterr().err
    (project / ".git").mkdir()
    (project / "docs" / "requirements.txt").write_text("sphinx-paper-table\n", "utf-8")
    assert run("--workflow", where) == 0
    path = project / name / "paper-table-update.yml"
    text = path.read_text("utf-8")
    assert "paper-table update --source docs --write" in text
    assert "pip install -r docs/requirements.txt" in text
    assert "%%" not in text
    assert isinstance(yaml.safe_load(text), dict)
    assert run("--workflow", where) == 1
    assert "is there already" in capsys.readouterr().err
    assert path.read_text("utf-8") == text
