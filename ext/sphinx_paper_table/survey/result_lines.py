"""What readers see of a number: on cards, in rankings and in comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.provenance import is_secondary, known_since
from sphinx_paper_table.survey.settings import ENGLISH, SETTINGS, SettingWords, setting_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Benchmark, Paper, Result


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A number with what it takes to understand and check it, as texts.

    *paper* is the id and *name* the name of the paper that reached it, *date* when it became known; *benchmark* is an
    id and *title* its name; *number* is bare and *value* has its unit; *cite* or *url* says where it was read.
    """

    paper: str
    name: str
    date: str
    benchmark: str
    title: str
    detail: str
    number: str
    value: str
    setting: str
    source: str
    url: str = ""
    cite: str = ""
    where: str = ""
    is_secondary: bool = False
    status: str = ""
    """What became of the paper: a key of `STATUS_WORDS`."""


def result_line(
    paper: Paper, result: Result, catalogue: Catalogue, words: SettingWords = ENGLISH, without: Collection[str] = ()
) -> ResultLine:
    """Return what is shown of a number of *paper* in the language of *words*, *without* some fields of its setting."""
    benchmark = catalogue.vocabulary.benchmarks.get(result.benchmark)
    reference = catalogue.references.get(result.source)
    is_url = is_web_address(result.source)
    number = f"{result.value:f}"
    return ResultLine(
        paper=str(paper.id),
        name=str(paper.name),
        date=known_since(paper, result, catalogue),
        benchmark=str(result.benchmark),
        title=str(benchmark.name if benchmark else result.benchmark),
        detail=measured(benchmark, words.comma) if benchmark else "",
        number=number,
        value=with_unit(number, benchmark.unit if benchmark and benchmark.unit else ""),
        setting=setting_line(result, words, {*SETTINGS, "setting"}.difference(without)),
        source=_site(result.source) if is_url else str(result.source),
        url=str(result.source) if is_url else "",
        cite=reference.key if reference else "",
        where=str(result.where or ""),
        is_secondary=is_secondary(paper, result, catalogue),
        status=str(status.kind) if (status := catalogue.status(paper)) else "",
    )


def measured(benchmark: Benchmark, comma: str = ", ") -> str:
    """Return what tells a benchmark from others: its data, their part and the measure, parted by *comma*."""
    return comma.join(str(part) for part in (benchmark.dataset, benchmark.split, benchmark.metric) if part)


def with_unit(number: str, unit: str) -> str:
    """Return a number with its unit; a per cent sign follows at once, as in the sources."""
    return f"{number}%" if unit == "%" else f"{number}\N{NO-BREAK SPACE}{unit}".strip()


def _site(url: str) -> str:
    """Return a web address as readers say it: the host, and the repository where there is one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    repository = "/".join(parts.path.split("/")[1:3]) if host in {"github.com", "gitlab.com"} else ""
    return f"{host}/{repository}" if repository else host
