"""`paper-table stats` counts what is there and misses what should be; `paper-table translations` names every gap."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from tests.support.texts import BIB, SURVEY, VOCABULARY

from sphinx_paper_table.cli import main
from sphinx_paper_table.reading.translations import compare
from sphinx_paper_table.survey.located import Position

PAGE = """\
# The survey

Seven words of prose, with {cite:t}`old2018,new2020`.

$$
not = words
$$

```{paper-table} s
:layout: tabs
```
"""
POT = """\
#: ../../s.md:3
msgid "Seven words"
msgstr ""
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the source directory of a project, relative to the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "surveys").mkdir(parents=True)
    files = {
        "docs/surveys/s.yaml": SURVEY,
        "docs/surveys/words.yaml": VOCABULARY,
        "refs.bib": BIB,
        "docs/surveys/s.md": PAGE,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return Path("docs")


def translate(source: Path, domain: str, text: str, language: str = "zh_CN") -> Path:
    path = source / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n' + textwrap.dedent(text), "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[str]]:
    code = main(list(arguments))
    shown = capsys.readouterr()
    return code, shown.out.splitlines(), shown.err.splitlines()


def messages(texts: dict[str, str]) -> str:
    return "".join(
        f"msgid {json.dumps(key, ensure_ascii=False)}\nmsgstr {json.dumps(value, ensure_ascii=False)}\n\n"
        for key, value in texts.items()
    )


def test_a_citation_in_code_is_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "surveys" / "s.md").write_text("Write ``{cite}`unused2021` `` to cite.\n", "utf-8")
    (project.parent / "refs.bib").write_text(f"{BIB}@misc{{unused2021, title={{U}}, author={{A, B}}, year=2021}}\n")
    _code, with_code, _errors = run(capsys, "stats", str(project))
    (project / "surveys" / "s.md").write_text("Write, to cite, {cite}`unused2021`.\n", "utf-8")
    _code, with_role, _errors = run(capsys, "stats", str(project))
    citations = [int(lines[1].split()[4]) for lines in (with_code, with_role)]
    assert citations[1] == citations[0] + 1


SURVEY_TEXTS = (
    *("Survey", "First", "2018 – 2019", "About the first.", "Old", "The *old* one.", "One point.", "Inner", "third"),
    *("New", "See {paper}`old`.", "it grew", "Second", "Here again."),
)


def test_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words are those of the records and of the page beside them, without code, directives and formulas."""
    code, out, err = run(capsys, "stats", str(project))
    assert (code, err) == (0, [])
    assert out == [
        "survey  methods  relations  results  citations  words  to do",
        "s             3          2        1          3     32      7",
        "all           3          2        1          3     32      7",
    ]


def test_the_translated_share_is_that_of_the_present_texts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that has changed, or whose translation is marked as fuzzy, counts as not translated."""
    done = dict.fromkeys(SURVEY_TEXTS, "译")
    translate(project, "records/surveys/s", messages(done))
    assert [line.split()[-1] for line in run(capsys, "stats", str(project))[1][:2]] == ["zh_CN", "100%"]
    translate(project, "records/surveys/s", messages({**done, "it grew": ""}))
    assert run(capsys, "stats", str(project))[1][1].split()[-1] == "92.8%"
    fuzzy = messages({**done, "it grew": ""}).replace('msgid "First"', '#, fuzzy\nmsgid "First"')
    translate(project, "records/surveys/s", fuzzy)
    assert run(capsys, "stats", str(project))[1][1].split()[-1] == "85.7%"
    translate(project, "records/surveys/s", messages({**done, "it grew": ""}))
    survey = project / "surveys" / "s.yaml"
    survey.write_text(survey.read_text("utf-8").replace("About the first.", "About it."), "utf-8")
    assert run(capsys, "stats", str(project))[1][1].split()[-1] == "85.7%"


def test_missing_methods_are_named_with_their_place(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A paper that is only referred to counts; one of another group does not."""
    wanted = Path("methods.json")
    wanted.write_text('{\n  "s": ["old", "new"],\n  "s#second": ["old"]\n}\n', "utf-8")
    assert run(capsys, "stats", str(project), "--methods", str(wanted))[0] == 0
    wanted.write_text('{\n  "s": ["old", "newer"],\n  "s#second": [\n    "third"],\n  "t": ["old"]\n}\n', "utf-8")
    code, _out, err = run(capsys, "stats", str(project), "--methods", str(wanted))
    assert code == 1
    assert err == [
        "methods.json:2:17: 's' lacks 'newer'; known are 'new', 'old', 'third' [dangling]",
        "methods.json:4:6: 's#second' lacks 'third'; known are 'old' [dangling]",
        "methods.json:5:8: there is no survey or group 't'; known are 's' [dangling]",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "methods.json: there is no such file; there are "),
        ("[a, b]", "methods.json:1:1: a mapping is expected here; write SURVEY: [ID, …] [wrong-type]"),
    ],
)
def test_a_list_of_methods_that_is_none(
    text: str | None, expected: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        Path("methods.json").write_text(text, "utf-8")
    code, _out, err = run(capsys, "stats", str(project), "--methods", "methods.json")
    assert code == 1
    assert err[0].startswith(expected)


def test_every_gap_is_named_where_it_is_mended(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text without a message at its source, everything else in the translation; nothing else is reported."""
    done = dict.fromkeys(SURVEY_TEXTS, "译")
    del done["it grew"]
    done["One point."] = ""
    path = translate(project, "records/surveys/s", messages(done) + '#, fuzzy\nmsgid "gone"\nmsgstr "x"\n')
    path.write_text(path.read_text("utf-8").replace('msgid "First"', '#, fuzzy\nmsgid "First"'), "utf-8")
    line = {text: number for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1)}
    why = next(n for n, text in enumerate(SURVEY.splitlines(), start=1) if "why: it grew" in text)
    column = SURVEY.splitlines()[why - 1].index("it grew") + 1
    translate(project, "records/surveys/words", messages(dict.fromkeys(vocabulary_texts(project), "译")))
    code, out, err = run(capsys, "translations", str(project))
    assert code == 1
    assert out[0].startswith("zh_CN: ")
    fuzzy, empty, gone = (line[f'msgid "{text}"'] for text in ("First", "One point.", "gone"))
    assert err == [
        f"{path}:{fuzzy}: 'First' is marked as fuzzy; look at it and take the mark away",
        f"{path}:{empty}: 'One point.' is not translated",
        f"{path}:{gone}: 'gone' is in no source any more; remove it",
        f"docs/surveys/s.yaml:{why}:{column}: 'it grew' is not in {path}; bring that file up to date",
    ]


def vocabulary_texts(source: Path) -> list[str]:
    from sphinx_paper_table.reading.loader import load  # noqa: PLC0415 (only here)
    from sphinx_paper_table.reading.translations import domains_of  # noqa: PLC0415

    surveys = {str(path): path for path in (source / "surveys").glob("*.yaml")}
    return list(domains_of([load(surveys, {}).catalogue.vocabulary], source)["records/surveys/words"])


def test_all_is_well(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in terms belong to the extension, so the project need not translate them."""
    terms = vocabulary_texts(project)
    assert "extends" not in terms
    translate(project, "records/surveys/s", messages(dict.fromkeys(SURVEY_TEXTS, "译")))
    translate(project, "records/surveys/words", messages(dict.fromkeys(terms, "译")))
    count = len(SURVEY_TEXTS) + len(terms)
    assert run(capsys, "translations", str(project)) == (0, [f"zh_CN: {count} of {count} texts are translated"], [])
    monkeypatch.chdir(project)
    assert run(capsys, "translations", ".") == (0, [f"zh_CN: {count} of {count} texts are translated"], [])


def test_templates_bring_in_the_pages(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages without translation and translations without page are found; the theme's labels are not ours."""
    translate(project, "records/surveys/s", messages(dict.fromkeys(SURVEY_TEXTS, "译")))
    translate(project, "records/surveys/words", messages(dict.fromkeys(vocabulary_texts(project), "译")))
    translate(project, "sphinx", messages({"Search": "搜索"}))
    translate(project, "former", messages({"a": "b"}))
    templates = project / "_build" / "gettext"
    (templates / "surveys").mkdir(parents=True)
    (templates / "surveys" / "s.pot").write_text(POT, "utf-8")
    assert run(capsys, "translations", str(project))[0] == 0
    code, _out, err = run(capsys, "translations", str(project), "--templates", str(templates))
    assert code == 1
    assert err == [
        "docs/locale/zh_CN/LC_MESSAGES/former.po:1: nothing uses this file; remove it, or rename it like its source",
        "docs/s.md:3: 'Seven words' is not in docs/locale/zh_CN/LC_MESSAGES/surveys/s.po; bring that file up to date",
    ]
    table = run(capsys, "stats", str(project), "--templates", str(templates))[1]
    assert table[1].split()[-1] == "93.3%"
    translate(project, "surveys/s", messages({"Seven words": "七个词"}))
    (templates / "sphinx.pot").write_text(POT, "utf-8")
    (gap,) = run(capsys, "translations", str(project), "--templates", str(templates))[2][1:]
    assert gap.endswith("'Seven words' is not in docs/locale/zh_CN/LC_MESSAGES/sphinx.po; bring that file up to date")
    (templates / "sphinx.pot").unlink()
    assert run(capsys, "stats", str(project), "--templates", str(templates))[1][1].split()[-1] == "100%"


def test_languages_can_be_chosen(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate(project, "records/surveys/s", "", "de")
    translate(project, "records/surveys/s", "", "zh_CN")
    assert [line.split(":")[0] for line in run(capsys, "translations", str(project))[1]] == ["de", "zh_CN"]
    found = run(capsys, "translations", str(project), "--language", "de")
    assert [line.split(":")[0] for line in found[1]] == ["de"]
    assert all("/de/" in line for line in found[2])


def test_without_surveys_there_is_nothing_to_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("stats", "translations"):
        message = f"{tmp_path}: no survey matches surveys/**/*.yaml [empty]"
        assert run(capsys, command, str(tmp_path)) == (1, [], [message])


@pytest.mark.parametrize("damage", ['msgstr[x]""\n', 'msgid ""\nmsgstr "Content-Type: x; charset=none\\n"\n'])
def test_a_catalogue_that_cannot_be_read_is_a_gap(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "zh_CN/LC_MESSAGES/x.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'{damage}\nmsgid "S"\nmsgstr "题目"\n', "utf-8")
    found = compare({"x": {"S": Position("s.yaml", 2, 8)}}, tmp_path, "zh_CN")
    assert any(f"{path}" in str(gap) and "cannot be read" in str(gap) for gap in found.gaps)
