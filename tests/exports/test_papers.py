"""papers.json and its schema, and the command that writes all exports."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter
from tests.support.texts import BIB, SURVEY, VOCABULARY, edited, load_files, load_good

from sphinx_paper_table.cli import main
from sphinx_paper_table.exports import records
from sphinx_paper_table.exports.files import export_files, former_files
from sphinx_paper_table.exports.json_schema import NAMES, schema_text
from sphinx_paper_table.exports.papers import papers_file, papers_json
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.survey.texts import texts

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "ext" / "sphinx_paper_table" / "schema"
SITE = Site(
    "en",
    "https://surveys.example/en/",
    {
        ("survey", "s"): ("s.html", "survey-s"),
        ("group", "s#first"): ("s.html", "group-s-first"),
        ("paper", "new"): ("s.html", "paper-new"),
        ("reference", "new2020"): ("references/", "cite-new2020"),
    },
)


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(schema_text("papers.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def exported(survey: str = SURVEY, site: Site = SITE) -> Any:
    data = json.loads("".join(papers_json(load_good(survey).catalogue, site)))
    validator().validate(data)
    return data


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schemas_are_those_of_the_records(name: str) -> None:
    """Renew them with ``paper-table schema ext/sphinx_paper_table/schema``."""
    assert (SCHEMAS / name).read_text("utf-8") == schema_text(name)


def test_no_other_schema_is_committed() -> None:
    assert sorted(path.name for path in SCHEMAS.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("file", [papers_file(load_good().catalogue, SITE), papers_file(load_good().catalogue, Site())])
def test_the_text_is_that_of_pydantic(file: records.PapersFile) -> None:
    written = TypeAdapter(records.PapersFile).dump_json(file, indent=1, exclude_none=True).decode()
    assert records.json_text(file) == f"{written}\n"


@pytest.mark.parametrize("site", [SITE, Site()])
def test_a_text_that_is_made_in_parts_is_that_of_the_whole(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_paper_table.exports.papers._AT_ONCE", 2)
    surveys: dict[str, str | bytes] = {
        "s.yaml": SURVEY,
        "v.yaml": VOCABULARY,
        "z.yaml": "survey: z\ntitle: Without papers\n",
    }
    for loaded in (load_files(surveys, {"refs.bib": BIB}), load_files({"v.yaml": VOCABULARY}), load_files({})):
        whole = records.json_text(papers_file(loaded.catalogue, site))
        assert "".join(papers_json(loaded.catalogue, site)) == whole


def test_the_file_says_what_it_is() -> None:
    data = exported()
    assert {key: data[key] for key in ("version", "generator", "language", "url")} == {
        "version": 1,
        "generator": f"sphinx-paper-table {version('sphinx-paper-table')}",
        "language": "en",
        "url": "https://surveys.example/en/",
    }
    assert list(data) == [field.name for field in dataclasses.fields(records.PapersFile)]


def test_surveys_and_groups() -> None:
    data = exported()
    assert data["surveys"] == {
        "s": {
            "title": "Survey",
            "aliases": [],
            "videos": [],
            "papers": [],
            "groups": ["s#first", "s#second"],
            "bibtex": "surveys/s.bib",
            "location": {
                "page": "s.html",
                "anchor": "survey-s",
                "url": "https://surveys.example/en/s.html#survey-s",
            },
        }
    }
    assert list(data["groups"]) == ["s#first", "s#inner", "s#second"]
    assert data["groups"]["s#first"] == {
        "survey": "s",
        "id": "first",
        "title": "First",
        "aliases": [],
        "period": "2018 – 2019",
        "summary": "About the first.",
        "papers": [{"paper": "old", "home": True}, {"paper": "new", "home": True}],
        "groups": ["s#inner"],
        "location": {
            "page": "s.html",
            "anchor": "group-s-first",
            "url": "https://surveys.example/en/s.html#group-s-first",
        },
    }
    assert data["groups"]["s#inner"]["parent"] == "s#first"
    assert data["groups"]["s#second"]["papers"] == [{"paper": "old", "home": False, "note": "Here again."}]


def test_a_paper() -> None:
    assert exported()["papers"]["new"] == {
        "name": "New",
        "aliases": ["former"],
        "survey": "s",
        "group": "s#first",
        "date": "2020-03",
        "cite": ["new2020"],
        "summary": "See {paper}`old`.",
        "points": [],
        "tags": ["blue", "red"],
        "links": {"arxiv": "https://arxiv.org/abs/2003.04297"},
        "videos": [],
        "relations": [
            {"type": "extends", "direction": "to", "label": "extends", "paper": "old", "why": "it grew"},
            {"type": "compares-with", "direction": "to", "label": "compared with", "paper": "third"},
        ],
        "results": [
            {
                "benchmark": "bench",
                "value": 41.0,
                "printed": "41.0",
                "source": "new2020",
                "where": "Table 1",
                "secondary": False,
            }
        ],
        "location": {
            "page": "s.html",
            "anchor": "paper-new",
            "url": "https://surveys.example/en/s.html#paper-new",
        },
    }


def test_relations_stand_at_both_papers() -> None:
    data = exported()
    assert data["papers"]["old"]["relations"] == [
        {"type": "extends", "direction": "from", "label": "extended by", "paper": "new", "why": "it grew"}
    ]
    opposite = {"to": "from", "from": "to"}
    found = {
        (relation["type"], relation["direction"], name, relation["paper"])
        for name, paper in data["papers"].items()
        for relation in paper["relations"]
    }
    assert found == {(kind, opposite[direction], other, name) for kind, direction, name, other in found}


def test_links_and_videos_of_a_paper() -> None:
    old = exported()["papers"]["old"]
    assert old["links"] == {"code": "https://example.org/old"}
    assert old["videos"] == [{"title": "Talk", "youtube": "https://example.org/talk"}]
    assert "location" not in old, "no page shows it"


def test_the_vocabulary_and_the_references() -> None:
    data = exported()
    assert data["tags"] == {
        "blue": {"name": "Blue", "aliases": [], "description": "The colour."},
        "red": {"name": "Red", "aliases": []},
    }
    assert data["benchmarks"]["bench"] == {
        "name": "Bench",
        "aliases": [],
        "dataset": "Data",
        "metric": "accuracy",
        "unit": "%",
        "direction": "higher",
        "encoders": "apart",
    }
    assert data["relation_types"]["extends"]["inverse"] == "extended by"
    assert data["references"]["new2020"] == {
        "type": "misc",
        "label": "New et al., 2020",
        "title": "The New",
        "authors": [
            {"given": "Ann", "family": "New"},
            {"given": "Bob", "family": "Newer"},
            {"given": "Carl", "family": "Newest"},
        ],
        "year": "2020",
        "date": "2020",
        "venue": "arXiv",
        "arxiv": "2003.04297",
        "location": {
            "page": "references/",
            "anchor": "cite-new2020",
            "url": "https://surveys.example/en/references/#cite-new2020",
        },
    }


def test_every_name_in_the_file_leads_somewhere() -> None:
    """In the real site: papers, groups, tags, benchmarks, relation types and keys."""
    surveys: dict[str, str | bytes] = {
        str(path.relative_to(ROOT)): path.read_bytes() for path in (ROOT / "docs" / "surveys").rglob("*.yaml")
    }
    loaded = load_files(surveys, {"refs.bib": (ROOT / "refs.bib").read_bytes()})
    text = "".join(papers_json(loaded.catalogue, Site()))
    data = json.loads(text)
    validator().validate(data)
    papers, groups, references = data["papers"], data["groups"], data["references"]
    for holder in (*data["surveys"].values(), *groups.values()):
        assert set(holder["groups"]) <= set(groups)
        assert {shown["paper"] for shown in holder["papers"]} <= set(papers)
    for paper in papers.values():
        assert paper["group"] in groups
        assert set(paper["tags"]) <= set(data["tags"])
        assert set(paper["cite"]) <= set(references)
        assert {result["benchmark"] for result in paper["results"]} <= set(data["benchmarks"])
        assert {relation["type"] for relation in paper["relations"]} <= set(data["relation_types"])
        assert {relation["paper"] for relation in paper["relations"]} <= set(papers)
    sentences = [str(said) for survey in loaded.catalogue.surveys.values() for said, _ in texts(survey)]
    assert len(sentences) > 100
    assert [said for said in sentences if json.dumps(said, ensure_ascii=False) not in text] == []
    assert '"location":' not in text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), 2),
        (("papers", "new", "date"), "yesterday"),
        (("papers", "new", "survey"), None),
        (("papers", "new", "relations", 0, "direction"), "both"),
        (("papers", "new", "results", 0, "value"), "41.0"),
        (("url",), "javascript:alert(1)"),
    ],
)
def test_the_schema_refuses_what_is_wrong(place: tuple[Any, ...], value: object) -> None:
    data = exported()
    *way, last = place
    holder = data
    for step in way:
        holder = holder[step]
    holder[last] = value
    (error,) = validator().iter_errors(data)
    assert tuple(error.absolute_path) == place


def test_the_schema_refuses_a_file_without_its_parts_and_admits_more() -> None:
    data = exported()
    data["papers"]["new"]["mood"] = data["tags"]["red"]["hue"] = "new in a later release"
    validator().validate(data)
    for key in ("version", "generator", "surveys", "groups", "papers", "references"):
        with pytest.raises(jsonschema.ValidationError, match=f"'{key}' is a required property"):
            validator().validate({name: value for name, value in data.items() if name != key})


def test_what_does_not_exist_is_left_out() -> None:
    data = exported(edited(SURVEY, "ref: old", "ref: nobody"))
    assert data["groups"]["s#second"]["papers"] == []


def test_a_reference_to_a_former_id_names_the_present_one() -> None:
    data = exported(edited(SURVEY, "ref: old", "ref: former"))
    assert data["groups"]["s#second"]["papers"][0]["paper"] == "new"


def files(survey: str = SURVEY) -> dict[str, str]:
    loaded = load_good(survey)
    return export_files(loaded.catalogue, loaded.entries, SITE)


def test_the_addresses() -> None:
    assert list(files(edited(SURVEY, "survey: s", "survey: s\naliases: [was, v1.0]"))) == [
        "papers.json",
        *("surveys/s.bib", "surveys/was.bib", "surveys/v1.0.bib"),
        *("results/bench.csv", "results/bench.json"),
        "refs.bib",
        "references.json",
        "references.ris",
        *("schema/survey.schema.json", "schema/vocabulary.schema.json", "schema/papers.schema.json"),
        "schema/results.schema.json",
    ]


def test_equal_inputs_give_equal_files() -> None:
    assert files() == files()


def test_an_earlier_file_tells_which_others_came_with_it() -> None:
    text = files(edited(SURVEY, "survey: s", "survey: s\naliases: [was, v1.0]"))["papers.json"]
    assert former_files(text) == {
        *("surveys/s.bib", "surveys/was.bib", "surveys/v1.0.bib"),
        *("results/bench.csv", "results/bench.json"),
    }


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "3", "{}", '{"surveys": []}', '{"surveys": {"a": 3}}', '{"surveys": {"a": {}}}'),
        *(
            '{"surveys": {"../../a": {"aliases": ["/etc/x", "a/b", 7, ".."]}}}',
            '{"surveys": {"a\\n": {"aliases": []}}}',
            '{"surveys": {}, "benchmarks": {"../a": {}, "": {}}}',
            '{"surveys": {}, "benchmarks": 7}',
        ),
    ],
)
def test_a_file_that_is_not_ours_names_nothing(text: str) -> None:
    """What is named is removed: nothing outside the place of these files ever is."""
    assert former_files(text) == set()


def project(place: Path, bib: str = BIB) -> Path:
    (place / "surveys").mkdir(parents=True)
    (place / "surveys" / "s.yaml").write_text(SURVEY, "utf-8")
    (place / "surveys" / "v.yaml").write_text(VOCABULARY, "utf-8")
    (place / "refs.bib").write_text(bib, "utf-8")
    return place


def written(place: Path) -> dict[str, str]:
    return {path.relative_to(place).as_posix(): path.read_text("utf-8") for path in place.rglob("*") if path.is_file()}


def test_the_command_writes_all_files(tmp_path: Path) -> None:
    source = project(tmp_path / "docs")
    assert main(["export", str(tmp_path / "out"), "--source", str(source)]) == 0
    found, loaded = written(tmp_path / "out"), load_good()
    assert found == export_files(loaded.catalogue, loaded.entries, Site())
    assert not {"language", "url"} & json.loads(found["papers.json"]).keys()


def test_the_command_writes_what_is_right_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = project(tmp_path / "docs", edited(BIB, "@article{third2019,", "@article{fourth2019,"))
    assert main(["export", str(tmp_path / "out"), "--source", str(source)]) == 1
    assert "no BibTeX file has the key 'third2019'" in capsys.readouterr().err
    assert "@article{fourth2019," in written(tmp_path / "out")["refs.bib"]


def test_the_command_needs_a_survey(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "out"), "--source", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: no survey matches surveys/**/*.yaml [empty]\n"
    assert not (tmp_path / "out").exists()


def test_the_command_writes_the_schemas(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path / "schema")]) == 0
    assert written(tmp_path / "schema") == {name: schema_text(name) for name in NAMES}
