"""What `compat.sphinxcontrib_bibtex` names is there, and is what we take it for."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from docutils import nodes
from docutils.utils import new_document
from pybtex.database import BibliographyData, Entry
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinxcontrib.bibtex.plugin import find_plugin
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from sphinx_paper_table.compat import sphinxcontrib_bibtex as compat

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def domain_of(app: Sphinx) -> Any:
    """Return the ``cite`` domain."""
    return app.env.get_domain("cite")


def test_what_the_domain_keeps(app: Sphinx) -> None:
    domain = domain_of(app)
    assert type(domain) is compat.BibtexDomain
    assert {"bibdata", "bibliographies", "citations", "citation_refs"} == set(compat.BibtexDomain.initial_data)
    bibdata = domain.data["bibdata"]
    assert isinstance(bibdata, compat.BibData)
    [path] = bibdata.bibfiles
    assert bibdata.bibfiles[path] == compat.BibFile(compat.get_mtime(path), {"a": None})
    assert isinstance(bibdata.data, BibliographyData)
    [(key, value)] = domain.bibliographies.items()
    assert isinstance(key, compat.BibliographyKey)
    assert isinstance(value, compat.BibliographyValue)
    assert (key.docname, value.list_, value.enumtype, value.start) == ("index", "enumerated", "arabic", 1)
    assert value.keys == []
    [reference] = domain.citation_refs
    assert isinstance(reference, compat.CitationRef)
    assert (reference.docname, [target.key for target in reference.targets]) == ("index", ["a"])


def test_classes_that_are_overridden() -> None:
    assert issubclass(compat.BibtexFootDomain, compat.BibtexDomain.__mro__[1])
    assert {"p", "t"} <= set(compat.BibtexDomain.roles)
    assert isinstance(compat.BibtexDomain.data_version, int)
    methods = ("clear_doc", "merge_domaindata", "env_updated", "resolve_xref", "resolve_any_xref")
    assert all(name in vars(compat.BibtexDomain) for name in methods)
    assert "get_objects" not in vars(compat.BibtexDomain), "CitationDomain.get_objects can go"
    assert "result_nodes" in vars(compat.CiteRole)
    assert "run" in vars(compat.FootCiteRole)
    assert "run" in vars(compat.BibliographyDirective)
    assert BibliographyTransform.default_priority == 5


def test_targets_of_roles() -> None:
    [found] = compat.parse_citation_targets("{see}a{p. 3}")
    assert found == compat.CitationTarget(key="a", pre="see", post="p. 3")
    with pytest.raises(ValueError, match="malformed"):
        list(compat.parse_citation_targets("{a"))


def test_the_text_of_a_link(app: Sphinx) -> None:
    domain = domain_of(app)
    [citation] = domain.citations
    info = compat.SphinxReferenceInfo(
        builder=app.builder,
        fromdocname="index",
        todocname="index",
        citation_id=citation.citation_id,
        title=None,
        pre_text="",
        post_text="",
    )
    found = compat.format_references(domain.reference_style, "p", [(citation.entry, citation.formatted_entry, info)])
    [*rendered] = found.render(domain.backend)
    links = [link for node in rendered for link in node.findall(nodes.reference)]
    assert [link["refid"] for link in links] == [citation.citation_id]


def test_styles_of_references_are_registered() -> None:
    class Style(compat.AuthorYearReferenceStyle):
        """Another style."""

    assert compat.register_plugin("sphinxcontrib.bibtex.style.referencing", "ours_for_a_test", Style)
    assert find_plugin("sphinxcontrib.bibtex.style.referencing", "ours_for_a_test") is Style
    style = Style()
    assert {"sep2", "last_sep", "other"} <= set(vars(style.person))
    assert style.bracket_parenthetical.sep
    assert style.bracket_textual.sep


def test_addresses_in_entries_become_links() -> None:
    node = nodes.paragraph("", "", nodes.Text("see \\url "), nodes.Text("https://a.example"))
    compat.node_text_transform(node)
    assert [link["refuri"] for link in node.findall(nodes.reference)] == ["https://a.example"]


def test_files(tmp_path: Path) -> None:
    assert compat.get_mtime(tmp_path / "none.bib") == -math.inf
    assert compat.get_mtime(tmp_path) == tmp_path.stat().st_mtime


def test_pages_in_order(app: Sphinx) -> None:
    assert compat.get_docnames(app.env) == ["index"]


@pytest.mark.parametrize(
    ("text", "admitted"),
    [("cited", True), ("not cited", False), ("docname in docnames", False), ('type == "misc"', True), ("True", True)],
)
def test_filters(text: str, *, admitted: bool) -> None:
    assert compat.admits(ast.parse(text), Entry("misc"), "index", {"other"}) is admitted


def test_a_filter_that_is_none() -> None:
    with pytest.raises(ValueError, match="invalid node"):
        compat.admits(ast.parse("cited()"), Entry("misc"), "index", set())


class FakeDirective:
    """As much of a directive as its filter and its ids ask for."""

    def __init__(self, app: Sphinx, options: dict[str, str]) -> None:
        self.options, self.lineno, self.env = options, 3, app.env
        self.state = self
        self.document = self
        self.settings = self
        app.env.current_document.docname = "index"

    def asked(self) -> ast.AST:
        """Return the filter."""
        directive = cast("compat.BibliographyDirective", self)
        return compat.BibliographyDirective._get_filter(directive)


def test_options_of_a_directive(app: Sphinx) -> None:
    class Directive(FakeDirective):
        _get_filter = FakeDirective.asked

    for options, expected in (({}, "cited"), ({"all": ""}, "True"), ({"filter": "a"}, "a")):
        directive = cast("compat.BibliographyDirective", Directive(app, dict(options)))
        assert ast.unparse(compat.filter_of(directive)) == expected
        assert compat.placeholder_ids(directive, {"b"}, "A b") == ["a-b"]
        assert compat.placeholder_ids(directive, {"a-b"}, "A b") == []


def test_bibliographies_and_lists_are_counted(app: Sphinx) -> None:
    app.env.current_document.clear()
    assert [compat.next_bibliography(app.env), compat.next_bibliography(app.env)] == [1, 2]
    assert app.env.temp_data[compat._BIBLIOGRAPHIES] == 2
    assert compat.next_enumerated(app.env, -1, 3) == 1
    assert compat.next_enumerated(app.env, -1, 2) == 4
    assert compat.next_enumerated(app.env, 9, 1) == 9
    assert compat.next_enumerated(app.env, -1, 1) == 10
    source = Path(BibliographyTransform.run.__code__.co_filename).read_text("utf-8")
    assert compat._ENUMERATED in source
    assert issubclass(compat.bibliography, nodes.Element)


def test_footnotes_of_a_page(app: Sphinx) -> None:
    document = new_document("index")
    notes = compat.page_footnotes(app.env)
    assert notes == compat.PageFootnotes(notes.waiting, set(), {}, 0)
    footnote = nodes.footnote(auto=1, names=["note-a"])
    compat.note_of_footnote(footnote, "a", notes, document)
    assert (notes.waiting.children, notes.new, notes.names) == ([footnote], {"a"}, {"a": "note-a"})
    assert compat.page_footnotes(app.env) == notes
    info = compat.FootReferenceInfo(key="a", document=document, refname="note-a")
    style, entry = find_plugin("sphinxcontrib.bibtex.style.referencing", "foot")(), Entry("misc")
    [mark] = compat.format_references(style, "p", [(entry, FormattedEntry("a", Text("A"), ""), info)]).render(
        domain_of(app).backend
    )
    assert isinstance(mark, nodes.footnote_reference)
    assert document.autofootnote_refs == [mark]


def test_names_of_styles() -> None:
    assert compat.is_reference_style("author_year")
    assert not compat.is_reference_style("autor_year")
