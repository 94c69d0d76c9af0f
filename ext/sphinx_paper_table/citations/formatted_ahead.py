"""With ``-j``, references are formatted by several processes before pages are written.

Sphinx resolves all pages in one process, and formatting is most of what a page of references takes of it: the others
would wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sphinx.util.parallel import ParallelTasks, parallel_available

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_paper_table.citations.domain import CitationDomain
    from sphinx_paper_table.citations.listed import Listed

_FEWEST: Final = 200
"""References that are worth a process of their own."""


def format_ahead(app: Sphinx, _builder: Builder) -> None:
    """Format what lists show and no build has formatted (``write-started``); while they list the same, one has."""
    domain = cast("CitationDomain", app.env.get_domain("cite"))
    if app.parallel < 2 or not parallel_available or not domain.listings_changed:  # noqa: PLR2004 (there is no other)
        return
    listed = (listed for key in domain.bibliographies for listed in domain.listings.of(key))
    missing = list({one.kept_under: one for one in listed if domain.printed(one) is one and not one.is_kept}.values())
    if len(missing) < app.parallel * _FEWEST:
        return
    tasks = ParallelTasks(app.parallel)
    for number in range(app.parallel):
        tasks.add_task(_format, missing[number :: app.parallel], _keep)
    tasks.join()


def _format(listed: list[Listed]) -> list[bytes]:
    """Return the references as they are kept, in a process of its own."""
    return [one.made() for one in listed]


def _keep(listed: list[Listed], made: list[bytes]) -> None:
    for one, data in zip(listed, made, strict=True):
        one.keep(data)


def setup_formatted_ahead(app: Sphinx) -> None:
    """Connect."""
    app.connect("write-started", format_ahead)
