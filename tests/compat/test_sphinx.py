"""What `compat.sphinx` names is there, and is what we take it for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType

import pytest
import sphinx.themes
from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.languages import get_language
from sphinx.builders.gettext import MessageCatalogBuilder
from sphinx.search import SearchLanguage
from sphinx.util import texescape
from sphinx.util.docutils import new_document

from sphinx_paper_table.compat import sphinx as compat

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCTOOLS = Path(sphinx.themes.__path__[0], "basic", "static", "doctools.js")


def test_an_environment_knows_its_application_and_does_not_keep_it(app: Sphinx) -> None:
    compat.note_application(app)
    assert compat.application_of(app.env) is app
    assert isinstance(compat._applications[app.env], ReferenceType)


def test_an_application_that_is_not_known(gettext_app: Sphinx) -> None:
    with pytest.raises(KeyError):
        compat.application_of(gettext_app.env)


def test_style_sheets_of_a_page_can_be_taken_from_its_head(app: Sphinx) -> None:
    seen: list[Any] = []

    def take(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
        before = list(context["css_files"])
        app.add_css_file("last.css", priority=900)
        taken, later = compat.take_style_sheets(app, context, {"ours.css": {"media": "print"}}, 500)
        assert context["css_files"][: len(before)] == before
        seen.extend([*map(context["css_tag"], taken), *map(context["css_tag"], later)])

    listener = app.connect("html-page-context", take)
    builder: Any = app.builder
    builder.handle_page("extra", {}, "page.html")
    app.disconnect(listener)
    builder.handle_page("next", {}, "page.html")
    assert "last.css" not in (app.outdir / "next.html").read_text("utf-8"), "sheets of a page are on the next one"
    assert [Path(tag.split('href="')[1].split('"')[0]).name for tag in seen] == ["ours.css", "last.css"]
    html = (app.outdir / "extra.html").read_text("utf-8")
    assert "ours.css" not in html
    assert "last.css" in html


def test_templates_can_be_wrapped(app: Sphinx) -> None:
    class Loud:
        def __init__(self, templates: Any) -> None:
            self.templates = templates

        def render(self, name: str, context: dict[str, Any]) -> str:
            return str(self.templates.render(name, context)).upper()

    builder: Any = app.builder
    plain = builder.templates
    compat.wrap_page_templates(builder, Loud)
    builder.handle_page("loud", {"body": "text"}, "page.html")
    builder.templates = plain
    assert "TEXT" in (app.outdir / "loud.html").read_text("utf-8")


def test_the_script_with_translations(app: Sphinx) -> None:
    source = compat.translations_script(app.builder)
    assert source is not None
    assert "Documentation.addTranslations({" in source.read_text("utf-8")
    assert "new Function" in DOCTOOLS.read_text("utf-8"), "compat.replace_translations_script can go"
    called = []
    compat.replace_translations_script(app.builder, lambda: called.append(1))
    builder: Any = app.builder
    builder.copy_static_files()
    del builder.copy_translation_js
    assert called == [1]


def test_a_search_can_be_switched_off(app: Sphinx) -> None:
    builder: Any = app.builder
    assert type(builder).search is True
    compat.let_search(builder, search=False)
    builder.prepare_writing({"index"})
    assert builder.indexer is None
    compat.let_search(builder, search=True)
    builder.prepare_writing({"index"})
    assert builder.indexer is not None


def test_the_contents_of_a_page_as_nodes(app: Sphinx) -> None:
    found = compat.contents_of_page(app, "index")
    links = {link["anchorname"]: link.astext() for link in found.findall(nodes.reference)}
    assert links == {"": "Start", "#part": "Part"}
    assert 'href="#part"' in compat.rendered_part(app.builder, found)


def test_the_node_of_a_list_of_references() -> None:
    node = compat.thebibliography("", nodes.citation())
    assert isinstance(node, nodes.Element)
    assert len(node.children) == 1


def test_addresses_and_tex() -> None:
    assert compat.address_from("a/b.html", "a/c.html") == "c.html"
    assert compat.address_from("a/b/", "") == "../../"
    texescape.init()  # as the builder for LaTeX does
    assert compat.tex_escaped("50 % of {a_b}") == r"50 \% of \{a\_b\}"


def test_labels(app: Sphinx) -> None:
    standard = app.env.domains.standard_domain
    assert not compat.has_label(app.env, "ours")
    compat.set_label(app.env, "ours", "index", "part", "Title")
    assert compat.has_label(app.env, "ours")
    assert compat.leads_to(app.env, "ours", "index", "part")
    assert not compat.leads_to(app.env, "ours", "index", "another")
    assert ("ours", "Title", "label", "index", "part", -1) in list(standard.get_objects())
    compat.drop_label(app.env, "ours", "index", "another")
    assert compat.has_label(app.env, "ours")
    compat.drop_label(app.env, "ours", "index", "part")
    assert not compat.has_label(app.env, "ours")
    assert "ours" not in standard.labels


def test_directives_of_domains_are_found(app: Sphinx) -> None:
    document: nodes.document = new_document("")
    english: Any = get_language("en", document.reporter)
    assert directives.directive("py:function", english, document)[0] is None
    with compat.names_of_domains(app.env):
        assert directives.directive("py:function", english, document)[0] is not None
    assert directives.directive("py:function", english, document)[0] is None


def test_an_image_for_a_language(app: Sphinx) -> None:
    assert compat.image_in_language("folder/a.png", app.env) == "folder/a.de.png"


def test_searches() -> None:
    assert compat.search_class("zh") == "sphinx.search.zh.SearchChinese"
    assert compat.search_class("none") is None
    assert issubclass(compat.SearchEnglish, SearchLanguage)
    assert compat.SearchEnglish({}).stem("searching") == "search"


def test_stems_are_remembered() -> None:
    class Other(compat.SearchEnglish):
        """A language that may change its mind."""

        def stem(self, word: str) -> str:
            return word

    languages = compat.SearchEnglish({}), Other({})
    for language in languages:
        for _ in range(2):
            compat.remember_stems(SimpleNamespace(indexer=SimpleNamespace(lang=language)), cache)
    assert [languages[0].stem(word) for word in ("searching", "Searching")] == ["search", "search"]
    assert [hasattr(language.stem, "cache_info") for language in languages] == [True, False]
    compat.remember_stems(SimpleNamespace(indexer=None), cache)
    compat.remember_stems(SimpleNamespace(), cache)


def test_messages(gettext_app: Sphinx) -> None:
    builder = gettext_app.builder
    assert isinstance(builder, MessageCatalogBuilder)
    compat.add_message(builder, "records/x", "Text", "x.yaml", 3)
    [message] = builder.catalogs["records/x"]
    assert message.text == "Text"
    assert [line for _path, line in message.locations] == [3]


def test_catalogues_are_compiled_when_they_are_outdated(tmp_path: Path) -> None:
    assert compat.compiled_catalog(tmp_path, "x", "de", "utf-8") is None
    (tmp_path / "x.po").write_text('msgid "a"\nmsgstr "b"\n', "utf-8")
    made = compat.compiled_catalog(tmp_path, "x", "de", "utf-8")
    assert made == tmp_path / "x.mo"
    assert made.is_file()


def test_inventories_of_other_projects(app: Sphinx) -> None:
    assert compat.project_addresses(app.config) == ["https://other.example"]
    found = compat.inventory_of(app.env)
    item = found["cite:citation"]["b"]
    assert (item.uri, item.display_name) == ("https://other.example/page.html#b", "Name")
    assert [list(inventory) for inventory in compat.inventories_of(app.env)] == [["cite:citation"]] * 2
    assert compat.named_projects(app.config) == {"other": "https://other.example"}
    assert list(compat.named_inventory_of(app.env, "other")) == ["cite:citation"]
    assert compat.named_inventory_of(app.env, "third") == {}
    other = compat.retitled(item, "Other")
    assert type(other) is type(item)
    assert (other.uri, other.display_name, other.project_name) == (item.uri, "Other", item.project_name)


def test_there_may_be_no_inventories(tmp_path: Path) -> None:
    class Nothing:
        """Neither an environment nor a configuration with intersphinx."""

    nothing: Any = Nothing()
    assert compat.inventory_of(nothing) == {}
    assert compat.inventories_of(nothing) == [{}]
    assert compat.project_addresses(nothing) == []


def test_pages_are_let_go(app: Sphinx) -> None:
    pages = app.env._write_doc_doctree_cache
    before = dict(pages)
    pages.clear()
    pages.update({name: new_document(name) for name in "abc"})
    compat.let_go_of_pages(app.env, 2)
    assert list(pages) == ["b", "c"]
    pages.clear()
    pages.update(before)


def test_files_of_pages_are_let_go(app: Sphinx) -> None:
    files = app.env._pickled_doctree_cache
    before = dict(files)
    files.clear()
    files.update(dict.fromkeys("abc", b""))
    compat.let_go_of_pages(app.env, 2)
    assert list(files) == ["b", "c"]
    files.clear()
    files.update(before)
