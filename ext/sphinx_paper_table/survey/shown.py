"""Where readers see a field of a record, and under which name: said once, among the annotations of its type.

A field of `Paper` that is plain text needs no more than this to stand on cards, in comparisons and in filters::

    licence: Annotated[
        Plain | None, doc("Licence of the code."), Shown(label=_("Licence"), card=True, comparison=True)
    ] = None

Its key in YAML, its place in the exports and in their schemas and its line in the guide follow from the annotation too.
"""

from __future__ import annotations

from dataclasses import dataclass


def _(message: str) -> str:
    """Return *message* as it is; marks what is translated when it is printed, as ``gettext_noop`` does in C."""
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Where readers see a field.

    *label* is English and is translated when it is printed; a field is printed after it, unless it is *special*: that
    names the macro of ``cards/parts.html`` for it, and other printers know it by its own name. *has* is what
    ``:has:`` explains it with, under *name* where that of the field does not fit.
    """

    label: str = ""
    card: bool = False
    """On cards, in sections, and in the formats that have neither."""
    row: bool = False
    """In a row of the layout ``table``."""
    comparison: bool = False
    filter: bool = False
    preview: bool = False
    """In the previews of links to the card; what is special is there or not as the script says."""
    search: bool = False
    """Among the words that the search finds the card by."""
    special: str = ""
    has: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """How lines of results say a field of `Result` that tells how the number was reached; they keep the fields' order.

    ``%s`` in the *message* is the value. It is translated when it is printed.
    """

    message: str = "%s"


@dataclass(frozen=True, slots=True)
class Published:
    """What the published JSON files say of a field, where that is not its `doc`; they give no examples then."""

    description: str
