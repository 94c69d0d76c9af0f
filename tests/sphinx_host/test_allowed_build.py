"""What records may contain, in builds: decided by what a name stands for, in every language, on every kind of page."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.harness import wait_for_clock
from tests.support.sites import dump, page, small_site, soup, warnings

from sphinx_paper_table.survey.allowed import USES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.harness import Report, Site

HIDDEN: Final = "only-the-builder-knows-this"
"""Stands in files beside the source directory, and in one that a link within it leads to."""
UNCHANGED: Final = "Sphinx gives every page this title"
BLOCKS: Final = {
    "include": "```{include} ../secret.txt\n```",
    "case": "```{Include} ../secret.txt\n```",
    "upper": "```{LITERALINCLUDE} ../secret.txt\n```",
    "absolute": "```{literalInclude} /../secret.txt\n```",
    "chinese-include": "```{包含} ../secret.txt\n```",
    "chinese-raw": "```{原文} html\n:file: ../secret.txt\n```",
    "chinese-table": "```{csv表格} t\n:file: ../secret.txt\n```",
    "raw": "```{Raw} html\n<b id=alive>x</b>\n```",
    "raw-file": "```{raw} html\n:file: ../secret.txt\n```",
    "csv": "```{CSV-Table} t\n:file: ../secret.txt\n```",
    "csv-yaml": "```{csv-table} t\n---\nfile: ../secret.txt\n---\n```",
    "url": "```{csv-table} t\n:url: file:///etc/passwd\n```",
    "eval-rst": "```{eval-rst}\n.. include:: ../secret.txt\n```",
    "eval-rst-case": "```{Eval-rst}\n.. include:: ../secret.txt\n```",
    "nested": "````{note}\n```{Include} ../secret.txt\n```\n````",
    "in-a-table": "```{list-table}\n* - {raw}`x`\n  - ~~~{Include} ../secret.txt\n    ~~~\n```",
    "role": "```{Role} h(raw)\n:format: html\n```\n\n{h}`<b id=alive>x</b>`",
    "default-role": "```{default-role} raw\n```",
    "recursion": "```{Paper-Table} bad\n```",
    "cards": "```{survey-cards} bad\n```",
    "title": f"```{{title}} {UNCHANGED}\n```",
    "meta": "```{META}\n:http-equiv=refresh: 0;url=https://evil.example\n```",
    "toctree": "```{TocTree}\n:glob:\n*\n```",
    "only": "```{only} html\nx\n```",
    "third": "```{tell}\n```",
    "third-language": "```tell\n```",
    "template": "{{ cycler.__init__.__globals__.os.popen('echo alive').read() }}",
    "template-block": "{{ env.config }}\n",
    "html-image": '<img src="../secret.txt" onerror="x()">',
    "html-admonition": '<div class="admonition note" onclick="x()">\n<p class="title">T</p>\nx\n</div>',
    "attributes": "{onclick=x() style='color:red' .fine}\nA paragraph.",
    "style": "```{div}\n:style: background:url(https://evil.example)\n\nx\n```",
    "icon": '{octicon}`alert;1em;x" onmouseover="x()`',
    "front-matter": "---\nmyst:\n  html_meta:\n    refresh: x\n---\n\nx",
    "download": "{download}`x <../secret.txt>`",
    "download-absolute": "{download}`x </../secret.txt>`",
    "download-link": "[x](../secret.txt) and [y](path:../secret.txt)",
    "download-symlink": "{download}`x <linked.txt>`",
    "download-directory": "{download}`x <linked/secret.txt>`",
    "download-hidden": "{download}`x <.hidden>`",
    "image": "![x](../secret.png)",
    "image-symlink": "![x](linked.png)",
    "image-encoded": "![x](..%2fsecret.png)",
    "image-types": "![x](../secret.*)",
    "image-wildcard": "![x](l*.*)",
    "image-language": "![x](figure.png)",
    "figure": "```{figure} ../secret.png\n:figwidth: image\n\nx\n```",
    "card-image": "```{card} t\n:img-top: ../secret.png\n\nx\n```",
    "fifo": "{download}`x <pipe>`",
    "long": f"{{download}}`x <{'y' * 5000}>`",
    "depth": "".join(f"{'`' * (400 - level)}{{note}}\n" for level in range(390)),
    "nul": "![x](a%00b.png) {download}`x <a\0b>`",
    "loop": "{download}`x <loop.txt>`",
    "lines": "```{code-block} python\n:emphasize-lines: 1-9999999999\n\nx\n```",
    "lines-attribute": "{emphasize-lines='1-9999999999'}\n```python\nx\n```",
    "columns": "```{hlist}\n:columns: 999999999\n\n- x\n```",
    "no-columns": "```{hlist}\n:columns: 0\n\n- x\n```",
    "deep-lines": "```{line-block}\n" + "\n".join(" " * level + "x" for level in range(400)) + "\n```",
    "deep-words": "**a *b " * 400 + "* **" * 400,
    "data-image": "![x](data:image/png;base64,iVBORw0KGgo=)",
    "file-image": "![x](file:///etc/hostname)",
    "remote-image": "![](https://evil.example/x.png)",
}
"""Each is the summary of a group."""
QUIET: Final = frozenset(
    {
        "template",
        "template-block",
        "html-image",
        "html-admonition",
        "attributes",
        "front-matter",
        "long",
        "third-language",
        "lines-attribute",
        "deep-words",
        "nul",
        "loop",
    }
)
"""What is shown as a text, or reported otherwise, for what it is."""
INLINE: Final = {
    "raw": "a {raw}`<b id=alive>x</b>`",
    "download": "a {download}`x <../secret.txt>`",
    "image": "a ![x](../secret.png)",
    "third": "a {tell}`x`",
    "domain": "a {nowhere:tell}`x`",
}
EXTENSION: Final = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Tell(Directive):
    has_content = True
    def run(self):
        return [nodes.paragraph("", "alive")]

def tell(*_):
    return [nodes.Text("alive")], []

def setup(app):
    app.add_directive("tell", Tell)
    app.add_role("tell", tell)
    return {"parallel_read_safe": True}
"""
CONF: Final = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
extensions.append("telling")
exclude_patterns = ["telling.py"]
myst_enable_extensions = [
    "substitution", "html_image", "html_admonition", "attrs_inline", "attrs_block", "colon_fence", "dollarmath",
    "linkify",
]
suppress_warnings = ["myst.linkify"]
myst_fence_as_directive = ["tell"]
"""
PIXEL: Final = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def bad_survey() -> dict[str, object]:
    groups = [{"id": name, "title": f"T {name}", "summary": text, "papers": []} for name, text in BLOCKS.items()]
    papers = [{"id": f"p-{name}", "name": f"P {name}", "summary": text} for name, text in INLINE.items()]
    return {
        "survey": "bad",
        "title": "Bad",
        "papers": papers,
        "groups": [{**g, "papers": [{"ref": "p-raw"}]} for g in groups],
    }


def bad_site(place: Path, conf: str = "", suffix: str = ".md", **pages: str) -> Site:
    files: dict[str, str | bytes] = {
        f"bad{suffix}": page("Bad", "bad", "layout: cards", suffix=suffix),
        "surveys/alpha.md": page("Alpha", "alpha"),
        "surveys/beta.md": page("Beta", "beta"),
        "surveys/bad.yaml": dump(bad_survey()),
        "telling.py": EXTENSION,
        "figure.png": PIXEL,
        ".hidden": HIDDEN,
        **{name.replace("_", "."): text for name, text in pages.items()},
    }
    site = small_site(place, files, CONF + conf)
    outside = site.source.parent
    (outside / "secret.txt").write_text(HIDDEN, "utf-8")
    (outside / "secret.png").write_bytes(PIXEL + HIDDEN.encode())
    for name, target in {
        "linked.txt": "secret.txt",
        "linked.png": "secret.png",
        "figure.en.png": "secret.png",
        "figure.zh_CN.png": "secret.png",
    }.items():
        (site.source / name).symlink_to(outside / target)
    (outside / "far").mkdir()
    (outside / "far" / "secret.txt").write_text(HIDDEN, "utf-8")
    (site.source / "linked").symlink_to(outside / "far")
    (site.source / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(site.source / "pipe")
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Report]:
    site = bad_site(tmp_path_factory.mktemp("bad"))
    return site, site.build()


def escaped(site: Site, builder: str = "html") -> list[str]:
    """Return the output files that have something in them which only the builder's machine has."""
    files = [path for path in site.output(builder).rglob("*") if path.is_file()]
    return [str(path) for path in files if HIDDEN.encode() in path.read_bytes()]


def test_nothing_of_the_machine_reaches_the_site(built: tuple[Site, Report]) -> None:
    site, report = built
    assert escaped(site) == []
    assert "Traceback" not in report.log
    assert "alive" not in re.sub(r"echo alive|id=alive", "", soup(site.output() / "bad.html").get_text())
    assert (
        soup(site.output() / "bad.html").select("#alive, [onerror], [onclick], [style*=color], meta[http-equiv]") == []
    )


@pytest.mark.parametrize("builder", ["epub", "latex", "text"])
def test_other_builders_show_no_more(builder: str, built: tuple[Site, Report]) -> None:
    log = built[0].build(builder).log
    assert escaped(built[0], builder) == []
    assert "Traceback" not in log
    assert "build succeeded" in log


@pytest.mark.parametrize("name", BLOCKS)
def test_what_is_refused_stays_as_text(name: str, built: tuple[Site, Report]) -> None:
    group = soup(built[0].output() / "bad.html").select_one(f"#group-bad-{name}")
    assert group is not None
    text = " ".join(group.get_text().split())
    for word in re.findall(r"secret\.\w+|linked\S*?\.\w+|alive|\bevil\.example|tell|\.hidden", BLOCKS[name]):
        assert word in text or name == "third-language", text


@pytest.mark.parametrize("name", sorted(BLOCKS.keys() - QUIET))
def test_what_is_refused_is_reported_at_its_line(name: str, built: tuple[Site, Report]) -> None:
    site, report = built
    lines = site.read("surveys/bad.yaml").splitlines()
    (start,) = [number for number, line in enumerate(lines, 1) if line.strip() == f"- id: {name}"]
    (end,) = [number for number, line in enumerate(lines, 1) if number > start and line.strip() == "papers:"][:1]
    places = re.findall(
        r"surveys/bad\.yaml:(\d+)(?::\d+)?: WARNING: .*(?:has no place|source directory|deep|rendered|own|linked)",
        report.log,
    )
    assert any(start <= int(place) <= end for place in places)


def test_problems_are_told_again_by_the_next_build(built: tuple[Site, Report]) -> None:
    site, report = built
    before = [line for line in warnings(report, site.source) if "paper_table.un" in line]
    again = warnings(site.build(), site.source)
    assert [line for line in again if "paper_table.un" in line] == before
    assert len(before) > len(BLOCKS) - len(QUIET)


@pytest.mark.parametrize(("language", "suffix"), [("zh_CN", ".md"), ("de", ".rst")])
def test_other_languages_have_other_names_for_the_same(language: str, suffix: str, tmp_path: Path) -> None:
    site = bad_site(tmp_path, f'language = "{language}"\n', suffix)
    report = site.build()
    assert escaped(site) == []
    assert "Traceback" not in report.log
    assert "'包含' has no place here" in report.log


def test_a_file_that_has_become_the_own_is_offered(tmp_path: Path) -> None:
    survey = {
        "survey": "good",
        "title": "Good",
        "summary": "{download}`x <linked.txt>`",
        "papers": [{"id": "x", "name": "X"}],
    }
    site = small_site(tmp_path, {"good.md": page("Good", "good"), "surveys/good.yaml": dump(survey)})
    (tmp_path / "outside.txt").write_text(HIDDEN, "utf-8")
    (site.source / "linked.txt").symlink_to(tmp_path / "outside.txt")
    assert "is no file of the source directory" in site.build().log
    (site.source / "linked.txt").unlink()
    wait_for_clock()
    site.write("linked.txt", "ours")
    assert "is no file of the source directory" not in site.build().log
    assert soup(site.output() / "good.html").select("a.download")


def test_pages_may_do_what_records_may_not(tmp_path: Path) -> None:
    text = (
        "# Free\n\n```{include} ../secret.txt\n```\n\n```{raw} html\n<b id=alive>x</b>\n```\n\n{{ 1 + 1 }} {tell}`x`\n"
    )
    site = bad_site(tmp_path, free_md=text)
    site.build()
    page = soup(site.output() / "free.html")
    assert HIDDEN in page.get_text()
    assert len(page.select("#alive")) == 1
    assert "2 alive" in page.get_text()
    assert [path for path in escaped(site) if "bad" in path] == []


def test_what_is_declared_exists() -> None:
    """Every name of the list stands for something, so that a slip in it is noticed: see the next test."""
    names = [name for use in USES for name in (*use.directives, *use.roles)]
    assert len(names) == len(set(names)) + len({"math", "code"})


GOOD: Final = """
````{Note}
:class: tip

A {sub}`b`.

```{code-block} python
print(1)
```
````

```{list-table} Numbers
:header-rows: 1

* - a
  - b
* - 1
  - {math}`x`
```

```{csv-table} Inline
:header: a, b

1, 2
```

```{figure} figure.png
:alt: a pixel
:width: 10px

A caption with {paper}`one`.
```

````{grid} 2
```{grid-item-card} Card
{bdg-primary}`badge`
```
````

```{epigraph}
Said.
```

{download}`the figure <figure.png>`, {ref}`genindex`, {abbr}`AB (a b)`, {kbd}`x`, {cite:t}`lee2020one`.
"""


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_honest_texts_have_what_they_need(suffix: str, tmp_path: Path) -> None:
    survey = {"survey": "good", "title": "Good", "summary": GOOD, "papers": [{"id": "x", "name": "X"}]}
    files: dict[str, str | bytes] = {
        f"good{suffix}": page("Good", "good", suffix=suffix),
        "surveys/alpha.md": page("Alpha", "alpha"),
        "surveys/beta.md": page("Beta", "beta"),
        "surveys/good.yaml": dump(survey),
        "figure.png": PIXEL,
    }
    site = small_site(tmp_path, files)
    assert [line for line in warnings(site.build(), site.source) if "toctree" not in line] == []
    found = soup(site.output() / "good.html")
    for selector in (
        ".admonition.note sub",
        "table th",
        "figure img",
        ".sd-card .sd-badge",
        "blockquote",
        "a.download",
        "kbd",
    ):
        assert found.select(selector), selector


def test_names_of_other_languages_are_allowed_where_their_meaning_is(tmp_path: Path) -> None:
    survey = {"survey": "good", "title": "Good", "summary": "```{注解}\nx\n```", "papers": [{"id": "x", "name": "X"}]}
    files = {"good.md": page("Good", "good"), "surveys/good.yaml": dump(survey)}
    for language, is_allowed in (("zh_CN", True), ("en", False)):
        site = small_site(tmp_path / language, files, f'language = "{language}"\n')
        log = site.build().log
        assert ("'注解' has no place here" not in log) is is_allowed
        assert bool(soup(site.output() / "good.html").select(".admonition.note")) is is_allowed


def test_a_project_allows_more(tmp_path: Path) -> None:
    conf = 'paper_table_directives = ["tell", "include"]\npaper_table_roles = ["Tell"]\n'
    site = bad_site(tmp_path, conf)
    log = site.build().log
    assert "the directive 'include' is never allowed in records" in log
    assert "'tell' has no place" in log, "the whole option is refused, as every invalid one"
    conf = 'paper_table_directives = ["tell"]\npaper_table_roles = ["Tell"]\n'
    site.write("conf.py", site.read("conf.py") + conf)
    log = site.build().log
    assert "'tell' has no place" not in log
    assert soup(site.output() / "bad.html").get_text().count("alive") > 2
    assert escaped(site) == []


def test_a_page_that_gives_a_name_another_meaning_does_not_open_records(tmp_path: Path) -> None:
    survey = {
        "survey": "good",
        "title": "Good",
        "summary": "a {abbr}`<b id=alive>x</b>` b",
        "papers": [{"id": "x", "name": "X"}],
    }
    text = "Page\n====\n\n.. role:: abbr(raw)\n   :format: html\n\n.. paper-table:: good\n"
    site = small_site(tmp_path, {"good.rst": text, "surveys/good.yaml": dump(survey)})
    log = site.build().log
    assert soup(site.output() / "good.html").select("#alive") == []
    assert "surveys/good.yaml:3:" in log
    assert "the role 'abbr' has no place here" in log


def test_translations_obey_the_same_rules(tmp_path: Path) -> None:
    survey = {"survey": "good", "title": "Good", "summary": "Fine.", "papers": [{"id": "x", "name": "X"}]}
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalogue = header + 'msgid "Fine."\nmsgstr "```{Include} ../secret.txt\\n```"\n'
    files = {
        "good.md": page("Good", "good"),
        "surveys/good.yaml": dump(survey),
        "locale/zh_CN/LC_MESSAGES/records/surveys/good.po": catalogue,
    }
    site = small_site(tmp_path, files, 'language = "zh_CN"\nlocale_dirs = ["locale"]\n')
    (site.source.parent / "secret.txt").write_text(HIDDEN, "utf-8")
    for _ in range(2):
        log = site.build().log
        assert "surveys/good.yaml:3:10: WARNING: in the translation, the directive 'Include' has no place here" in log
    assert escaped(site) == []
    assert "{Include}" in soup(site.output() / "good.html").get_text()


def test_the_body_of_a_directive_is_data_too(tmp_path: Path) -> None:
    table = "summary: |\n  ```{Include} ../secret.txt\n  ```\npapers: [{id: x, name: X}]"
    text = f"# Page\n\n````{{paper-table}}\n{table}\n````\n"
    site = small_site(tmp_path, {"private.md": text})
    (site.source.parent / "secret.txt").write_text(HIDDEN, "utf-8")
    log = site.build().log
    assert "private.md:5:3: WARNING: the directive 'Include' has no place here" in log
    assert escaped(site) == []
