"""Sites made with al-folio, or with jekyll-scholar otherwise: ``_bibliography/*.bib`` with the theme's private fields.

Groups are the headings of the pages that list the bibliography, where there are several, else the years. Private fields
(https://github.com/alshedivat/al-folio, "Managing publications") become what a record has for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.bibliography.tex import clean_address, readable
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.collection import Collection, Group, Leftover, Work
from sphinx_paper_table.importing.formats import bibtex
from sphinx_paper_table.importing.formats.al_folio.pages import Listing, listings
from sphinx_paper_table.importing.free_text.list_works import video_of
from sphinx_paper_table.importing.free_text.told_facts import venue_in
from sphinx_paper_table.importing.sources import ReadOptions, SourceFile
from sphinx_paper_table.reading.yaml_tree import parse_yaml
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.located import Position
from sphinx_paper_table.survey.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_paper_table.survey.references import BibtexEntry

_FOLDER: Final = "_bibliography"
_FRONT_MATTER: Final = re.compile(r"\A\s{0,20}---[ \t]{0,9}\n(?:[^\n]{0,200}\n){0,20}?---[ \t]{0,9}\n")
_LINKS: Final = {"code": "code", "website": "project", "slides": "slides", "poster": "slides", "blog": "blog"}
_SETTINGS: Final = frozenset(
    {"bibtex_show", "altmetric", "dimensions", "google_scholar_id", "inspirehep_id", "show_website", "show_code"}
)
"""What the theme shows of an entry, and how."""
_PRIVATE: Final = frozenset(
    {*_LINKS, *_SETTINGS, "abbr", "arxiv", "award", "award_name", "html", "pdf", "preview", "selected", "supp", "video"}
)
_MARKS: Final = re.compile(
    r"[*\u2217†‡§¶‖]|\$?\^\{?\\?(?:ast|dagger|ddagger|star|S)\}?\$?"
    r"|\\textsuperscript\{[*\u2217†‡§¶‖,]{1,5}\}"
)
"""What equal authors and the like are marked with, which the theme prints raised."""
_MOST_FILES: Final = 200
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_TRUE: Final = frozenset({"true", "yes", "1"})


@dataclass(slots=True)
class _Site:
    works: dict[str, list[Work]] = field(default_factory=dict)
    """By the name of their file, without its ending."""
    references: list[Work] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)

    def all_works(self) -> Iterator[Work]:
        for works in self.works.values():
            yield from works


def recognises(source: SourceFile) -> bool:
    """Return whether this is a site with a bibliography, or a file of one."""
    if source.path.is_dir():
        return (source.path / _FOLDER).is_dir() or source.path.name == _FOLDER
    is_there = source.path.parent.name == _FOLDER or _FRONT_MATTER.match(source.text) is not None
    return source.suffix == ".bib" and is_there


def read(source: SourceFile, options: ReadOptions) -> Collection:
    """Return the works of a site by the headings of its pages or by years; raises `EditError` where it has none."""
    site = _Site()
    pages: list[Listing] = []
    title = ""
    if source.path.is_dir():
        config = _configuration(source)
        title = _title(config)
        pages = listings(source)
        _read_files(site, source, config, pages)
    else:
        _read_file(site, source, source.path.stem)
    works = list(site.all_works())
    grouping = options.groups or _usual(pages, works, site)
    groups, above = _grouped(grouping, works, pages, site)
    return Collection(
        title=title,
        works=above,
        groups=groups,
        references=tuple(site.references),
        leftovers=tuple(site.leftovers),
    )


def _grouped(
    grouping: str, works: list[Work], pages: list[Listing], site: _Site
) -> tuple[tuple[Group, ...], tuple[Work, ...]]:
    if grouping == "none":
        return (), tuple(works)
    if grouping == "keywords":
        return bibtex.by_keyword(works)
    groups, above = _by_pages(pages, site) if grouping == "pages" else _by_year(works)
    return tuple(groups), tuple(above)


def _configuration(source: SourceFile) -> Mapping[str, Any]:
    found = source.beside("_config.yml")
    tree = parse_yaml(found.text, found.name, Problems()) if found is not None else None
    return tree if isinstance(tree, dict) else {}


def _title(config: Mapping[str, Any]) -> str:
    said = str(config.get("title") or "").strip()
    name = " ".join(str(config.get(key) or "").strip() for key in ("first_name", "middle_name", "last_name"))
    return said if said and said != "blank" else " ".join(name.split())


def _read_files(site: _Site, source: SourceFile, config: Mapping[str, Any], pages: Iterable[Listing]) -> None:
    """Read the bibliographies that the settings and the pages name; all of them where these name none."""
    scholar = config.get("scholar")
    named = {str(scholar.get("bibliography", "")).removesuffix(".bib")} if isinstance(scholar, dict) else set()
    named |= {page.file for page in pages}
    folder = source.path if source.path.name == _FOLDER else source.path / _FOLDER
    prefix = "" if source.path.name == _FOLDER else f"{_FOLDER}/"
    paths = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.bib"))[:_MOST_FILES])
    files = {path.removesuffix(".bib"): path for path in paths}
    wanted = [name for name in files if name in named] or list(files)
    for name, path in files.items():
        place = Position(f"{source.name}/{prefix}{path}", 1, 1)
        try:
            found = source.beside(f"{prefix}{path}") if name in wanted else None
            reason = "a bibliography that no page of the site lists"
        except EditError as error:
            found, reason = None, str(error.args[0])
        if found is not None:
            _read_file(site, found, name)
        else:
            site.leftovers.append(Leftover(place, path, reason))
    if not site.works:
        raise EditError("the site has no bibliography", Position(source.name), f"BibTeX files stand in '{_FOLDER}'")


def _read_file(site: _Site, source: SourceFile, name: str) -> None:
    matter = _FRONT_MATTER.match(source.text)
    text = "\n" * matter[0].count("\n") + source.text[matter.end() :] if matter else source.text
    found = bibtex.read(replace(source, text=text), ReadOptions(groups="none"))
    site.leftovers += found.leftovers
    site.references += found.references
    site.works[name] = [_work(work, site.leftovers) for work in found.works]


def _work(work: Work, leftovers: list[Leftover]) -> Work:
    """Return a work with the theme's private fields in the places that a record has for them."""
    if work.entry is None:
        return work
    fields = {name.lower(): value for name, value in reversed(work.entry.fields)}
    links = dict(work.links)
    record = dict(work.record)
    for name, kind in _LINKS.items():
        address = clean_address(fields.get(name, ""))
        if is_web_address(address) and links.get(kind, address) == address:
            links[kind] = address
        elif address:
            leftovers.append(Leftover(work.position, f"{name} = {{{address}}}", "a file of the site, or a second link"))
    if is_web_address(video := clean_address(fields.get("video", ""))):
        record["videos"] = [{"title": readable(fields.get("title", "")), **video_of(video)}]
    awards = [readable(fields[name]) for name in ("award_name", "award") if fields.get(name)]
    if awards:
        record["points"] = [": ".join(awards)]
    files = [f"{name} = {{{fields[name]}}}" for name in ("preview", "supp") if fields.get(name)]
    leftovers += [Leftover(work.position, file, "a file of the site") for file in files]
    if settings := [f"{name} = {{{fields[name]}}}" for name in sorted(_SETTINGS & fields.keys())]:
        leftovers.append(Leftover(work.position, ", ".join(settings), "settings of the site's theme"))
    tags = (*work.tags, *(["selected"] if fields.get("selected", "").strip().lower() in _TRUE else []))
    entry = _public(work.entry, fields, work.position, leftovers)
    return replace(work, entry=entry, links=links, record=record, tags=tags)


def _public(
    entry: BibtexEntry, fields: Mapping[str, str], position: Position, leftovers: list[Leftover]
) -> BibtexEntry:
    """Return an entry without private fields, with what BibTeX's own can say of them."""
    places = dict(entry.written)
    kept: list[tuple[str, str]] = []
    written: list[tuple[int, str]] = []
    for place, (name, value) in enumerate(entry.fields):
        if name.lower() in _PRIVATE:
            continue
        if place in places:
            written.append((len(kept), places[place]))
        if name.lower() in {"author", "editor"} and (bare := _MARKS.sub("", value)) != value:
            leftovers.append(Leftover(position, value, "marks on names, which are left out"))
            value = bare  # noqa: PLW2901
        kept.append((name, value))
    kept += _told(fields, position, leftovers)
    return replace(entry, fields=tuple(kept), written=tuple(written))


def _told(fields: Mapping[str, str], position: Position, leftovers: list[Leftover]) -> Iterator[tuple[str, str]]:
    """Yield what private fields say that BibTeX has a field for, and the entry does not have yet."""
    arxiv = fields.get("arxiv", "").strip()
    if arxiv and not fields.get("eprint"):
        yield from (("eprint", arxiv), ("archiveprefix", "arXiv"))
    venue = venue_in(readable(fields.get("abbr", "")), is_told=True)
    if venue is not None and venue.name and not any(fields.get(name) for name in ("venue", "journal", "booktitle")):
        yield "venue", readable(fields["abbr"]).replace(venue.year, "").strip()
    address = clean_address(fields.get("url", ""))
    for name in ("html", "pdf"):
        other = clean_address(fields.get(name, ""))
        if is_web_address(other) and not address:
            address = other
            yield "url", other
        elif other and other != address:
            reason = "a further address of the paper" if is_web_address(other) else "a file of the site"
            leftovers.append(Leftover(position, f"{name} = {{{other}}}", reason))


def _usual(pages: Iterable[Listing], works: list[Work], site: _Site) -> str:
    """Return what makes the groups: the pages, where their headings divide most of the works, else the years."""
    headed = [page for page in pages if page.headings]
    if len(headed) > 1 and len(_listed(headed, site)) * 2 >= len(works):
        return "pages"
    return "year"


def _listed(pages: Iterable[Listing], site: _Site) -> set[int]:
    return {id(work) for page in pages for work in _of_page(page, site)}


def _of_page(page: Listing, site: _Site) -> list[Work]:
    named = site.works.get(page.file) if page.file else None
    works = named if named is not None else [] if page.file else list(site.all_works())
    return [work for work in works if work.entry is not None and page.query.holds(work.entry)]


def _by_pages(pages: Iterable[Listing], site: _Site) -> tuple[list[Group], list[Work]]:
    """Return the headings of pages as groups; a work that several list stands in all of these."""
    tree: dict[str, Any] = {}
    placed: set[int] = set()
    for page in pages:
        works = _of_page(page, site) if page.headings else []
        placed |= set(map(id, works))
        node = tree
        for heading in page.headings if works else ():
            node = node.setdefault(heading, {"": []})
        if works:
            node[""] += works
    groups = [_group(name, node) for name, node in tree.items()]
    return groups, [work for work in site.all_works() if id(work) not in placed]


def _group(name: str, node: dict[str, Any]) -> Group:
    works = list(dict.fromkeys(node[""]))
    groups = tuple(_group(inner, other) for inner, other in node.items() if inner)
    return Group(name=name, works=tuple(works), groups=groups)


def _by_year(works: Iterable[Work]) -> tuple[list[Group], list[Work]]:
    """Return the years as groups, the latest first; works without one belong to none."""
    years: dict[str, list[Work]] = {}
    for work in works:
        fields = {name.lower(): value for name, value in work.entry.fields} if work.entry is not None else {}
        found = _YEAR.search(fields.get("year") or fields.get("date") or "")
        years.setdefault(found[0] if found else "", []).append(work)
    above = years.pop("", [])
    groups = [Group(name=year, id=f"year-{year}", works=tuple(years[year])) for year in sorted(years, reverse=True)]
    return groups, above
