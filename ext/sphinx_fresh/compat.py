"""Every name of Sphinx that it does not promise and this package uses: where it is, why, what would make it needless.

Lowest of its modules. ``tests/sphinx_fresh/test_compat.py`` checks each against the installed Sphinx; the places named
are those of Sphinx 9.2.0 and the same in 9.0 and 9.1.

- `Matcher`, `patmatch` (sphinx/util/matching.py): how Sphinx reads ``exclude_patterns`` and ``html_sidebars``. Needless
  when the builder answers for a name.
- `ENV_PICKLE_FILENAME` (sphinx/application.py): the file whose damage ends a build. Needless when Sphinx reads all anew
  then.
- `INVENTORY_FILENAME` (sphinx/builders/html/__init__.py): the inventory. Needless when its name is documented.
- `format_date` (sphinx/util/i18n.py): what ``html_last_updated_fmt`` prints on every page. Needless when the builder
  keeps it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.builders.html import INVENTORY_FILENAME
from sphinx.search import js_index
from sphinx.util.i18n import format_date
from sphinx.util.matching import Matcher, patmatch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ["ENV_PICKLE_FILENAME", "INVENTORY_FILENAME", "Matcher", "format_date", "patmatch"]

#: Attributes of `sphinx.search.IndexBuilder`: its ``load`` leaves out index entries, and its ``prune`` leaves terms of
#: no page. Needless when ``sphinx/search/__init__.py`` does both.
INDEX_PARTS = ("_mapping", "_title_mapping", "_titles", "_index_entries")


def forget_image_names(env: BuildEnvironment) -> None:
    """Empty the names of copied images, to give them anew (``sphinx/util/__init__.py``, `FilenameUniqDict`).

    It numbers equal names in order of reading. Needless when it names by path or content, as `DownloadFiles` does.
    """
    env.images.clear()
    env.images._existing.clear()


def skip_dump(builder: Builder, name: str) -> None:
    """Let this *builder* not write what its method *name* dumps (``StandaloneHTMLBuilder.handle_finish``).

    Needless when ``dump_inventory`` and ``dump_search_index`` write nothing that is there already.
    """
    if hasattr(builder, name):
        setattr(builder, name, lambda: None)


def skip_load(builder: Builder) -> None:
    """Let this *builder* not load its search index where it writes no page (``StandaloneHTMLBuilder.load_indexer``).

    Needless when it is loaded for what is fed to it.
    """
    load: Callable[[Collection[str]], None] | None = getattr(builder, "load_indexer", None)
    if load is not None:
        vars(builder)["load_indexer"] = lambda docnames: load(docnames) if docnames else None


def knows_index(indexer: Any) -> bool:
    """Whether *indexer* has all `INDEX_PARTS`."""
    return all(hasattr(indexer, part) for part in INDEX_PARTS)


def index_terms(indexer: Any) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Terms with the pages that have them, of texts and of titles (`INDEX_PARTS`)."""
    return indexer._mapping, indexer._title_mapping


def indexed_pages(indexer: Any) -> list[str]:
    """The pages in the index (`INDEX_PARTS`)."""
    return sorted(indexer._titles)


def prune_titles_only(indexer: Any, known: set[str]) -> None:
    """Let the index take out pages that are not *known* from its titles alone, as no term has others (`INDEX_PARTS`).

    For each term ``IndexBuilder.prune`` looks at every page, since it is given a dictionary and no set. Needless when
    it makes a set of them.
    """
    prune = indexer.prune

    def prune_titles(docnames: Iterable[str]) -> None:
        terms = indexer._mapping, indexer._title_mapping
        if known.issuperset(indexer._titles):
            indexer._mapping, indexer._title_mapping = {}, {}
        prune(docnames)
        indexer._mapping, indexer._title_mapping = terms

    indexer.prune = prune_titles


def index_entries(indexer: Any) -> dict[str, Any]:
    """Entries of the general index in the search index, by page; those of pages that are not written are missing."""
    entries: dict[str, Any] = indexer._index_entries
    return entries


def load_index(text: str) -> Any:
    """What a ``searchindex.js`` says; raises `ValueError` (`sphinx.search.js_index` is not documented)."""
    return js_index.loads(text)


def viewcode_modules(env: BuildEnvironment) -> Mapping[str, Any]:
    """What ``sphinx.ext.viewcode`` knows of modules (``env._viewcode_modules``, sphinx/ext/viewcode.py).

    Needless when its ``should_generate_module_page`` asks for more than times.
    """
    return getattr(env, "_viewcode_modules", None) or {}


def inventories(env: BuildEnvironment) -> Mapping[str, Any]:
    """The inventories of ``sphinx.ext.intersphinx`` by name (``InventoryAdapter``, sphinx/ext/intersphinx/_shared.py).

    Needless when an event tells that one has changed.
    """
    return getattr(env, "intersphinx_named_inventory", None) or {}


def extra_objects(env: BuildEnvironment) -> Iterator[tuple[str, str, str, str]]:
    """Objects of Sphinx's own domains that their ``get_objects`` does not tell: (domain, name, page, what is shown).

    Equations (``sphinx/domains/math.py``), citations (``citation.py``) and modules' synopses (``python``). Needless
    when these domains tell them.
    """
    data = env.domaindata
    for name, equation in data.get("math", {}).get("objects", {}).items():
        yield "math", name, str(equation[0]), f"{name}\x1e{equation}"
    for name, citation in data.get("citation", {}).get("citations", {}).items():
        yield "citation", name, str(citation[0]), f"{name}\x1e{citation}"
    for name, module in data.get("py", {}).get("modules", {}).items():
        yield "py", name, str(module[0]), f"{name}\x1e{module}"


def domain_data(env: BuildEnvironment, domain: str) -> Mapping[str, Any]:
    """What a domain keeps (``Domain.data``); nothing where there is no such domain (sphinx/environment/__init__.py).

    Needless when domains say what a page shows of a whole collection, such as ``todolist``.
    """
    return env.domaindata.get(domain, {})


def sort_index_entries(env: BuildEnvironment) -> None:
    """Sort the entries of the general index by page (``sphinx/domains/index.py``): the first page's category wins.

    Needless when it is the same in any order.
    """
    entries = env.domaindata.get("index", {}).get("entries")
    if isinstance(entries, dict):
        ordered = sorted(entries.items())
        entries.clear()
        entries.update(ordered)


def theme_dirs(builder: Builder) -> list[Path]:
    """Folders of the theme and of those that it inherits from, the most general one first (``sphinx/theming.py``).

    Needless when ``Theme.get_theme_dirs`` is documented.
    """
    theme = getattr(builder, "theme", None)
    return [Path(entry) for entry in reversed(theme.get_theme_dirs())] if theme else []


def theme_sidebars(builder: Builder) -> Iterable[str] | None:
    """The theme's own sidebars; None when it does not say (``Theme.sidebar_templates``, ``sphinx/theming.py``).

    Needless when it is documented.
    """
    theme = getattr(builder, "theme", None)
    return getattr(theme, "sidebar_templates", None)


def registered_assets(app: Sphinx) -> tuple[list[Path], list[Any]]:
    """Static folders of extensions (Sphinx 9.1), and their style sheets and scripts with attributes.

    ``SphinxComponentRegistry`` (sphinx/registry.py). Needless when the builder lists what its pages link to.
    """
    folders = [Path(entry) for entry in getattr(app.registry, "static_dirs", ())]
    return folders, [*app.registry.css_files, *app.registry.js_files]
