"""The BibTeX of a reference as others get it, on pages and in files: complete in itself, with what is public only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.bibliography.dates import MONTHS
from sphinx_paper_table.bibliography.entries import has_unsafe_link
from sphinx_paper_table.bibliography.plain_entries import VERBATIM
from sphinx_paper_table.compat.pybtex import LowLevelParser, UndefinedMacro, month_names
from sphinx_paper_table.survey.tex_escapes import percent_escaped

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx_paper_table.bibliography.entries import CompleteEntry
    from sphinx_paper_table.survey.references import BibtexEntry

PARENTS: Final = frozenset({"crossref", "xdata"})
"""Fields that name entries to inherit from."""
_MAY_USE_MACROS: Final = re.compile(r"=\s*[A-Za-z]|#")
_MONTH: Final = re.compile(rf"\b({'|'.join(MONTHS)})\b")


def published_source(raw: BibtexEntry, entry: CompleteEntry) -> str:
    """Return the author's own text, or the fields of *entry* where it cannot be passed on as it is.

    That is where it needs another entry or an ``@string`` of the file, has fields that are not published or that
    reading has left out, has a mistake, or is written as some programs only read it.
    """
    is_whole = entry.own == entry.complete.keys() and entry.own.isdisjoint(PARENTS)
    is_whole = is_whole and not raw.is_irregular and not raw.is_damaged
    source = raw.passed_on.strip()
    if is_whole and len(entry.own) == len(raw.fields) and not has_unsafe_link(source) and _stands_alone(source):
        return source
    return _written_anew(entry, entry.complete.keys() - PARENTS)


def source_beside_parent(entry: CompleteEntry) -> str:
    """Return the BibTeX of an entry in a file that has the one that its ``crossref`` names."""
    inherits_data = "xdata" in entry.complete
    return _written_anew(entry, entry.complete.keys() - {"xdata"} if inherits_data else entry.own)


def _written_anew(entry: CompleteEntry, names: Collection[str]) -> str:
    """Return the published fields of *entry* that are among *names*."""
    fields = "".join(f"  {name} = {_value(name, value)},\n" for name, value in entry.complete.items() if name in names)
    return f"@{entry.type}{{{entry.key},\n{fields}}}"


def _value(name: str, value: str) -> str:
    """Return a value as BibTeX reads it; names of months are macros, which styles abbreviate and translate."""
    if name == "month" and _MONTH.search(value):
        parts = [part for part in _MONTH.split(value) if part]
        return " # ".join(part[:3].lower() if part in MONTHS else f"{{{part}}}" for part in parts)
    return f"{{{value if name in VERBATIM else percent_escaped(value)}}}"


def _stands_alone(source: str) -> bool:
    """Return whether *source* needs no ``@string``."""
    if not _MAY_USE_MACROS.search(source):
        return True
    parser = LowLevelParser(source, macros=dict(month_names), handle_error=_refuse)
    try:
        list(parser)
    except UndefinedMacro:
        return False
    return True


def _refuse(error: Exception) -> None:
    raise error
