"""What has become of publications and of code since an author wrote of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from sphinx_paper_table.services import arxiv, doi, github, semantic_scholar
from sphinx_paper_table.services.errors import NotFoundError, ServiceError
from sphinx_paper_table.services.lookup import ARCHIVES
from sphinx_paper_table.survey.updates import is_preprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx_paper_table.services.client import Client
    from sphinx_paper_table.services.record import Record
    from sphinx_paper_table.survey.references import Reference

RETRACTED: Final = frozenset({"retraction", "withdrawal", "removal"})
"""What Crossref says of a work that was taken back after it was published."""


@dataclass(slots=True)
class News:
    """What was learnt of a reference: a *status* with its *source*, and what a preprint was published as."""

    status: Literal["", "withdrawn", "retracted"] = ""
    source: str = ""
    published: Record | None = None
    journal: str = ""
    """Where a preprint was published in the words of its authors, where no more is known."""
    errors: list[ServiceError] = field(default_factory=list)
    """Services that gave nothing that could be used."""
    is_checked: bool = False
    """Whether anybody has answered."""


def news_of(client: Client, reference: Reference) -> News:
    """Return what services say of *reference* today."""
    news = News()
    if is_preprint(reference):
        _of_preprint(client, reference.arxiv, news)
    elif reference.doi:
        record = _asked(news, doi.find, client, reference.doi)
        if record is not None and record.withdrawn in RETRACTED:
            news.status, news.source = "retracted", record.address
    return news


def _of_preprint(client: Client, name: str, news: News) -> None:
    record = _asked(news, arxiv.find, client, name)
    if record is None:
        return
    if record.withdrawn:
        news.status, news.source = "withdrawn", record.address
        return
    news.journal = record.journal
    names = [("doi", record.published_as)] if record.published_as else _other_names(client, name, news)
    news.published = _first_of(client, names, news)
    if news.published and news.published.withdrawn in RETRACTED:
        news.status, news.source = "retracted", news.published.address


def _other_names(client: Client, name: str, news: News) -> list[tuple[str, str]]:
    try:
        return semantic_scholar.other_names(client, name)
    except NotFoundError:
        return []
    except ServiceError as error:
        news.errors.append(error)
        return []


def _first_of(client: Client, names: Iterable[tuple[str, str]], news: News) -> Record | None:
    """Return the first publication that says where it appeared."""
    for archive, name in names:
        record = _asked(news, ARCHIVES[archive], client, name)
        if record is not None and {"booktitle", "journal"} & record.fields.keys():
            return record
    return None


def _asked(news: News, find: Callable[[Client, str], Record], client: Client, name: str) -> Record | None:
    try:
        record = find(client, name)
    except ServiceError as error:
        news.errors.append(error)
        return None
    news.is_checked = True
    return record


def code_now(client: Client, address: str) -> tuple[str, bool]:
    """Return the new address of code, empty where it has not moved, and whether there is anything at all."""
    try:
        return github.moved(client, address), True
    except NotFoundError:
        return "", False
