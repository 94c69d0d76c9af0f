"""Which files of an output directory a build accounts for, by what they come from.

Only what Sphinx itself writes is listed here. A file that no list names is never touched.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.builders.text import TextBuilder
from sphinx.builders.xml import XMLBuilder

from .compat import Matcher
from .global_inputs import files_under, static_dirs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_TEMPLATE_ENDINGS = ("_t", ".jinja")


def writes_pages(builder: Builder) -> bool:
    """Whether *builder* writes one file a page, and only those out of date.

    The others (single HTML, LaTeX, man, texinfo, gettext, linkcheck) write everything at every build.
    """
    if isinstance(builder, SingleFileHTMLBuilder):
        return False
    return isinstance(builder, StandaloneHTMLBuilder | TextBuilder | XMLBuilder)


def page_outputs(builder: Builder, docname: str, source: str = "") -> list[str]:
    """Files that *builder* writes for the page *docname*; *source* is needed for one that is gone."""
    if not isinstance(builder, StandaloneHTMLBuilder):
        return [f"{docname}{builder.out_suffix}"] if hasattr(builder, "out_suffix") else []
    outputs = [_relative(builder, builder.get_output_path(docname))]
    if builder.copysource and builder.config.html_copy_source:
        suffix = (source or str(builder.env.doc2path(docname, base=False)))[len(docname) :]
        extra = builder.config.html_sourcelink_suffix
        outputs.append(f"_sources/{docname}{suffix}{extra if suffix != extra else ''}")
    return outputs


def page_images(builder: Builder, doctree: nodes.document) -> list[str]:
    """Images that *builder* copies for a page: its choice is that of `Builder.post_process_images`."""
    if not isinstance(builder, StandaloneHTMLBuilder):
        return []
    chosen = (_chosen_image(builder, node) for node in doctree.findall(nodes.image))
    known = builder.env.images
    return sorted({f"{builder.imagedir}/{known[uri][1]}" for uri in chosen if uri in known})


def other_page(builder: Builder, pagename: str) -> str:
    """File of a page that is no document (an index, the search page, one of an extension)."""
    return _relative(builder, cast("StandaloneHTMLBuilder", builder).get_output_path(pagename))


def copied_files(app: Sphinx) -> set[str]:
    """Files copied from static directories, ``html_extra_path`` and downloads, and those made of the configuration."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return set()
    static = {f"_static/{name}" for path in static_dirs(app) for name in _copied_names(app, path, static=True)}
    extra = {
        name
        for entry in app.config.html_extra_path
        for name in _copied_names(app, Path(app.confdir, entry), static=False)
    }
    downloads = {f"_downloads/{Path(name).as_posix()}" for _docs, name in app.env.dlfiles.values()}
    return static | extra | downloads | set(_generated_files(app.builder))


def _generated_files(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    yield "_static/pygments.css"
    if builder.dark_highlighter is not None:
        yield "_static/pygments_dark.css"
    for name in (builder.config.html_logo, builder.config.html_favicon):
        if name and "://" not in name:
            yield f"_static/{os.path.basename(name)}"  # noqa: PTH119
    if builder.config.language != "en":
        yield "_static/translations.js"
    if builder.config.html_use_opensearch:
        yield "_static/opensearch.xml"
    yield from (f"_static/{name}" for name in _stemmers(builder))


def _stemmers(builder: StandaloneHTMLBuilder) -> Iterable[str]:
    """Scripts of the search language; known once the index is prepared, which is when files are removed."""
    indexer = getattr(builder, "indexer", None)
    return [Path(path).name for path in indexer.get_js_stemmer_rawcodes()] if indexer else []


def _chosen_image(builder: Builder, node: nodes.image) -> str:
    candidates: dict[str, str] = node.get("candidates", {})
    if "?" in candidates:
        return ""
    if "*" in candidates:
        return str(node["uri"])
    supported = (candidates.get(kind) for kind in builder.supported_image_types)
    return next((uri for uri in supported if uri), "")


def _copied_names(app: Sphinx, directory: Path, *, static: bool) -> Iterator[str]:
    """Names that `copy_asset` gives the files of *directory*; the excluded ones are no loss: nobody wrote them."""
    hidden = ["**/.*"] if static else []
    excluded = Matcher([*app.config.exclude_patterns, *hidden])
    for path in files_under(directory):
        name = path.name if path == directory else path.relative_to(directory).as_posix()
        if not excluded(name):
            yield _without_ending(name) if static else name


def _without_ending(name: str) -> str:
    ending = next((ending for ending in _TEMPLATE_ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)]


def _relative(builder: Builder, path: str | os.PathLike[str]) -> str:
    return Path(path).relative_to(builder.outdir).as_posix()
