"""Every private name of Sphinx that this package uses: where it is, why, and what would make it needless.

Lowest of its modules. ``tests/fresh/test_compat.py`` checks each of them against the installed Sphinx; the places
named are those of Sphinx 9.0 to 9.2.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.search import js_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: Attributes of `sphinx.search.IndexBuilder`: its ``load`` leaves out index entries, and its ``prune`` leaves terms of
#: no page. Needless when ``sphinx/search/__init__.py`` does both.
INDEX_PARTS = ("_mapping", "_title_mapping", "_titles", "_index_entries")


def forget_image_names(env: BuildEnvironment) -> None:
    """Empty the names of copied images, to give them anew (``sphinx/util/__init__.py``, `FilenameUniqDict`).

    It numbers equal names in order of reading. Needless when it names by path or content, as `DownloadFiles` does.
    """
    env.images.clear()
    env.images._existing.clear()  # noqa: SLF001


def knows_index(indexer: Any) -> bool:
    """Whether *indexer* has all `INDEX_PARTS`."""
    return all(hasattr(indexer, part) for part in INDEX_PARTS)


def index_terms(indexer: Any) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Terms with the pages that have them, of texts and of titles."""
    return indexer._mapping, indexer._title_mapping  # noqa: SLF001


def indexed_pages(indexer: Any) -> list[str]:
    """The pages in the index."""
    return sorted(indexer._titles)  # noqa: SLF001


def index_entries(indexer: Any) -> dict[str, Any]:
    """Entries of the general index in the search index, by page; those of pages that are not written are missing."""
    entries: dict[str, Any] = indexer._index_entries  # noqa: SLF001
    return entries


def load_index(text: str) -> Any:
    """What a ``searchindex.js`` says; raises `ValueError` (`sphinx.search.js_index` is not documented)."""
    return js_index.loads(text)


def viewcode_modules(env: BuildEnvironment) -> Mapping[str, Any]:
    """What ``sphinx.ext.viewcode`` knows of modules (``should_generate_module_page`` asks for times only)."""
    return getattr(env, "_viewcode_modules", None) or {}


def inventories(env: BuildEnvironment) -> Mapping[str, Any]:
    """The inventories of ``sphinx.ext.intersphinx`` by name; no event tells that one has changed."""
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


def sort_index_entries(env: BuildEnvironment) -> None:
    """Sort the entries of the general index by page (``sphinx/domains/index.py``): the first page's category wins."""
    entries = env.domaindata.get("index", {}).get("entries")
    if isinstance(entries, dict):
        ordered = sorted(entries.items())
        entries.clear()
        entries.update(ordered)


def theme_dirs(builder: Builder) -> list[Path]:
    """Folders of the theme and of those that it inherits from, the most general one first (``sphinx/theming.py``)."""
    theme = getattr(builder, "theme", None)
    return [Path(entry) for entry in reversed(theme.get_theme_dirs())] if theme else []


def theme_sidebars(builder: Builder) -> Iterable[str] | None:
    """The theme's own sidebars; None when it does not say."""
    theme = getattr(builder, "theme", None)
    return getattr(theme, "sidebar_templates", None)


def registered_assets(app: Sphinx) -> tuple[list[Path], list[Any]]:
    """Static folders of extensions (Sphinx 9.1), and their style sheets and scripts with attributes."""
    folders = [Path(entry) for entry in getattr(app.registry, "static_dirs", ())]
    return folders, [*app.registry.css_files, *app.registry.js_files]
