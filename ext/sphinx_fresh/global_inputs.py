"""Facts that concern every page: configuration, templates, style sheets and scripts, versions, today's date.

Sphinx compares configuration and templates with ``.buildinfo``. That file is replaced *before* the pages are
written, so a build killed in between leaves pages stale for ever; and it looks at modification times, so a
deleted or an older template is not seen. Contents are compared here instead. See
``StandaloneHTMLBuilder.get_outdated_docs``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import docutils
import sphinx
from sphinx.locale import translators

from .compat import format_date, registered_assets, theme_dirs
from .digest import canonical, digest, digest_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Options that change messages or other builders' output, never a page.
_IRRELEVANT = (
    "nitpick", "linkcheck_", "latex_", "man_", "texinfo_", "gettext_", "suppress_warnings", "applehelp_", "devhelp_",
    "htmlhelp_", "qthelp_", "doctest_", "coverage_", "show_warning_types", "fresh_keep",
)  # fmt: skip
_WITH_TIME = ("%H", "%I", "%M", "%S", "%f", "%p", "%X", "%c")
_TEMPLATE_ENDINGS = ("_t", ".jinja")


def loaded_at_start(app: Sphinx) -> str:
    """Digest of conf.py and of the interface's translations; taken when they are loaded, as they may be saved later."""
    return digest(digest_file(app.confdir / "conf.py"), *_catalogues(app))


def global_inputs(app: Sphinx, start: str) -> str:
    """Digest of all that every page of this builder depends on; *start* is what `loaded_at_start` gave."""
    parts = [app.builder.name, app.builder.format, _versions(app), _configuration(app.config)]
    parts += [start, *sorted(app.tags)]
    if app.builder.format == "html":
        parts += [_last_updated(app.config), *_templates(app), *_assets(app)]
    return digest(*parts)


def static_dirs(app: Sphinx) -> list[Path]:
    """Directories that Sphinx copies ``_static`` from: theme, extensions (Sphinx 9.1) and ``html_static_path``."""
    themes = [Path(entry, "static") for entry in theme_dirs(app.builder)]
    registered, _assets = registered_assets(app)
    return [*themes, *registered, *(Path(app.confdir, entry) for entry in app.config.html_static_path)]


def files_under(directory: Path) -> Iterator[Path]:
    """All files below *directory* in a stable order; the file itself when it is one."""
    if directory.is_file():
        yield directory
    for root, subdirectories, names in os.walk(directory, followlinks=True):
        subdirectories.sort()
        yield from (Path(root, name) for name in sorted(names))


def domain_indices(app: Sphinx) -> list[str]:
    """Names of the domain indices with content: templates link them from every page."""
    wanted = app.config.html_domain_indices
    if not wanted:
        return []
    return [
        name
        for domain in app.env.domains.sorted()
        for index in domain.indices
        if (name := f"{domain.name}-{index.name}") and (wanted is True or name in wanted)
        if index(domain).generate()[0]
    ]


def _versions(app: Sphinx) -> str:
    extensions = sorted(f"{name} {extension.version}" for name, extension in app.extensions.items())
    return digest(sphinx.__display_version__, docutils.__version__, *extensions)


def _configuration(config: Config) -> str:
    values = ((option.name, option.value) for option in config)
    return digest(*sorted(f"{name}={canonical(value)}" for name, value in values if not name.startswith(_IRRELEVANT)))


def _catalogues(app: Sphinx) -> list[str]:
    """Translated texts of the interface, of Sphinx and of extensions; nothing is rewritten when they change."""
    language = app.config.language
    directories = [Path(app.srcdir, entry, language, "LC_MESSAGES") for entry in app.config.locale_dirs]
    names = ["sphinx.js", *sorted({f"{catalogue}.mo" for _namespace, catalogue in translators})]
    return [digest_file(path / name) for path in directories for name in names]


def _last_updated(config: Config) -> str:
    """The date that pages show; a format with the time of day is left alone, or every build would write every page."""
    wanted = config.html_last_updated_fmt
    if wanted is None or any(mark in wanted for mark in _WITH_TIME):
        return ""
    local = not config.html_last_updated_use_utc
    return format_date(wanted or "%b %d, %Y", language=config.language, local_time=local)


def _templates(app: Sphinx) -> Iterator[str]:
    """Templates of the theme and of the project, with what configures a theme."""
    directories = [*theme_dirs(app.builder), *(Path(app.confdir, entry) for entry in app.config.templates_path)]
    endings = {".html", ".xml", ".conf", ".toml", ".jinja"}
    yield from _files(directories, lambda path: "static" not in path.parts and path.suffix in endings)


def _is_asset(path: Path) -> bool:
    name = path.name
    for ending in _TEMPLATE_ENDINGS:
        name = name.removesuffix(ending)
    return name.endswith((".css", ".js", ".mjs"))


def _assets(app: Sphinx) -> Iterator[str]:
    """Style sheets and scripts: pages name them with a checksum of the content (``?v=``)."""
    yield from _files(static_dirs(app), _is_asset)
    _folders, assets = registered_assets(app)
    yield from map(canonical, assets)


def _files(directories: Iterable[Path], wanted: Callable[[Path], bool]) -> Iterator[str]:
    for number, directory in enumerate(directories):
        for path in files_under(directory):
            if wanted(path):
                name = path.relative_to(directory).as_posix() if path != directory else path.name
                yield f"{number} {name} {digest_file(path)}"
