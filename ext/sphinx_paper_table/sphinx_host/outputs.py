"""Files at permanent addresses of the site, beside its pages."""

from __future__ import annotations

from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util import logging

from sphinx_paper_table.bibliography.public_fields import OPTION as PUBLIC_FIELDS
from sphinx_paper_table.citations import citations_of, library_of
from sphinx_paper_table.exports.addresses import FORMS, PAPERS, results_address
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.sphinx_host.domain import locations, paper_domain
from sphinx_paper_table.sphinx_host.export_cache import ExportRecord, digest_of
from sphinx_paper_table.sphinx_host.other_sites import remote_paper, remote_targets
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.store import Cache, installed_versions, write_atomically, write_if_new
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.status_lines import statuses_of_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.citations import ReferenceLocation
    from sphinx_paper_table.exports.edits import Edit
    from sphinx_paper_table.sphinx_host.domain import Target

logger = logging.getLogger(__name__)

_REFERENCES: Final = "exported-references.pickle"
_AFTER_FRESH = 950
"""`sphinx_fresh` (900) removes what a project no longer copies to its site, and that may have had one of our names."""


class FileSource(NamedTuple):
    """Further files of a site, which a feature brings.

    *files* returns address to text, with that at *announced_by* first if there are any; *former* returns the addresses
    that go with an earlier text of that one. *state* is what the files depend on besides the sources of all exports;
    equal states have an equal `repr`.
    """

    announced_by: str
    state: Callable[[Sphinx], object]
    files: Callable[[Sphinx, Site], dict[str, str]]
    former: Callable[[str], set[str]]
    edited: Callable[[Sphinx, Site, Edit, Callable[[str], str]], dict[str, str] | None] | None = None
    """Returns what has changed in the files after an edit of which other surveys see nothing, or None where all is to
    be made; its last argument reads one of them."""


_SOURCES: Final[list[FileSource]] = []


def register_files(source: FileSource) -> None:
    """Let sites have the files of *source* too."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def write_outputs(app: Sphinx, exception: Exception | None) -> None:
    """Write every export; a file that is right already is left alone.

    What comes and goes with surveys is removed first and announced by `PAPERS` first, so that a build that is killed
    in between leaves nothing that the next one does not know.
    """
    if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder) or app.builder.name == "epub":
        return
    record = ExportRecord(Path(app.doctreedir) / f"exports-{app.builder.name}.json", Path(app.outdir))
    state = repr((_site_state(app), [source.state(app) for source in _SOURCES]))
    inputs = digest_of(session_of(app.env).sources, state)
    if record.current(inputs) is not None:
        return
    site = _site(app, app.builder)
    if not _write_edited(app, site, (state, inputs), record):
        _write(app, site, inputs, record)


def _write_edited(app: Sphinx, site: Site, now: tuple[str, str], record: ExportRecord) -> bool:
    """Write what is another text after an edit of few surveys and entries; return whether that was enough.

    *now* is the state of the site and the digest of the sources. The files are those of the records before the edit.
    """
    session, (state, inputs) = session_of(app.env), now
    known = session.known
    if known is None or not (known.changed or known.entries):
        return False
    before = known.before
    former = digest_of(session.sources_of(before.contents, before.bibliography), state)
    left = record.current(former)
    if left is None:
        return False
    from sphinx_paper_table.exports.edits import Edit, edited_files  # noqa: PLC0415 (as below)
    from sphinx_paper_table.exports.files import of_references  # noqa: PLC0415 (as below)

    outdir, entries = Path(app.outdir), library_of(app.env).entries.entries
    edit = Edit(known.former(), known.catalogue, known.changed, known.entries)

    def read(address: str) -> str:
        return _text(outdir / address)

    files = edited_files(edit, entries, site, lambda address: _read(outdir / address) or b"")
    if files is None:
        return False
    made: dict[str, str] = {}
    for source in _SOURCES:
        texts = source.edited(app, site, edit, read) if source.edited else None
        if texts is None:
            texts = source.files(app, site)
            if not source.former(read(source.announced_by)) <= texts.keys():
                return False
        made |= texts
    if not files.keys() | made.keys() <= set(left):
        return False
    _write_contents(outdir, files)
    _write_contents(outdir, {address: text.encode() for address, text in made.items()})
    states = statuses_of_references(edit.now)
    references, present = (of_references(digest, states) for digest in (before.bibliography, session.bibliography))
    names = {former: inputs, digest_of(former): digest_of(inputs), digest_of(references): digest_of(present)}
    record.save(record.renamed(names))
    return True


def _write(app: Sphinx, site: Site, inputs: str, record: ExportRecord) -> None:
    """Write what is not right already, file by file; of a part that is current, nothing is made.

    The record keeps all files under *inputs* too, so that a build after which nothing has changed asks for no part.
    """
    from sphinx_paper_table.exports.files import (  # noqa: PLC0415 (most builds write none)
        MadeTexts,
        export_parts,
        former_files,
    )

    outdir, library = Path(app.outdir), library_of(app.env).entries
    kept, catalogue = _kept_texts(app), session_of(app.env).catalogue
    references = MadeTexts(library.bibliography.contents, lambda: kept.load(0) or {})
    parts = export_parts(catalogue, library.entries, site, (inputs, library.digest), references)
    former = former_files(_text(outdir / PAPERS))
    makers: dict[str, Callable[[], Iterable[str]]] = {}
    known: dict[str, list[str]] = {}
    for part in parts:
        files = record.current(digest := digest_of(part.inputs))
        if files is None:
            makers |= (found := part.make())
            files = list(found)
        known[digest] = files
    made: dict[str, str] = {}
    for source in _SOURCES:
        made |= (texts := source.files(app, site))
        known.setdefault(inputs, []).extend(texts)
        former |= source.former(_text(outdir / source.announced_by))
    known[inputs] = list(chain(*known.values()))
    for address in former.difference(known[inputs]):
        (outdir / address).unlink(missing_ok=True)
    for address, make in makers.items():
        write_if_new(outdir / address, map(str.encode, make()))
    _write_contents(outdir, {address: text.encode() for address, text in made.items()})
    record.save(known)
    if references.is_new:
        kept.save(references.used)


def _write_contents(outdir: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files at their addresses; one that is right already stays as it is."""
    for address, content in contents.items():
        if _read(outdir / address) != content:
            write_atomically(outdir / address, content)


def _kept_texts(app: Sphinx) -> Cache:
    """Return the place of what was made of single entries, whose digests do not know which fields are public."""
    public = sorted(map(str, app.config[PUBLIC_FIELDS]))
    return Cache(Path(app.doctreedir) / _REFERENCES, digest_of(*public, *installed_versions()), logger.info)


def data_files(benchmark: str) -> list[tuple[str, str]]:
    """Return (form, address relative to the site's base) of the files with the results on a benchmark."""
    return [(form.upper(), results_address(benchmark, form)) for form in FORMS]


def _text(path: Path) -> str:
    return (_read(path) or b"").decode("utf-8", "replace")


def _site_state(app: Sphinx) -> object:
    """Return what `_site` follows from besides options and the keys in BibTeX files."""
    return paper_domain(app.env).places(), citations_of(app.env).places, _elsewhere(app)


def _elsewhere(app: Sphinx) -> dict[str, tuple[str | None, str | None]]:
    """Return the names and addresses of the papers on other sites that records name."""
    found = {str(target): remote_paper(app.env, target) for target in remote_targets(app.env)}
    return {name: (one.name, one.uri) for name, one in found.items() if one and is_web_address(one.uri)}


def _site(app: Sphinx, builder: StandaloneHTMLBuilder) -> Site:
    base = app.config.html_baseurl
    return Site(app.config.language, base and f"{base.rstrip('/')}/", _Places(app.env, builder), _elsewhere(app))


class _Places:
    """Where the pages of a build show things, looked for when a file asks: after an edit few do."""

    def __init__(self, env: BuildEnvironment, builder: StandaloneHTMLBuilder) -> None:
        self._locations, self._citations = locations(env), citations_of(env)
        self._page = cache(partial(_page, builder))

    def get(self, named: tuple[str, str], /) -> tuple[str, str] | None:
        kind, name = named
        if kind == "reference":
            target: ReferenceLocation | Target | None = self._citations.target(name)
        else:
            target = self._locations.get(("method" if kind == "paper" else kind, name))
        return target and (self._page(target.docname), target.anchor)


def _page(builder: StandaloneHTMLBuilder, docname: str) -> str:
    if isinstance(builder, SingleFileHTMLBuilder):
        return f"{builder.config.root_doc}{builder.out_suffix}"
    return builder.get_target_uri(docname)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def setup_outputs(app: Sphinx) -> None:
    """Connect."""
    app.connect("build-finished", write_outputs, priority=_AFTER_FRESH)
