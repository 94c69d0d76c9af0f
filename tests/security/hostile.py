"""Projects whose every field is hostile, made from the payloads and from what the records declare of themselves.

A survey for each payload: its texts, a group within a group, a paper with the payload in each text, one with it in
every other field, a paper with it as its id, and a place for another survey's paper. So it is for each entry of the
BibTeX file, each term of the vocabulary, each message of a catalogue of translations and each line of another project's
inventory.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from itertools import cycle, zip_longest
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_origin
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from sphinx_paper_table.bibliography.entry_types import REQUIRED
from sphinx_paper_table.bibliography.entry_types import STAND_INS as TYPES
from sphinx_paper_table.cards.layouts import BUILT_IN
from sphinx_paper_table.survey.entities import (
    Benchmark,
    Group,
    Paper,
    Placement,
    Record,
    RelationType,
    Survey,
    TagTerm,
    Venue,
)
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.introspection import hints, parts, records_in, required

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECRET: Final = "canary-5d1f0c2b9e"  # noqa: S105 (no password)
"""What the files outside the source directory say."""
MAPPED: Final = "https://mapped.example/"
"""The host of the inventory: pages may ask it for previews, and it answers with scripts."""
CONF: Final = f"""
project = "Hostile"
version = "1"
copyright = "2026, nobody"
extensions = ["sphinx_paper_table", "myst_parser", "sphinx.ext.intersphinx"]
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist", "attrs_inline", "substitution", "html_image"]
myst_substitutions = {{"x": "y"}}
intersphinx_mapping = {{"evil": ("{MAPPED}", "evil.inv")}}
bibtex_bibfiles = ["refs.bib"]
locale_dirs = ["locale"]
gettext_compact = False
exclude_patterns = ["*.txt"]
html_baseurl = "https://site.example/"
paper_table_feed = 20
latex_engine = "xelatex"
mathjax_path = "none.js"
"""
_BIBTEX_FIELDS: Final = (
    *("author", "editor", "title", "subtitle", "journal", "booktitle", "series", "venue", "year", "month", "volume"),
    *("number", "pages", "chapter", "publisher", "school", "institution", "organization", "address", "edition"),
    *("howpublished", "note", "annote", "key", "type", "url", "doi", "eprint", "archiveprefix", "primaryclass"),
    *("isbn", "issn", "date", "keywords", "abstract", "language", "file", "crossref", "ids", "unknownfield"),
)

FEW: Final = """# Few

```{paper-table} few
:filter: on
```

```{paper-index} few
```

```{paper-lineage} few
```

```{paper-compare}
```

```{paper-results} bench
```

```{bibliography}
:all:
```

```{toctree}
:hidden:

self
```
"""
"""A small page with everything that reads its address, to be opened many times."""
PARAMETERS: Final = ("q", "m", "tag", "sort", "order", "highlight", "fragment")
"""What scripts read of an address: names in its query, and what stands behind it."""
DRAWN: Final = 6
"""Lineages of each kind, in both projects together."""
SEARCHED: Final = 6
"""Payloads in one query at most; each kind has two queries, one for each theme."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One attack and its name, `KIND-NUMBER`, which is an id."""

    name: str
    text: str

    @property
    def kind(self) -> str:
        """Return what it attacks, or by which means."""
        return self.name.rpartition("-")[0]


def share(number: int, of: int) -> tuple[Payload, ...]:
    """Return one of the parts of the payloads; each has some of every kind, and the last has all for TeX."""
    kinds = _by_kind().values()
    last = number == of - 1
    return tuple(it for kind in kinds for at, it in enumerate(kind) if at % of == number or (last and it.kind == "tex"))


_outside: list[str] = ["/nowhere"]
"""The directory with the secret files, once there is one."""


def payloads() -> tuple[Payload, ...]:
    """Return all payloads."""
    return _payloads(_outside[-1])


@cache
def _payloads(outside: str) -> tuple[Payload, ...]:
    kinds = yaml.safe_load(Path(__file__).with_name("payloads.yaml").read_text("utf-8"))
    return tuple(
        Payload(f"{kind}-{number}", text.replace("@OUT@", outside))
        for kind, texts in kinds.items()
        for number, text in enumerate(texts)
    )


def _markup(hint: Any) -> Markup | None:
    return next((part for part in parts(hint) if isinstance(part, Markup)), None)


def _is_url(hint: Any) -> bool:
    extras = (getattr(part, "json_schema_extra", None) for part in parts(hint))
    return any(isinstance(extra, dict) and str(extra.get("pattern", "")).startswith("^https?") for extra in extras)


def _is_list(hint: Any) -> bool:
    return any(get_origin(part) is tuple for part in parts(hint))


def text_fields(kind: type[Record]) -> list[str]:
    """Return the fields of *kind* that hold texts, as the records declare them."""
    return [name for name, hint in hints(kind).items() if _markup(hint) and not records_in(hint)]


class Writer:
    """Writes the records of one payload."""

    def __init__(self, payload: Payload, *, wild: bool = False) -> None:
        self.payload = payload
        self.wild = wild
        name = payload.name
        self.valid: dict[str, Any] = {
            "id": name,
            "to": f"clean-{name}",
            "ref": f"clean-{name}",
            "benchmark": f"bench-{name}",
            "value": "1.5",
            "source": f"cite-{name}",
            "cite": [f"cite-{name}"],
            "tags": [f"tag-{name}"],
            "date": "2021",
        }

    def record(self, kind: type[Record], **given: Any) -> dict[str, Any]:
        """Return a record with the payload in each text, or, when wild, in each other field that may be left out."""
        found = {name: self._value(kind, name, hint) for name, hint in hints(kind).items()}
        return {name: value for name, value in {**found, **given}.items() if value is not None}

    def _value(self, kind: type[Record], name: str, hint: Any) -> Any:
        if inner := records_in(hint):
            return None if inner[0] in {Paper, Group} or name == "benchmarks" else self._records(name, hint, inner[0])
        is_text = bool(_markup(hint))
        if required(kind, name):
            return self.payload.text if is_text else self.valid.get(name)
        if is_text or self.wild:
            return [self.payload.text] if _is_list(hint) else self.payload.text
        if _is_url(hint):
            return f"https://evil.example/page.html?{self.payload.text}#paper-z"
        return self.valid.get(name)

    def _records(self, name: str, hint: Any, inner: type[Record]) -> Any:
        value = self.record(inner)
        if name == "relations":
            return {f"kind-{self.payload.name}": [value]}
        return [value] if _is_list(hint) else value


def survey(payload: Payload) -> dict[str, Any]:
    """Return the survey of one payload."""
    writer, wild = Writer(payload), Writer(payload, wild=True)
    name, text = payload.name, payload.text
    papers = [
        writer.record(Paper),
        wild.record(Paper, id=f"{name}-wild", relations={text: [text]}),
        {"id": text, "name": "Id"},
        {"id": f"{name}-plain", "name": "Plain", "summary": f"Before {text} after."},
        writer.record(Placement),
    ]
    inner = writer.record(Group, id="inner", papers=[{"id": f"{name}-inner", "name": "Inner"}])
    group = writer.record(Group, id="outer", papers=papers, groups=[inner])
    return writer.record(Survey, survey=name, groups=[group, {"id": text, "title": "Id", "papers": []}])


def vocabulary(attacks: Sequence[Payload]) -> dict[str, Any]:
    """Return terms that say every payload of *attacks*."""
    found: dict[str, dict[str, Any]] = {"tags": {}, "benchmarks": {}, "relations": {}, "venues": {}}
    for payload in attacks:
        writer = Writer(payload)
        found["tags"] |= {f"tag-{payload.name}": writer.record(TagTerm), payload.text: writer.record(TagTerm)}
        found["benchmarks"][f"bench-{payload.name}"] = writer.record(Benchmark)
        found["relations"][f"kind-{payload.name}"] = writer.record(RelationType)
        found["venues"][f"venue-{payload.name}"] = writer.record(Venue)
    return {"vocabulary": "hostile", **found}


def bibtex(attacks: Sequence[Payload]) -> Iterator[str]:
    """Yield an entry for each payload, its braces balanced as BibTeX asks; the types take turns."""
    types = cycle(sorted(TYPES | REQUIRED.keys()))
    for payload in attacks:
        text = payload.text if _is_balanced(payload.text) else payload.text.replace("{", "").replace("}", "")
        rows = [f"  {name} = {{{text}}}," for name in _BIBTEX_FIELDS]
        yield "\n".join([f"@{next(types)}{{cite-{payload.name},", *rows, "}", ""])
        yield f"@misc{{{text},\n  author = {{A, B}},\n  title = {{T}},\n  year = 2000,\n}}\n"
        yield f'@misc{{short-{payload.name}, author = {{A, B and {text}}}, title = {{{text}}}, year = "2000"}}\n'


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def inventory(attacks: Sequence[Payload]) -> bytes:
    """Return an inventory, in its second format, whose names, addresses and labels are payloads."""
    lines = []
    for payload in attacks:
        text = payload.text
        for kind in ("std:label", "paper:method", "cite:citation"):
            lines += [f"far-{payload.name} {kind} -1 page.html#paper-z {text}", f"{text} {kind} -1 {text} {text}"]
        lines.append(f"link-{payload.name} std:label -1 {text} Link")
    head = "# Sphinx inventory version 2\n# Project: <script>hit(1)</script>\n# Version: \n# compressed with zlib.\n"
    return head.encode() + zlib.compress("\n".join(lines).encode("utf-8"))


def translated(attacks: Sequence[Payload]) -> tuple[dict[str, Any], Catalog]:
    """Return a survey of plain words, and the catalogue that translates each into a payload."""
    catalog, papers = Catalog(locale="zh_CN"), []
    for payload in attacks:
        plain = Payload(payload.name, f"Words {payload.name}")
        record = Writer(plain).record(Paper, id=f"{payload.name}-translated", links=None, videos=None)
        catalog.add(plain.text, payload.text)
        papers.append({name: value for name, value in record.items() if value is not None})
    return {"survey": "translated", "title": "Translated", "papers": papers}, catalog


def pages(attacks: Sequence[Payload]) -> Iterator[tuple[str, str]]:
    """Yield the pages: tables in all layouts, a kind of payload each, and one page for each other component."""
    kinds = dict.fromkeys(payload.kind for payload in attacks)
    for kind in kinds:
        tables = [
            f"```{{paper-table}} {payload.name}\n:layout: {layout}\n```\n"
            for payload, layout in zip(attacks, cycle(layout.name for layout in BUILT_IN), strict=False)
            if payload.kind == kind
        ]
        yield f"{kind}.md", "\n".join([f"# Kind {kind}\n", *tables])
    names = " ".join(payload.name for payload in attacks)
    far = "\n".join(f"- {{ref}}`far-{it.name}`, {{ref}}`link-{it.name}`, {{paper}}`far-{it.name}`" for it in attacks)
    cited = "\n".join(f"- {{cite}}`far-{it.name}` {{cite:t}}`cite-{it.name}`" for it in attacks)
    yield "clean.md", "# Clean\n\n```{paper-table} clean\n```\n"
    yield "translated.md", "# Translated\n\n```{paper-table} translated\n:layout: cards\n```\n"
    yield "names.md", "# Names\n\n```{paper-index}\n```\n"
    yield "compare.md", "# Compare\n\n```{paper-compare}\n```\n"
    drawn = [payload for payload in attacks if int(payload.name.rpartition("-")[2]) < DRAWN]  # they are dear to read
    lineages = "\n".join(f"```{{paper-lineage}} {payload.name}\n```" for payload in drawn)
    yield "map.md", f"# Map\n\n{lineages}\n"
    yield "results.md", "# Results\n\n```{paper-results}\n```\n"
    yield "all.md", "# Overview\n\n```{survey-cards} " + names + "\n```\n"
    about = ("survey-header", "survey-sources")
    sources = "\n".join(f"```{{{kind}}} {payload.name}\n```" for payload in attacks for kind in about)
    yield "sources.md", f"# Sources\n\n{sources}\n"
    yield "drawn.md", "# Drawn\n\n```{paper-figure} drawn.svg\n:alt: Boxes.\n```\n"
    yield "far.md", f"# Far\n\n{far}\n\n{cited}\n"
    yield "raw.md", '# Raw\n\n<article id="../../../escaped" data-paper="x" data-search="x">x</article>\n'
    yield "references.md", "# References\n\n```{bibliography}\n:all:\n```\n"
    others = ["clean", "translated", "names", "compare", "map", "results", "all", "far", "raw", "references"]
    others += ["sources", "drawn"]
    yield "index.md", "# Start\n\n```{toctree}\n" + "\n".join([*kinds, *others]) + "\n```\n"


def drawing(attacks: Sequence[Payload]) -> str:
    """Return a drawing with each payload that XML can hold as a label, in every attribute, and as a class."""
    shapes = []
    for payload in attacks:
        text = "".join(letter for letter in payload.text if letter in "\t\n" or letter >= " ")
        text = text.replace("\ufffe", "").replace("\uffff", "").encode("utf-8", "ignore").decode("utf-8")
        value = quoteattr(text)
        shapes.append(f"<text class={value} x={value} d={value} transform={value} onload={value}>{escape(text)}</text>")
    active = (
        "<script>hit(1)</script><a href='javascript:hit(1)'><text>x</text></a><image href='https://evil.example/'/>"
    )
    active += '<foreignObject><p onclick="hit(1)">x</p></foreignObject>'
    return f'<svg viewBox="0 0 9 9">{active}{"".join(shapes)}</svg>'


def _dump(data: object) -> str:
    """Return YAML in which control characters are escaped."""
    return yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, width=10**6)


def attack_from(place: Path) -> None:
    """Let the payloads name the secret files below *place*, where the project is written."""
    _outside.append(str(place / "outside"))


def write_secrets(place: Path) -> Path:
    """Write what nobody may read below *place*, and return the directory for projects, which is among it."""
    outside = place / "outside"
    outside.mkdir(parents=True)
    for name in ("secret.txt", "secret.csv", "secret.png", "secret.py", "secret.md", "secret.bib"):
        (outside / name).write_text(f"{SECRET}, {name}\n", "utf-8")
    (outside / "secret.yaml").write_text(f"survey: secret\ntitle: {SECRET}\npapers: [{{id: secret, name: {SECRET}}}]\n")
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / "more.yaml").write_text(
        f"survey: more\ntitle: {SECRET}\npapers: [{{id: m, name: {SECRET}}}]\n"
    )
    attack_from(place)
    return outside


def write_project(outside: Path, name: str, attacks: Sequence[Payload]) -> Path:
    """Write a project of *attacks* where the secrets are; return its source directory."""
    source = outside / name
    (source / "surveys").mkdir(parents=True)
    for suffix in ("txt", "csv", "png", "yaml"):
        (source / f"linked.{suffix}").symlink_to(outside / f"secret.{suffix}")
    (source / "surveys" / "linked.yaml").symlink_to(outside / "secret.yaml")
    (source / "surveys" / "linked").symlink_to(outside.parent / "elsewhere", target_is_directory=True)
    translations, catalog = translated(attacks)
    papers = [{"id": f"clean-{payload.name}", "name": "Clean"} for payload in attacks]
    clean = {"survey": "clean", "title": "Clean", "papers": papers}
    files = {
        "conf.py": CONF,
        "refs.bib": "".join(bibtex(attacks)),
        "surveys/clean.yaml": _dump(clean),
        "surveys/translated.yaml": _dump(translations),
        "surveys/vocabulary.yaml": _dump(vocabulary(attacks)),
        **{f"surveys/of/{payload.name}.yaml": _dump(survey(payload)) for payload in attacks},
        "drawn.svg": drawing(attacks),
        **dict(pages(attacks)),
    }
    _write(source, files)
    (source / "evil.inv").write_bytes(inventory(attacks))
    messages = source / "locale/zh_CN/LC_MESSAGES/records/surveys"
    messages.mkdir(parents=True)
    with (messages / "translated.po").open("wb") as stream:
        write_po(stream, catalog)
    return source


def write_few(source: Path) -> Path:
    """Write a small project without a payload, whose pages are opened at hostile addresses."""
    number = {"benchmark": "bench", "value": "1.5"}
    later = {"id": "g", "name": "G", "date": "2021", "cite": "a", "relations": {"extends": ["f"]}, "results": [number]}
    papers = [{"id": "f", "name": "F", "date": "2020", "tags": ["t"], "results": [number]}, later]
    terms = {"tags": {"t": {"name": "T"}}, "benchmarks": {"bench": {"name": "B", "dataset": "D", "metric": "M"}}}
    files = {
        "conf.py": CONF.replace(f'"evil": ("{MAPPED}", "evil.inv")', ""),
        "refs.bib": "@misc{a, author = {A, B}, title = {T}, year = 2000}\n",
        "surveys/few.yaml": _dump({"survey": "few", "title": "Few", "papers": papers}),
        "surveys/vocabulary.yaml": _dump({"vocabulary": "few", **terms}),
        "index.md": FEW,
    }
    return _write(source, files)


def _write(source: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return source


def columns() -> dict[str, list[Payload]]:
    """Return which payloads each parameter of an address is given: every payload one of them, every kind all."""
    found: dict[str, list[Payload]] = {name: [] for name in PARAMETERS}
    for kind in _by_kind().values():
        for number in range(max(len(kind), len(PARAMETERS))):
            found[PARAMETERS[number % len(PARAMETERS)]].append(kind[number % len(kind)])
    return found


def addresses() -> list[str]:
    """Return what stands behind the names of pages: with a payload in each parameter."""
    found = []
    for row in zip_longest(*columns().values()):
        values = {name: quote(it.text if it else "x", safe="") for name, it in zip(PARAMETERS, row, strict=True)}
        fragment = values.pop("fragment")
        found.append("?" + "&".join(f"{name}={value}" for name, value in values.items()) + f"#{fragment}")
    return found


def searched() -> list[list[Payload]]:
    """Return what is looked for: a few payloads of a kind at a time."""
    found = []
    for kind in _by_kind().values():
        parts = 2 * ceil(len(kind) / SEARCHED / 2)  # an even number of them: themes take turns
        found += [kind[at::parts] for at in range(parts)]
    return found


def query(batch: Sequence[Payload]) -> str:
    """Return the address's query that looks for all of *batch*."""
    text = quote(" ".join(payload.text for payload in batch), safe="")
    return f"?q={text}&highlight={text}"


def whole_addresses() -> list[str]:
    """Return the payloads that are such an end of an address themselves."""
    return [payload.text for payload in _by_kind()["addresses"]]


def _by_kind() -> dict[str, list[Payload]]:
    found: dict[str, list[Payload]] = {}
    for payload in payloads():
        found.setdefault(payload.kind, []).append(payload)
    return found
