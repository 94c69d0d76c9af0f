"""``paper-table stats``: what each survey has, in numbers, and whether it has every method that it should."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_paper_table.cli.arguments import add_source
from sphinx_paper_table.cli.paths import file
from sphinx_paper_table.survey.located import Located, position_of
from sphinx_paper_table.survey.problems import Code, Problems, failing, nearest
from sphinx_paper_table.survey.source_files import read_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterable

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.reading.translations import Domains
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Survey

_RST_CITE = re.compile(r":cite(?::\w+)?:`([^`]+)`")
_FENCE = re.compile(r"`{3,}|:{3,}")
_HEADING = re.compile(r"^#+ ")


class Row(NamedTuple):
    """The numbers of one survey, or of all."""

    name: str
    methods: int
    relations: int
    results: int
    citations: Collection[str]
    words: int
    tasks: int
    """What is to do, as `todo` counts it; translations have columns of their own."""
    domains: tuple[str, ...]


def add_stats(commands: Commands) -> None:
    """Add the command."""
    from sphinx_paper_table.cli.translations import add_translation_inputs

    parser = commands.add_parser(
        "stats",
        description="Count what each survey has, and how much of it is translated.",
        examples=("paper-table stats docs", "paper-table stats docs --methods wanted.yaml"),
    )
    add_source(parser)
    add_translation_inputs(parser)
    parser.add_argument(
        "--methods",
        type=file,
        metavar="FILE",
        help="fail when a method is missing: a YAML or JSON file with lists of ids by SURVEY or SURVEY#GROUP",
    )
    parser.set_defaults(run=_stats)


def _stats(options: argparse.Namespace) -> int:
    from sphinx_paper_table.cli.files import load_source, report
    from sphinx_paper_table.cli.translations import domains_from
    from sphinx_paper_table.reading.todo import Scope, todo
    from sphinx_paper_table.survey.todo_kinds import Kind

    loaded = load_source(options)
    if loaded is None:
        return 1
    problems = Problems()
    domains = domains_from(options, loaded.catalogue)
    scope = Scope(kinds=tuple(kind for kind in Kind if kind is not Kind.TRANSLATION))
    tasks = Counter(task.survey for task in todo(loaded.catalogue, scope))
    surveys = loaded.catalogue.surveys.values()
    rows = [_row(survey, loaded.catalogue, options.source, domains, tasks[survey.survey]) for survey in surveys]
    sys.stdout.write(_table([*rows, _total(rows, domains)], domains, options.locale or options.source / "locale"))
    if options.methods:
        _require(options.methods, loaded.catalogue, problems)
    report(problems.sorted())
    return 1 if failing(loaded.problems) or problems.sorted() else 0


def _prose(text: str) -> str:
    """Return the sentences of a page: no directives, code, formulas of their own or signs of headings."""
    lines, kept, fence = text.splitlines(), [], ""
    closing = Counter(line for line in lines if _FENCE.fullmatch(line))
    for line in lines:
        closing[line] -= line in closing
        if fence:
            fence = "" if line == fence else fence
        elif (opening := _FENCE.match(line)) and closing[opening[0]] > 0:
            fence = opening[0]
        else:
            kept.append(_HEADING.sub("", line, count=1) if line.startswith("#") else line)
    outside = "\n".join(kept).split("$$")
    unpaired = [f"$${outside.pop()}"] if len(outside) % 2 == 0 else []
    return "".join(outside[::2] + unpaired)


def _row(survey: Survey, catalogue: Catalogue, source: Path, domains: Domains, tasks: int) -> Row:
    from sphinx_paper_table.exports.bib_files import keys_of
    from sphinx_paper_table.reading.checks import items_of
    from sphinx_paper_table.reading.translations import domains_of
    from sphinx_paper_table.survey.entities import Paper
    from sphinx_paper_table.survey.fields import Markup
    from sphinx_paper_table.survey.markdown import role_targets
    from sphinx_paper_table.survey.texts import texts

    papers = [item for item in items_of(survey) if isinstance(item, Paper)]
    page = _page(survey, source)
    prose = _prose(page.read_text("utf-8")) if page else ""
    cited = {key.strip() for keys in _RST_CITE.findall(prose) for key in keys.split(",")}
    if page and page.suffix == ".md":
        roles = role_targets(Located(prose), Markup.BLOCK)
        cited = {named.target for named in roles if named.role.startswith("cite")}
    records = tuple(domains_of([survey], source))
    pages = (page.relative_to(source).with_suffix("").as_posix(),) if page else ()
    return Row(
        survey.survey,
        len(papers),
        sum(len(known.get(paper.id, ())) for known in (catalogue.outgoing, catalogue.elsewhere) for paper in papers),
        sum(len(paper.results) for paper in papers),
        (keys_of(survey, catalogue) | {catalogue.former_keys.get(key, key) for key in cited})
        & catalogue.references.keys(),
        sum(len(text.split()) for text, _markup in texts(survey)) + len(prose.split()),
        tasks,
        tuple(name for name in (*records, *pages) if name in domains),
    )


def _page(survey: Survey, source: Path) -> Path | None:
    """Return the page beside a survey's file that has its name: the prose about the survey."""
    path = Path(survey.survey.position.path)
    if not path.is_relative_to(source):
        return None
    return next((page for ending in (".md", ".rst") if (page := path.with_suffix(ending)).is_file()), None)


def _total(rows: Iterable[Row], domains: Domains) -> Row:
    every = list(rows)
    return Row(
        "all",
        sum(row.methods for row in every),
        sum(row.relations for row in every),
        sum(row.results for row in every),
        {key for row in every for key in row.citations},
        sum(row.words for row in every),
        sum(row.tasks for row in every),
        tuple(domains),
    )


def _table(rows: list[Row], domains: Domains, locale: Path) -> str:
    from sphinx_paper_table.reading.translations import compare, languages_in

    comparisons = [compare(domains, locale, language) for language in languages_in(locale)]
    head = ["survey", "methods", "relations", "results", "citations", "words", "to do"]
    head += [comparison.language for comparison in comparisons]
    lines = [head]
    for row in rows:
        counts = (row.methods, row.relations, row.results, len(row.citations), row.words, row.tasks)
        shares = (_share(row, domains, comparison.translated) for comparison in comparisons)
        lines.append([row.name, *(f"{count:,}" for count in counts), *shares])
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "".join(f"{_aligned(line, widths)}\n" for line in lines)


def _share(row: Row, domains: Domains, translated: dict[str, int]) -> str:
    """Return the translated share, rounded down: only what is complete is 100 %."""
    wanted = sum(len(domains[name]) for name in row.domains)
    done = sum(translated[name] for name in row.domains)
    return f"{done * 1000 // wanted / 10:g}%" if wanted else "–"


def _aligned(line: list[str], widths: list[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
    return "  ".join((first.strip().ljust(widths[0]), *others))


def _require(path: Path, catalogue: Catalogue, problems: Problems) -> None:
    """Note every method of the list at *path* that is not where it should be."""
    from sphinx_paper_table.reading.yaml_tree import parse_yaml

    text = read_text(path, str(path), problems)
    tree: Any = {} if text is None else parse_yaml(text, str(path), problems)
    if not isinstance(tree, dict):
        problems.add(Code.WRONG_TYPE, "a mapping is expected here", position_of(tree), "write SURVEY: [ID, …]")
        return
    for place, names in tree.items():
        if isinstance(names, list):
            _require_in(place, names, catalogue, problems)


def _require_in(place: str, names: list[Any], catalogue: Catalogue, problems: Problems) -> None:
    from sphinx_paper_table.reading.checks import items_of
    from sphinx_paper_table.survey.entities import Paper

    where = catalogue.group(place) if "#" in place else catalogue.survey(place)
    if where is None:
        hint = nearest(place, catalogue.groups if "#" in place else catalogue.surveys)
        problems.add(Code.DANGLING, f"there is no survey or group '{place}'", position_of(names), hint)
        return
    present = {str(item.id if isinstance(item, Paper) else item.ref) for item in items_of(where)}
    for name in names:
        if name not in present:
            problems.add(Code.DANGLING, f"'{place}' lacks '{name}'", position_of(name), nearest(name, present))
