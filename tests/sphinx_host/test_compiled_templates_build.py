"""Compiled templates are used only where compiling would give the same code; the collector gets its settings back."""

from __future__ import annotations

import gc
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import DictLoader, Environment
from jinja2.compiler import CodeGenerator
from jinja2.ext import Extension
from jinja2.nodes import Output, TemplateData
from tests.support.sites import small_site

from sphinx_paper_table.sphinx_host import compiled_templates
from sphinx_paper_table.sphinx_host.collector import setup_collector
from sphinx_paper_table.sphinx_host.compiled_templates import keep_compiled

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = "{% if true %}\n<p>{{ '<b>' }}</p>\n{% endif %}"


class Shout(Extension):
    """An extension that changes what a template compiles to."""

    tags = {"shout"}  # noqa: RUF012 (as Jinja declares it)

    def parse(self, parser: Any) -> Any:
        """Print one word."""
        return Output([TemplateData("LOUD")], lineno=next(parser.stream).lineno)


class App:
    """What `keep_compiled` needs of Sphinx."""

    def __init__(self, doctreedir: Path) -> None:
        """Connect nothing yet."""
        self.doctreedir = doctreedir
        self.finish: list[Any] = []

    def connect(self, event: str, listener: Any, priority: int = 500) -> None:
        """Keep what is called at the end."""
        assert priority
        if event == "build-finished":
            self.finish.append(listener)


def rendered(folder: Path, source: str = TEMPLATE, **options: Any) -> tuple[str, bool]:
    """Return what one build prints, and whether it has compiled the template."""
    app, environment = App(folder), Environment(loader=DictLoader({"page": source}), **options)  # noqa: S701 (that is tried)
    keep_compiled(app, environment, "some")  # type: ignore[arg-type]
    compiled = []

    class Noted(CodeGenerator):
        def visit_Template(self, node: Any, frame: Any = None) -> None:  # noqa: N802 (as Jinja calls it)
            compiled.append(node)
            super().visit_Template(node, frame)

    environment.code_generator_class = Noted
    text = environment.get_template("page").render()
    for listener in app.finish:
        listener(app, None)
    return text, bool(compiled)


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert rendered(tmp_path) == ("\n<p><b></p>\n", True)
    assert rendered(tmp_path) == ("\n<p><b></p>\n", False)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"source": TEMPLATE.replace("p>", "i>")}, "\n<i><b></i>\n"),
        ({"autoescape": True}, "\n<p>&lt;b&gt;</p>\n"),
        ({"trim_blocks": True}, "<p><b></p>\n"),
        ({"finalize": str.upper}, "\n<p><B></p>\n"),
        ({"source": "{% shout %}", "extensions": [Shout]}, "LOUD"),
    ],
)
def test_whatever_changes_the_code_has_it_compiled(tmp_path: Path, change: dict[str, Any], text: str) -> None:
    rendered(tmp_path)
    assert rendered(tmp_path, **change) == (text, True)
    assert rendered(tmp_path, **change) == (text, False)


def test_another_package_has_it_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path)
    monkeypatch.setattr(compiled_templates, "installed_versions", lambda: ("jinja2-99.dist-info",))
    assert rendered(tmp_path)[1]


@pytest.mark.parametrize("left", [0, 20, 200, -1])
def test_a_damaged_file_is_made_anew(tmp_path: Path, left: int) -> None:
    rendered(tmp_path)
    path = tmp_path / "templates-some.pickle"
    path.write_bytes(path.read_bytes()[:left])
    assert rendered(tmp_path) == ("\n<p><b></p>\n", True)
    assert rendered(tmp_path) == ("\n<p><b></p>\n", False)


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_and_cards_are_kept(tmp_path: Path, jobs: int) -> None:
    """A page that a project's template changes shows the new one, though its old code is kept."""
    site = small_site(tmp_path, conf='html_theme = "basic"\ntemplates_path = ["theirs"]\n')
    site.write("theirs/layout.html", '{% extends "!layout.html" %}{% block footer %}FIRST{% endblock %}')
    site.build(jobs=jobs)
    kept = {path.name for path in site.doctrees.rglob("templates-*.pickle")}
    assert kept == {"templates-cards.pickle", "templates-pages.pickle"}
    site.write("theirs/layout.html", '{% extends "!layout.html" %}{% block footer %}SECOND{% endblock %}')
    site.build(jobs=jobs)
    assert "SECOND" in (site.output() / "index.html").read_text("utf-8")


def test_the_collector_is_given_back() -> None:
    listeners: dict[str, Any] = {}
    setup_collector(SimpleNamespace(connect=lambda event, call, **_more: listeners.update({event: call})))  # type: ignore[arg-type]
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    listeners["builder-inited"](None)
    assert gc.get_freeze_count() > frozen
    assert gc.get_threshold() != before
    listeners["build-finished"](None, None)
    listeners["build-finished"](None, None)
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
    assert gc.isenabled()


NOTING = """
from jinja2.environment import Environment

_generate = Environment._generate


def noted(self, source, name, *arguments, **options):
    print("compiled", name)
    return _generate(self, source, name, *arguments, **options)


Environment._generate = noted
"""


def test_builds_of_tests_share_what_they_compile(tmp_path: Path) -> None:
    """It is two fifths of a small build; each project keeps it all the same."""
    logs = []
    for name in ("one", "two"):
        site = small_site(tmp_path / name, conf=NOTING)
        logs.append(site.build().log)
        kept = {path.name for path in site.doctrees.glob("templates-*")}
        assert kept == {"templates-cards.pickle", "templates-pages.pickle"}
    assert set(re.findall(r"compiled .*", logs[-1])) <= {"compiled None"}, "but those without a file"
