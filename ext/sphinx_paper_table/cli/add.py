"""``paper-table add``: papers by their identifiers, as an entry in the bibliography and a record in a group."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.cli.changing import add_changing
from sphinx_paper_table.cli.progress import progress
from sphinx_paper_table.reading.options import OF_COMMANDS
from sphinx_paper_table.survey.characters import visible
from sphinx_paper_table.survey.located import NOWHERE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sphinx_paper_table.cli.arguments import Commands
    from sphinx_paper_table.editing.adding import Outcome, Publication
    from sphinx_paper_table.editing.workspace import Workspace
    from sphinx_paper_table.services.client import Client
    from sphinx_paper_table.services.record import Record

_INPUT: Final = "standard input"
_FORMS: Final = (
    "an arXiv id or address, a DOI, an address of the ACL Anthology, OpenReview, DBLP, PubMed, INSPIRE, CVF, PMLR, "
    "NeurIPS or JMLR, or - for BibTeX on standard input"
)


def add_add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "add",
        description="Ask the service that knows a paper, write its entry into the bibliography and a record into the "
        "group, and leave the summary to you. All papers are added, or none.",
        examples=(
            "paper-table add 1911.05722 --to contrastive#two-giants",
            "paper-table add 10.1109/CVPR42600.2020.00975 https://openreview.net/forum?id=YicbFdNTTy --to clip --diff",
            "pbpaste | paper-table add - --to clip#before",
        ),
    )
    parser.add_argument("ids", nargs="+", metavar="ID", help=_FORMS)
    parser.add_argument("--to", completer="places", required=True, metavar="SURVEY#GROUP", help="a group, or a survey")
    parser.add_argument(
        "--before", completer="papers", default="", metavar="ID", help="the record that follows it there; default: none"
    )
    parser.add_argument("--offline", action="store_true", help="ask nobody; use what services have said before")
    parser.add_argument("--mailto", default="", metavar="ADDRESS", help="a mail address for the services to reach you")
    add_changing(parser, _add)


def _add(workspace: Workspace, options: argparse.Namespace) -> str:
    from sphinx_paper_table.editing.adding import add
    from sphinx_paper_table.editing.moving import target_of

    target_of(workspace, options.to)  # before anybody is asked
    publications = _found(workspace, options)
    outcomes = add(workspace, publications, options.to, datetime.now(UTC).date().isoformat(), options.before)
    for outcome in outcomes:
        if line := _known(outcome):
            sys.stderr.write(f"{visible(line)}\n")
    new = dict.fromkeys(one for one in outcomes if one.place == NOWHERE)
    if not new:
        return "nothing new"
    names = ", ".join(f"'{one.id}' ({one.name}, {one.key})" for one in new)
    if options.dry_run:
        return f"would add to '{options.to}': {names}"
    return f"added to '{options.to}': {names}; now write what the TODO asks for"


def _known(outcome: Outcome) -> str:
    """Return what is to be said of a paper that is there already; empty of another."""
    if outcome.place == NOWHERE:
        return ""
    more = f"write '- ref: {outcome.id}' to show it in another group"
    return (
        f"{outcome.given} is '{outcome.id}' ({outcome.name}) at {outcome.place}, with the entry '{outcome.key}'; {more}"
    )


def _found(workspace: Workspace, options: argparse.Namespace) -> list[Publication]:
    """Return all publications; raises `EditError` that names every one that was not found."""
    from sphinx_paper_table.editing.documents import EditError
    from sphinx_paper_table.services.client import Client
    from sphinx_paper_table.services.errors import ServiceError
    from sphinx_paper_table.services.settings import settings

    found: list[Publication] = []
    wrong: list[str] = []
    conf = {name: workspace.project[name] for name in OF_COMMANDS}
    try:
        client = Client(settings(offline=options.offline, mailto=options.mailto, project=conf))
    except ServiceError as error:
        raise EditError(str(error)) from error
    for given in progress(list(dict.fromkeys(options.ids)), "Asking"):
        try:
            found += _from_input() if given == "-" else [_from_service(client, given)]
        except (ServiceError, EditError) as error:
            wrong.append(f"{given}: {error}")
    for line in wrong[:-1]:
        sys.stderr.write(f"{visible(line)}\n")
    if wrong:
        raise EditError(wrong[-1], hint="nothing was written")
    return found


def _from_service(client: Client, given: str) -> Publication:
    from sphinx_paper_table.editing.adding import Publication
    from sphinx_paper_table.editing.documents import EditError
    from sphinx_paper_table.services.lookup import find, identify, published

    wanted = identify(given)
    if wanted is None:
        if "://" in given:
            raise EditError("it is not known which paper stands at this address", hint="write its DOI")
        raise EditError("this is no identifier of a paper", hint=f"write {_FORMS}")
    record, why = published(client, find(client, wanted))
    for line in (*_warnings(record), *([why] if why else [])):
        sys.stderr.write(f"{visible(f'{given}: {line}')}\n")
    return Publication(given, record.type, record.fields, record.abstract)


def _warnings(record: Record) -> Iterator[str]:
    """Yield what an author should know before writing about a work."""
    if record.withdrawn:
        yield f"{record.service} says of it: {record.withdrawn}"


def _from_input() -> list[Publication]:
    from sphinx_paper_table.editing.adding import Publication
    from sphinx_paper_table.editing.documents import EditError
    from sphinx_paper_table.services.record import entries_in

    try:
        text = sys.stdin.read()
    except UnicodeDecodeError as error:
        raise EditError(f"it is not {error.encoding}", hint="convert it to UTF-8") from error
    found = []
    for number, (kind, fields, left_out) in enumerate(entries_in(text, "BibTeX", _INPUT), 1):
        given = f"{_INPUT}, entry {number}"
        if left_out:
            sys.stderr.write(f"{visible(given)}: left out: {visible(', '.join(left_out))}\n")
        found.append(Publication(given, kind, fields))
    return found
