"""Sphinx (https://github.com/sphinx-doc/sphinx), from 9.0 to 9.2.

Places are those of 9.2.0; line numbers are left out where a name is found at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, WeakKeyDictionary, ref

from sphinx.builders.gettext import MsgOrigin
from sphinx.builders.latex.nodes import thebibliography
from sphinx.environment.adapters.toctree import document_toc
from sphinx.search import languages
from sphinx.search.en import SearchEnglish
from sphinx.util import texescape
from sphinx.util.docutils import sphinx_domains
from sphinx.util.i18n import CatalogInfo, get_image_filename_for_language
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.gettext import MessageCatalogBuilder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

__all__ = ["SearchEnglish", "thebibliography"]

# `SearchEnglish` (sphinx/search/en.py): the one class that a search by other words than Sphinx's can inherit the
# English stemmer from. `sphinx.search.SearchLanguage`, which is documented, has none. Needless when the stemmer is.

# `thebibliography` (sphinx/builders/latex/nodes.py): the node of a list of references, for which Sphinx has one place,
# at the end of a book. Needless when lists stay where they are.

_applications: WeakKeyDictionary[BuildEnvironment, ReferenceType[Sphinx]] = WeakKeyDictionary()


# The application ------------------------------------------------------------------------------------------------------


def note_application(app: Sphinx) -> None:
    """Remember which application *app* an environment belongs to (``builder-inited``), for `application_of`."""
    _applications[app.env] = ref(app)


def application_of(env: BuildEnvironment) -> Sphinx:
    """Return the application of the build that *env* belongs to, from ``builder-inited`` on; raises KeyError before.

    ``BuildEnvironment.app`` is deprecated (sphinx/environment/__init__.py:297, to be removed in Sphinx 11), and what
    Sphinx uses itself is private, ``_app``. Directives and transforms are given the environment alone. Needless when
    these know their builder (https://github.com/sphinx-doc/sphinx/blob/v9.2.0/sphinx/transforms/__init__.py).
    """
    app = _applications[env]()
    if app is None:
        raise KeyError(env)
    return app


def let_go_of_pages(env: BuildEnvironment, most: int) -> None:
    """Forget the trees of all pages but the last *most* that were read: Sphinx reads them from their files again.

    What one process reads it keeps until the page is written, in ``BuildEnvironment._write_doc_doctree_cache``
    (sphinx/environment/__init__.py:157): a third of the memory of a large site. What it reads from these files it keeps
    to the end of the build, in ``_pickled_doctree_cache`` (line 149). Needless when Sphinx limits both.
    """
    for pages in (env._write_doc_doctree_cache, env._pickled_doctree_cache):
        for docname in list(pages)[:-most]:
            del pages[docname]


# Pages of HTML --------------------------------------------------------------------------------------------------------


def take_style_sheets(
    app: Sphinx, context: dict[str, Any], sheets: Mapping[str, dict[str, str]], priority: int
) -> tuple[list[Any], list[Any]]:
    """Return style sheets as ``css_tag`` links them: *sheets*, and those of the page that come behind *priority*.

    *sheets* are names with the attributes of their links. To be called at ``html-page-context``. The page does not link
    them in its head; the others stay there.

    ``context["css_files"]`` is the builder's own list (sphinx/builders/html/__init__.py:540), restored for each page.
    Needless when ``Sphinx.add_css_file`` can put a sheet elsewhere than into the head.
    """
    linked: list[Any] = context.get("css_files", [])
    before = len(linked)
    for name, attributes in sheets.items():
        app.add_css_file(name, priority=priority, **attributes)
    taken, later = linked[before:], [sheet for sheet in linked[:before] if sheet.priority > priority]
    del linked[before:]
    return taken, sorted(later, key=lambda sheet: int(sheet.priority))


def wrap_page_templates(builder: Builder, wrap: Callable[[Any], Any]) -> None:
    """Let *wrap* stand around the templates of *builder* (``builder-inited``): what it returns renders every page.

    ``Builder.templates`` (sphinx/builders/__init__.py:175) is made from the configuration value ``template_bridge``,
    which themes and projects use themselves. Needless with an event for a rendered page
    (https://github.com/sphinx-doc/sphinx/blob/v9.2.0/sphinx/builders/html/__init__.py#L1209).
    """
    builder.templates = wrap(builder.templates)


def translations_script(builder: Any) -> Path | None:
    """Return the file with the words of Sphinx's scripts in the language of *builder*; None where there is none.

    ``StandaloneHTMLBuilder._get_translations_js`` (sphinx/builders/html/__init__.py:191) looks in ``locale_dirs`` and
    in Sphinx itself. Needless together with `replace_translations_script`.
    """
    found: Path | None = builder._get_translations_js()
    return found


def replace_translations_script(builder: Any, write: Callable[[], None]) -> None:
    """Let *write* make ``_static/translations.js`` in the place of *builder* (``builder-inited``).

    ``StandaloneHTMLBuilder.copy_translation_js`` (sphinx/builders/html/__init__.py:823) copies a file that has a rule
    as text, of which sphinx/themes/basic/static/doctools.js makes code with ``new Function``: a Content Security Policy
    forbids that. Needless when the rule is a function.
    """
    builder.copy_translation_js = write


def let_search(builder: Any, *, search: bool) -> None:
    """Set whether *builder* indexes what it writes, and writes its search page.

    ``StandaloneHTMLBuilder.search`` (sphinx/builders/html/__init__.py) is an attribute of classes of builders, which
    ``prepare_writing`` and ``gen_additional_pages`` ask at different times. Needless with an option for it.
    """
    builder.search = search


def remember_stems(builder: Any, remembering: Callable[[Callable[[str], str]], Callable[[str], str]]) -> None:
    """Let the index of *builder* stem English words by what *remembering* makes of its stemmer, if that is Sphinx's.

    ``IndexBuilder.feed`` (sphinx/search/__init__.py:487) forgets the stems with each page, and pages share most of
    their words. Other languages may answer otherwise for the same word later. Needless when it remembers them.
    """
    language: Any = getattr(getattr(builder, "indexer", None), "lang", None)
    is_english = isinstance(language, SearchEnglish) and type(language).stem is SearchEnglish.stem
    if is_english and "stem" not in vars(language):
        language.stem = remembering(language.stem)


def contents_of_page(app: Sphinx, docname: str) -> nodes.Node:
    """Return what the page *docname* lists as its contents: a bullet list of references with ``anchorname``.

    `sphinx.environment.adapters.toctree.document_toc` is what makes ``toc`` for templates, as HTML only. Needless when
    an event has it as nodes.
    """
    return document_toc(app.env, docname, app.tags)


def rendered_part(builder: Any, node: nodes.Node) -> str:
    """Return *node* as *builder*, one of those that print HTML, prints it on a page.

    ``StandaloneHTMLBuilder.render_partial`` (sphinx/builders/html/__init__.py:409). Needless as `contents_of_page` is.
    """
    fragment: str = builder.render_partial(node)["fragment"]
    return fragment


def address_from(page: str, address: str) -> str:
    """Return *address* relative to *page*, both as the builder gives them (`sphinx.util.osutil.relative_uri`).

    ``Builder.get_relative_uri`` takes names of documents, not addresses of files. Needless when it takes both.
    """
    return relative_uri(page, address)


def tex_escaped(text: str) -> str:
    """Return *text* as LaTeX prints it, for the engine of the build (`sphinx.util.texescape.escape`).

    Needless when the LaTeX writer's own ``encode`` can be called without a writer.
    """
    return texescape.escape(text)


# Labels and names -----------------------------------------------------------------------------------------------------


def has_label(env: BuildEnvironment, label: str) -> bool:
    """Return whether something has the *label* that ``ref`` looks for."""
    return label in env.domains.standard_domain.anonlabels


def leads_to(env: BuildEnvironment, label: str, docname: str, anchor: str) -> bool:
    """Return whether a label leads to an anchor on a page (as `set_label`)."""
    return bool(env.domains.standard_domain.anonlabels.get(label) == (docname, anchor))


def set_label(env: BuildEnvironment, label: str, docname: str, anchor: str, title: str) -> None:
    """Let ``ref`` and inventories lead *label* to an anchor on a page, with *title* as its text.

    ``StandardDomain.labels`` and ``anonlabels`` (sphinx/domains/std/__init__.py:893), as
    ``sphinx.ext.autosectionlabel`` does it. ``note_hyperlink_target`` warns of a label that leads elsewhere from now
    on. Needless when labels can be moved.
    """
    standard = env.domains.standard_domain
    standard.anonlabels[label] = docname, anchor
    standard.labels[label] = docname, anchor, title


def drop_label(env: BuildEnvironment, label: str, docname: str, anchor: str) -> None:
    """Take a label away unless it leads to another place by now (as `set_label`)."""
    standard = env.domains.standard_domain
    if standard.anonlabels.get(label) == (docname, anchor):
        standard.anonlabels.pop(label)
        standard.labels.pop(label, None)


def names_of_domains(env: BuildEnvironment) -> AbstractContextManager[Any]:
    """Return a context in which docutils finds the directives and roles of Sphinx's domains, as while it reads a page.

    `sphinx.util.docutils.sphinx_domains` replaces ``directives.directive`` and ``roles.role`` of docutils. Needless
    when Sphinx or docutils says what a name stands for.
    """
    return sphinx_domains(env)


def image_in_language(name: str, env: BuildEnvironment) -> str:
    """Return the name that Sphinx tries first for the image *name* (``figure_language_filename``).

    `sphinx.util.i18n.get_image_filename_for_language` is not documented. Needless when the collector of images asks
    before it opens a file.
    """
    return get_image_filename_for_language(name, env)


def search_class(language: str) -> object:
    """Return the class, or its full name, that makes the search index of a *language*; None where there is none.

    `sphinx.search.languages` is what ``Sphinx.add_search_language`` writes, without asking. Needless when that warns.
    """
    return languages.get(language)


# Translations ---------------------------------------------------------------------------------------------------------


def add_message(builder: MessageCatalogBuilder, domain: str, text: str, path: str, line: int) -> None:
    """Give the gettext builder one message of the catalogue *domain*, with the place where it stands.

    ``MessageCatalogBuilder.catalogs`` and `MsgOrigin` (sphinx/builders/gettext.py:99, 168). Needless with an event at
    which extensions add messages.
    """
    builder.catalogs[domain].add(text, MsgOrigin(path, line))


def compiled_catalog(folder: Path, domain: str, language: str, charset: str) -> Path | None:
    """Return the ``.mo`` file of a catalogue, compiled if it is older than its source; None without a source.

    Sphinx compiles outdated catalogues itself, but not when files are named on its command line. `CatalogInfo`
    (sphinx/util/i18n.py:63) writes as it does, and warns as it does. Needless when that is done at every build.
    """
    catalog = CatalogInfo(folder, domain, charset)
    if not Path(catalog.po_path).is_file():
        return None
    if catalog.is_outdated():
        catalog.write_mo(language)
    return Path(catalog.mo_path)


# Inventories ----------------------------------------------------------------------------------------------------------


def inventory_of(env: BuildEnvironment) -> Mapping[str, dict[str, Any]]:
    """Return the objects of all other projects: by type (``cite:citation``), then by name.

    ``sphinx.ext.intersphinx`` keeps them as attributes of the environment
    (``InventoryAdapter``, sphinx/ext/intersphinx/_shared.py:114). Items have ``uri`` and ``display_name``; the
    interface of tuples goes with Sphinx 10. Needless when intersphinx offers a look-up.
    """
    found: Mapping[str, dict[str, Any]] = getattr(env, "intersphinx_inventory", {})
    return found


def inventories_of(env: BuildEnvironment) -> list[Mapping[str, dict[str, Any]]]:
    """Return the inventory of all projects together, and those of each (as `inventory_of`)."""
    named: dict[str, Mapping[str, dict[str, Any]]] = getattr(env, "intersphinx_named_inventory", {})
    return [inventory_of(env), *named.values()]


def named_inventory_of(env: BuildEnvironment, project: str) -> Mapping[str, dict[str, Any]]:
    """Return the objects of one other project, by its name in ``intersphinx_mapping`` (as `inventory_of`)."""
    named: dict[str, Mapping[str, dict[str, Any]]] = getattr(env, "intersphinx_named_inventory", {})
    return named.get(project, {})


def retitled(item: Any, title: str) -> Any:
    """Return an item of an inventory with another *title*: ``_InventoryItem`` (sphinx/util/inventory.py) is frozen."""
    return type(item)(
        project_name=item.project_name, project_version=item.project_version, uri=item.uri, display_name=title
    )


def project_addresses(config: Config) -> list[str]:
    """Return the addresses of the projects in ``intersphinx_mapping``.

    From the form ``{name: (name, (address, inventories))}`` that ``sphinx.ext.intersphinx`` gives it at
    ``config-inited`` (sphinx/ext/intersphinx/_load.py). Needless when that form is documented.
    """
    return list(named_projects(config).values())


def named_projects(config: Config) -> dict[str, str]:
    """Return the addresses of the projects in ``intersphinx_mapping`` by their names (as `project_addresses`)."""
    mapping: dict[str, Any] = getattr(config, "intersphinx_mapping", {})
    return {str(name): str(address) for name, (address, _inventories) in mapping.values()}
