"""`paper-table check` says what a build says: the same problems in the same order, with the settings of `conf.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.bad_input.project import Project

if TYPE_CHECKING:
    from pathlib import Path

OURS = 'project = "P"\nextensions = ["sphinx_paper_table"]\nhtml_theme = "basic"\nexclude_patterns = ["*.txt"]\n'
SURVEY = "survey: s\ntitle: S\npapers:\n  - id: one\n    name: One\n    cite: one2020\n    summary: A method.\n"
BIB = "@misc{one2020, title = {T}, author = {A, B}, year = 2020}\n"
PAGE = "# P\n\n```{paper-table} s\n```\n\n```{bibliography}\n```\n"
BASE = {"conf.py": OURS, "surveys/s.yaml": SURVEY, "refs.bib": BIB, "index.md": PAGE}
CASES: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "another-bib-lies-there": {"refs.bib": None, "library.bib": BIB},
    "the-bib-of-conf-is-missing": {"conf.py": f'{OURS}bibtex_bibfiles = ["lit.bib"]\n'},
    "surveys-elsewhere": {
        "conf.py": f'{OURS}paper_table_surveys = ["data/*.yaml"]\nbibtex_bibfiles = ["data/lit.bib"]\n',
        "surveys/s.yaml": "survey: ignored\ntitle: I\npapers: []\n",
        "data/s.yaml": SURVEY.replace("one2020", "two2020"),
        "data/lit.bib": BIB,
        "refs.bib": "@broken{",
    },
    "suppressed": {
        "conf.py": f'{OURS}suppress_warnings = ["paper_table.unknown-citation"]\n',
        "surveys/s.yaml": SURVEY.replace("one2020", "two2020") + "    sumary: x\n",
    },
    "ignored": {
        "conf.py": f'{OURS}citations_ignore = ["bibtex-duplicate:one2020"]\n',
        "refs.bib": BIB * 2 + BIB.replace("one2020", "two2020") * 2,
    },
    "other-endings": {
        "surveys/t.yml": SURVEY.replace("survey: s", "survey: t"),
        "index.md": f"{PAGE}\n{{paper:survey}}`t`\n",
    },
    "twice": {
        "index.md": PAGE.replace("paper-table} s", "paper-table} s\n:layout: list\n:layout: cards"),
        "surveys/s.yaml": f"{SURVEY}    tags: [a, b, a]\n    points: [Same., Same.]\n    aliases: [old, old]\n",
    },
    "no-survey": {"surveys/s.yaml": None, "index.md": "# P\n\n```{paper-table} s\n```\n"},
    "options": {"conf.py": f'{OURS}paper_table_layout = "grid"\npaper_table_survey = []\nbibtex_bibfile = []\n'},
    "styles": {
        "conf.py": f'{OURS}bibtex_default_style = "ieee"\nbibtex_tooltips_style = "plian"\n'
        'bibtex_reference_style = "author_yaer"\nbibtex_foot_reference_style = "footnote"\n'
        'bibtex_default_styel = "plain"\n',
    },
    "values-of-other-types": {
        "conf.py": f'{OURS}bibtex_bibfiles = "refs.bib"\nbibtex_default_style = 3\nbibtex_reference_style = None\n'
        'bibtex_encoding = 8\nbibtex_tooltips = "no"\nbibtex_bibliography_header = 3\nbibtex_cite_id = 3\n'
        'citations_cited_on = "no"\ncitations_bibtex = 3\ncitations_public_fields = "abstract"\n'
        'citations_compatible = "yes"\ncitations_ignore = "bibtex-field"\nfresh_enable = False\n',
    },
    "values-that-are-none": {
        "conf.py": f'{OURS}bibtex_bibfiles = [3]\nbibtex_default_style = ""\nbibtex_encoding = "utf9"\n'
        'bibtex_cite_id = "{kye}"\nbibtex_footcite_id = "{0}"\nbibtex_bibliography_id = "{"\n'
        'bibtex_footbibliography_id = "{x.y}"\ncitations_ignore = ["bibtex-feild", "DBLP:x"]\n'
        'suppress_warnings = ["paper_table.markpu"]\nhtml_static_path = []\n'
        'paper_table_pictures = "pictures"\n',
    },
    "allowed": {
        "conf.py": f'{OURS}paper_table_roles = ["index"]\npaper_table_math_commands = ["bm"]\n'
        'myst_enable_extensions = ["dollarmath"]\n',
        "surveys/s.yaml": SURVEY.replace("A method.", "'A {index}`x` and {index-2}`y` $\\bm{x}$ $\\href{x}$.'"),
    },
    "german": {
        "conf.py": f'{OURS}language = "de"\n',
        "surveys/s.yaml": SURVEY.replace(
            "A method.", "|\n      ```{Achtung}\n      x\n      ```\n      ```{einbinden} y\n      ```"
        ),
    },
    "language-by-another-name": {"conf.py": f'{OURS}language = "zh-cn"\n'},
    "names-between-commas": {
        "refs.bib": BIB.replace("A, B", "A. One, B. Two, C. Three").replace("one2020,", "one2020"),
        "index.md": PAGE.replace("} s", "} t"),
    },
    "two-pages": {
        "index.md": "# P\n\n```{toctree}\na\nb\n```\n```{bibliography}\n```\n",
        "a.md": "# A\n\n```{paper-table} s\n```\n",
        "b.rst": "B\n=\n\n.. paper-table:: s\n\n.. paper-table:: s\n   :no-index:\n\n"
        "See :paper:`two` and\n:paper:method:`one`.\n",
    },
    "survey-elsewhere": {"surveys/s.yaml": None, "s.yaml": SURVEY, "index.md": "# P\n\n```{paper-table} s\n```\n"},
    "wrong-names": {
        "index.md": "# P\n\n```{paper-table} s#g\n```\n\n```{paper-results} nq\n```\n\n```{paper-index} t\n```\n\n"
        "```{paper-lineage} s#g\n```\n"
    },
    "options-of-directives": {
        "index.md": f"{PAGE}\n```{{paper-index}}\n:by: yaer\n:sorted: name\n```\n\n"
        "```{paper-index} s\n:by: changed\n```\n\n```{paper-lineage} s\n:of: two\n:steps: 0\n:relations: usez\n```\n\n"
        "```{paper-lineage}\n:of: one\n:years: 1999\n```\n\n```{paper-results}\n:survey: t\n```\n\n"
        "```{paper-results}\n:least: many\n:sort: name\n```\n\n```{paper-compare} one two\n:a: b\n```\n\n"
        "```{paper-compare}\n```\n\n```{survey-cards} s t\n```\n\n```{survey-sources}\n```\n\n"
        "```{survey-sources} t\n:x:\n```\n\n```{Paper-Index} t\n```\n"
    },
    "figures": {
        "a/index.md": "# A\n\n```{paper-figure} good.svg\n:methods: one oen\n:cite: one2020 two2020\n:alt:\n\n"
        "See {paper}`won`.\n```\n\n```{paper-figure} /a/goood.svg\n:alt: A box.\n:alf: b\n```\n\n"
        "```{paper-figure}\n```\n\n"
        "```{paper-figure} ../../outside.svg\n:alt: A box.\n```\n\n```{paper-figure} bad.svg\n:alt: A box.\n```\n",
        "a/good.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect class="box" width="9"/></svg>',
        "a/bad.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/><rect></svg>',
        "index.md": f"{PAGE}\n```{{toctree}}\na/index\n```\n",
    },
    "directives-in-rst": {
        "index.md": None,
        "index.rst": "P\n=\n\n.. paper-table:: s\n   :sort: nmae\n\n.. paper-index:: t\n   :by: years\n\n"
        ".. paper-lineage:: s\n   :of: oone\n\n.. paper-figure:: x.svg\n   :methods: two\n\n   Of :paper:`two`.\n\n"
        ".. survey-cards:: s t\n\n.. bibliography::\n",
    },
    "citations-of-pages": {
        "index.md": f"{PAGE}\nOne\n{{cite}}`one2020` and\n{{cite:t}}`{{see}}two2020,oen2020`.\n\n- x\n  {{cite}}`,x`\n"
        "\n```{note}\n{footcite}`thr2020`\n\n| a | b |\n|---|---|\n| {cite}`four` | {paper}`x` |\n```\n\n{cite}`six`\n"
        "\n```{toctree}\na\n```\n\n```{footbibliography}\n```\n",
        "a.rst": "A\n=\n\nText\n:cite:`two2020`, :cite:t:`,one2020`, :footcite:`thr2020`.\n\n.. footbibliography::\n",
    },
    "no-bibliography": {"index.md": "# P\n\n{cite}`one2020`, {cite:t}`two2020`\n\n```{paper-table} s\n```\n"},
    "some-bibliography": {"index.md": f"{PAGE[:-4]}:filter: False\n```\n\n{{cite:t}}`two2020`\n"},
    "suppressed-citations": {
        "conf.py": f'{OURS}suppress_warnings = ["bibtex"]\n',
        "index.md": f"{PAGE}\n{{cite}}`two2020` {{cite}}`,`\n",
    },
    "nearly-ours": {
        "index.md": "# P\n\n```{papertable} s\n```\n\n{papr}`one` and {cite:q}`one2020`\n\n"
        ":::{note}\n```{biblography}\n```\n:::\n\n```{paper-table} s\n:tags: quick\n:ids: one oen\n```\n\n"
        "```{paper-index}\n:by: name\n\ntext\n```\n\n```{toctree}\na\n```\n",
        "a.rst": "A\n=\n\n.. papers-table:: s\n\nText\n:paperr:`x`.\n\n.. paper-table:: s\n   :layout: cards\n   stuff"
        "\n\n.. paper-index:: s\n   :by: name\n   :by: year\n\n.. paper-compare::\n\n   text\n",
    },
    "dead-on-pages": {
        "index.md": "# P\n\n```{paper-table}s\n```\n\nSee :paper:`one`, {cite}'one2020', \\citet{one2020}, `:paper:`."
        "\n\n```md\n:paper:`one` \\cite{one2020}\n```\n\n- :cite:t:`one2020`\n\n```{bibliography}\n```\n",
    },
    "options-that-are-none": {
        "index.md": f"{PAGE}\n```{{paper-table}} s\nlayout: cards\n```\n\n```{{paper-index}}\n:by name\n```\n\n"
        "```{paper-table} \"s\"\n:no index:\n```\n\n```{paper-lineage} 's'\nsome text\n```\n"
    },
    "lists-that-are-texts": {"conf.py": f'{OURS}paper_table_surveys = "surveys/*.yaml"\n'},
    "no-page": {"index.md": "# P\n\n{paper}`one`, {paper:survey}`s`.\n\n```{paper-table} s\n:has: code\n```\n"},
    "included": {
        "index.md": "# P\n\n```{include} part.txt\n```\n\n{paper}`one`\n\n```{bibliography}\n```\n",
        "part.txt": "```{paper-table} s\n```\n",
    },
    "wrong-path": {"index.md": "# P\n\n```{paper-table} survey/s.yaml\n```\n"},
    "right-path": {"index.md": "# P\n\n```{paper-table} surveys/s.yaml\n```\n\n```{bibliography}\n```\n"},
    "broken": {
        "surveys/s.yaml": SURVEY.replace("    name: One\n", ""),
        "surveys/t.yaml": SURVEY.replace("survey: s", "survey: t")
        .replace("one\n", "two\n")
        .replace("    summary", "    relations: {uses: [one]}\n    summary"),
        "index.md": PAGE + "\n```{paper-table} t\n```\n\nSee {paper}`one` and {paper}`two`.\n",
    },
    "citations-in-records": {
        "surveys/s.yaml": SURVEY.replace(
            "A method.", "A {cite:t}`,one2020`, {cite}`one2020 two2020`, {cite:p}`oen2020` and {cite}`{see}one2020`."
        )
    },
    "gbk": {"conf.py": f'{OURS}bibtex_encoding = "ascii"\n', "refs.bib": BIB.replace("{T}", "{Ü}")},
}


@pytest.mark.parametrize("name", CASES)
def test_each_setting_and_page(name: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    for path in sorted(project.source.rglob("*.*"), reverse=True):
        path.unlink()
    for file, text in {**BASE, **CASES[name]}.items():
        if text is not None:
            project.write(file, text)
    told = project.build()
    ours = [_as_checked(message) for message in told.messages if "[myst." not in message and "[misc." not in message]
    assert "Traceback" not in told.log
    assert project.check() == ours, told.log
    assert bool(ours) is (name not in {"nothing", "included", "right-path"})


def _as_checked(message: str) -> str:
    """Return what a build says under the type of sphinxcontrib-bibtex with our code."""
    return message.replace("[bibtex.key_not_found]", "[unknown-citation]")
