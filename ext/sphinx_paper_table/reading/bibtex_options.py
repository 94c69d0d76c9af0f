"""The configuration values of sphinxcontrib-bibtex, of which that package itself checks none.

What it does with a value of another type, or with the name of a style that nothing installs, is to end the build in the
middle. Here each has a type, and what is accepted.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.reading.options import ConfigOption
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

BIBFILES: Final = "bibtex_bibfiles"
FALLBACK: Final = "alpha"
"""sphinxcontrib-bibtex's default style."""
FORMATTING: Final = "author_year"
REFERENCING: Final = "author_year_letters"
"""The styles that this package brings, of a list and of references to it."""
_FORMATTING: Final = "pybtex.style.formatting"
_REFERENCING: Final = "sphinxcontrib.bibtex.style.referencing"
_KNOWN: Final = {
    _FORMATTING: frozenset({FALLBACK, FORMATTING, "plain", "unsrt", "unsrtalpha"}),
    _REFERENCING: frozenset({REFERENCING, "author_year", "foot", "label", "super"}),
}
"""The styles of a plain installation: the installed packages are asked for others only."""
LIST_STYLES: Final = frozenset({"bibtex_default_style", "bibtex_tooltips_style"})
REFERENCE_STYLES: Final = frozenset({"bibtex_reference_style", "bibtex_foot_reference_style"})


def installed(group: str) -> frozenset[str]:
    """Return the names of the styles of a *group* of entry points, and of ours."""
    from importlib.metadata import entry_points  # noqa: PLC0415 (few projects name another style)

    return _KNOWN[group] | {one.name for place in (group, f"{group}.aliases") for one in entry_points(group=place)}


def unknown_style(name: str, known: Collection[str]) -> str:
    """Return what is wrong with the *name* of a style, if it is none of the *known* ones."""
    return "" if name in known else f"there is no style '{name}'; {nearest(name, known)}"


def _style(group: str) -> Callable[[str], str]:
    return lambda value: "" if value in _KNOWN[group] else unknown_style(value, installed(group))


def _style_or_none(value: str) -> str:
    return value and _style(_FORMATTING)(value)


def _files(value: Any) -> str:
    wrong = next((item for item in value or () if not isinstance(item, str) or not item or "\0" in item), None)
    return "" if wrong is None else f"{wrong!r} is not the name of a file such as 'refs.bib'"


def _encoding(value: str) -> str:
    try:
        codecs.lookup(value)
    except (LookupError, ValueError):
        return f"there is no encoding '{value}'; {nearest(value, ('utf-8', 'utf-8-sig', 'latin-1', 'cp1252', 'gbk'))}"
    return ""


def _template(*fields: str) -> Callable[[str], str]:
    """Return the check of a text in which `str.format` puts *fields*."""
    may_have = " and ".join(f"{{{field}}}" for field in fields)

    def check(value: str) -> str:
        try:
            value.format(**dict.fromkeys(fields, "x"))
        except (LookupError, ValueError, AttributeError):
            return f"it may have {may_have}; write any other brace twice"
        return ""

    return check


def _any(_value: Any) -> str:
    return ""


def _option(name: str, default: Any, kind: type, check: Callable[[Any], str] = _any) -> ConfigOption:
    return ConfigOption(name, default, (list, tuple) if kind is list else (kind,), "", check, "")


BIBTEX_OPTIONS: Final = (
    _option(BIBFILES, None, list, _files),
    _option("bibtex_encoding", "utf-8-sig", str, _encoding),
    _option("bibtex_default_style", FALLBACK, str, _style(_FORMATTING)),
    _option("bibtex_tooltips", True, bool),  # noqa: FBT003 (the default of a table)
    _option("bibtex_tooltips_style", "", str, _style_or_none),
    _option("bibtex_reference_style", "label", str, _style(_REFERENCING)),
    _option("bibtex_foot_reference_style", "foot", str, _style(_REFERENCING)),
    _option("bibtex_bibliography_header", "", str),
    _option("bibtex_footbibliography_header", "", str),
    _option("bibtex_cite_id", "", str, _template("bibliography_count", "key")),
    _option("bibtex_footcite_id", "", str, _template("footbibliography_count", "key")),
    _option("bibtex_bibliography_id", "", str, _template("bibliography_count")),
    _option("bibtex_footbibliography_id", "", str, _template("footbibliography_count")),
)
"""What sphinxcontrib-bibtex 2.7 declares (sphinxcontrib/bibtex/__init__.py:78), with its defaults."""
