"""One run of ``paper-table update``: who is asked, what is learnt, what is shown or written."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sphinx_paper_table.cli.exit_codes import Exit
from sphinx_paper_table.cli.progress import progress
from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.editing.updating import Version, in_words, move_code, publish, reason_against, record_updates
from sphinx_paper_table.reading.options import OF_COMMANDS
from sphinx_paper_table.services.client import Client
from sphinx_paper_table.services.errors import ServiceError
from sphinx_paper_table.services.newer import code_now, news_of
from sphinx_paper_table.services.settings import settings
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.located import Located
from sphinx_paper_table.survey.problems import nearest
from sphinx_paper_table.survey.updates import Learnt, Moved, Published

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.services.record import Record
    from sphinx_paper_table.survey.references import Reference


class Run:
    """One run: what was learnt, what is said of it, and what went wrong."""

    def __init__(self, workspace: Workspace, options: argparse.Namespace) -> None:
        self.workspace, self.options = workspace, options
        self.today = datetime.now(UTC).date().isoformat()
        self.references: dict[str, Learnt] = {}
        self.links: dict[str, Moved | None] = {}
        self.said: list[str] = []
        self.errors: Counter[str] = Counter()

    def run(self) -> int:
        """Ask, show or write, and return the exit code: that of a problem where somebody gave no answer."""
        client = self._client()
        references, codes = self._asked_about()
        for reference in progress(references, "references"):
            self._learn(client, reference)
        for address in progress(codes, "links to code"):
            self._look_at(client, address)
        workspace, options = self.workspace, self.options
        if not options.record:
            workspace.collect()
        path = next(iter(workspace.project.updates.values()))
        record_updates(workspace, path, self.today, self.references, self.links)
        self._finish()
        for error, number in self.errors.items():
            more = f" (and {number - 1:,} more times)" if number > 1 else ""
            sys.stderr.write(f"{visible(error)}{more}\n")
        return Exit.PROBLEM if self.errors else Exit.GOOD

    def _client(self) -> Client:
        conf = {name: self.workspace.project[name] for name in OF_COMMANDS}
        try:
            return Client(settings(offline=self.options.offline, mailto=self.options.mailto, project=conf))
        except ServiceError as error:
            raise EditError(str(error)) from error

    def _asked_about(self) -> tuple[list[Reference], list[str]]:
        """Return the references of papers and the addresses of code; raises `EditError` for a name of neither."""
        catalogue = self.workspace.catalogue
        papers = list(catalogue.papers.values())
        if self.options.names:
            keys = {str(paper.cite[0]): paper for paper in papers if paper.cite}
            chosen = [catalogue.paper(name) or keys.get(name) for name in self.options.names]
            for name, paper in zip(self.options.names, chosen, strict=True):
                if paper is None:
                    msg = f"there is no paper '{name[:80]}'"
                    raise EditError(msg, hint=nearest(name, (*catalogue.papers, *keys)))
            papers = [paper for paper in chosen if paper]
        found = {reference.key: reference for paper in papers if (reference := catalogue.reference(paper))}
        return list(found.values()), list(dict.fromkeys(str(paper.links.code) for paper in papers if paper.links.code))

    def _learn(self, client: Client, reference: Reference) -> None:
        news = news_of(client, reference)
        self.errors.update(f"{error}" for error in news.errors)
        if not news.is_checked:
            return
        published = None
        if news.published:
            published = self._published(reference, news.published, is_wanted=not news.status)
        elif news.journal:
            place = f"https://arxiv.org/abs/{reference.arxiv}"
            published = Published(venue=Located(in_words(news.journal)), url=Located(place))
            self.said.append(f"{reference.key}: published, {published.place}")
        if news.status:
            self.said.append(f"{reference.key}: {news.status}, says {news.source}")
        self.references[reference.key] = Learnt(
            checked=Located(self.today),
            published=published,
            status=news.status or None,
            source=Located(news.source) if news.source else None,
        )

    def _published(self, reference: Reference, record: Record, *, is_wanted: bool) -> Published | None:
        """Give the entry of a preprint the fields of its published version; return what it does not say then."""
        version = Version(record.type, record.fields, record.address)
        reason = reason_against(version, reference, self.workspace.catalogue.references)
        if reason:
            self.said.append(f"{reference.key}: {reason} ({version.address})")
            return None
        published = version.published(self.workspace.catalogue.venues.label)
        if not is_wanted:
            return None
        self.said.append(f"{reference.key}: published, {published.place}")
        if self.options.record:
            return published
        try:
            publish(self.workspace, reference.key, version)
        except EditError as error:
            self.said.append(f"{reference.key}: {error}")
            return published
        return None

    def _look_at(self, client: Client, address: str) -> None:
        try:
            new, is_there = code_now(client, address)
        except ServiceError as error:
            self.errors[str(error)] += 1
            return
        self.links[address] = None
        if is_there and not new:
            return
        self.said.append(f"{address}: {f'moved to {new}' if new else 'there is nothing any more'}")
        if new and not self.options.record:
            try:
                move_code(self.workspace, address, new)
            except EditError as error:
                self.said.append(f"{address}: {error}")
            else:
                return
        self.links[address] = Moved(checked=Located(self.today), to=Located(new) if new else None)

    def _finish(self) -> None:
        """Write the changes, or show them."""
        is_written = self.options.write or self.options.record
        for line in self.said:
            sys.stdout.write(f"{visible(line)}\n")
        if not is_written:
            sys.stdout.write(self.workspace.changes.diff())
            return
        self.workspace.check()
        for name in self._names():
            sys.stdout.write(f"changed {visible(name)}\n")
        self.workspace.changes.write()

    def _names(self) -> Iterator[str]:
        return (str(one.path) for one in self.workspace.changes.replacements() if one.before != one.after)
