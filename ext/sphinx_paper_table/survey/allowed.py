"""The directives and roles that may stand in a record's text, declared once: the guide's table comes from here.

What contributors write is hostile, so this is a list of what is allowed. Here names are compared; a build compares
what they stand for (`sphinx_host.allowed`), so that other languages, other cases and aliases are decided alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from sphinx_paper_table.survey.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(StrEnum):
    """A directive or a role: what a name in braces can mean."""

    DIRECTIVE = "directive"
    ROLE = "role"


SETTINGS: Final = {Kind.DIRECTIVE: "paper_table_directives", Kind.ROLE: "paper_table_roles"}
"""The values in ``conf.py`` that allow more."""


class Use(NamedTuple):
    """A purpose, with the directives and roles that serve it; a row of the guide's table."""

    what: str
    directives: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


BADGES: Final = ("bdg", "bdg-link", "bdg-ref")
"""Roles that exist in every colour too, and in each with a frame only: ``bdg-info``, ``bdg-info-line``."""
_COLOURS: Final = (
    *("primary", "secondary", "success", "info", "warning", "danger", "light", "muted", "dark", "white", "black"),
)
USES: Final = (
    Use(
        "Papers and citations",
        roles=(
            *("paper", "paper:method", "paper:group", "paper:survey", "cite"),
            *(f"cite:{form}" for form in ("p", "ps", "t", "ts", "ct", "cts", "alp", "alps", "label", "labelpar")),
            *(f"cite:{form}" for form in ("year", "yearpar", "author", "authors", "authorpar", "authorpars")),
            *("cite:cauthor", "cite:cauthors"),
        ),
    ),
    Use(
        "Admonitions",
        (
            *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning"),
            "seealso",
        ),
    ),
    Use("Figures", ("figure", "image")),
    Use("Tables", ("table", "list-table", "csv-table")),
    Use("Formulas", ("math",), ("math", "eq")),
    Use("Code", ("code-block", "sourcecode", "code", "parsed-literal"), ("code", "literal", "samp", "file", "command")),
    Use(
        "Quotations and other blocks",
        (
            *("epigraph", "highlights", "pull-quote", "topic", "sidebar", "rubric", "centered"),
            *("compound", "container", "line-block", "hlist"),
        ),
    ),
    Use(
        "Words",
        roles=(
            *("emphasis", "strong", "sub", "subscript", "sup", "superscript", "abbr", "abbreviation", "acronym"),
            *("title-reference", "dfn", "kbd", "guilabel", "menuselection", "program", "mimetype", "regexp"),
        ),
    ),
    Use(
        "Links",
        ("button-link", "button-ref"),
        (
            *("ref", "doc", "term", "numref", "any", "download", "option", "envvar", "confval", "keyword", "token"),
            *(f"py:{kind}" for kind in ("attr", "class", "const", "data", "deco", "exc", "func", "meth", "mod", "obj")),
            *("py:type", "rfc", "pep", "cve", "cwe"),
        ),
    ),
    Use(
        "Parts of sphinx-design",
        (
            *("card", "card-header", "card-footer", "card-carousel", "grid", "grid-item", "grid-item-card"),
            *("dropdown", "accordion", "tab-set", "tab-item", "tab-set-code", "steps", "step", "aside", "div"),
            "article-info",
        ),
        (
            *BADGES,
            *("octicon", "fa", "fab", "far", "fas", "fa-brands", "fa-regular", "fa-solid"),
            *(f"material-{style}" for style in ("outlined", "regular", "round", "sharp", "twotone")),
        ),
    ),
)
OPTIONS: Final = frozenset(
    {
        *("class", "name", "align", "alt", "width", "height", "scale", "loading", "target", "collapsible"),
        *("figclass", "figname", "figwidth", "caption", "subtitle", "heading-level", "columns", "label", "nowrap"),
        *("no-wrap", "widths", "header", "header-rows", "stub-columns", "delim", "escape", "keepspace", "quote"),
        *("dedent", "emphasize-lines", "force", "lineno-start", "linenos", "number-lines"),
        *("animate", "author", "avatar", "avatar-alt", "avatar-link", "avatar-outline", "chevron", "child-align"),
        *("child-direction", "class-avatar", "class-body", "class-card", "class-container", "class-content"),
        *("class-footer", "class-header", "class-img-bottom", "class-img-top", "class-item", "class-label"),
        *("class-row", "class-set", "class-title", "click-parent", "color", "date", "expand", "flush", "footer"),
        *("gutter", "icon", "img-alt", "img-background", "img-bottom", "img-top", "link", "link-alt", "link-new-tab"),
        *("link-type", "margin", "new-tab", "no-sync", "open", "orientation", "outline", "padding", "read-time"),
        *("ref-type", "reverse", "selected", "shadow", "start", "sync", "sync-group", "text-align", "tooltip"),
    }
)
"""The options that these directives may have: none reads a file or writes a style sheet."""
READING_OPTIONS: Final[Mapping[str, frozenset[str]]] = {"csv-table": frozenset({"file", "url", "encoding"})}
"""Those that they have and must not: they read files, or say how."""
NEVER: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.DIRECTIVE: frozenset(
        {
            *("include", "literalinclude", "raw", "eval-rst", "role", "default-role", "default-domain", "meta"),
            *("toctree", "paper-table", "survey-cards"),
        }
    ),
    Kind.ROLE: frozenset({"raw"}),
}
"""Never allowed, whatever the configuration: they read files, pass text on unseen, change the page, or never end."""
VERBATIM: Final = frozenset({"code-block", "sourcecode", "code", "math"})
"""Directives whose content is no text with mark-up."""
MAX_DEPTH: Final = 8
"""So many directives stand within one another in an honest text; a thousand would exhaust the stack."""
_LONGEST: Final = 60
"""Characters of a name that a message repeats."""
_EXTERNAL: Final = re.compile(r"^external(?:\+[^:]+)?:((?:[\w-]+:)?[\w-]+)")


class TextSettings(NamedTuple):
    """What a project's configuration says of the texts of records."""

    syntax: frozenset[str] = frozenset({"dollarmath"})
    """MyST's extensions that are switched on: what stands between dollar signs is a formula with some of them only."""
    math_commands: tuple[str, ...] = ()
    """TeX commands that formulas may have in addition."""
    image_hosts: tuple[str, ...] = ()
    """Hosts from which pages may load images."""


DEFAULT_SETTINGS: Final = TextSettings()


class Rules(Protocol):
    """Says what may stand in a record's text."""

    @property
    def settings(self) -> TextSettings:
        """The configuration of the project."""

    @property
    def names(self) -> Mapping[Kind, frozenset[str]]:
        """The names that are allowed, for messages."""

    def permits(self, kind: Kind, name: str) -> bool:
        """Return whether *name* may stand there."""


class Refusal(NamedTuple):
    """The message and the remedy for something that a record's text may not have."""

    message: str
    hint: str


def refusal(kind: Kind, name: str, rules: Rules) -> Refusal:
    """Return what is said of a name that *rules* do not permit."""
    message = f"the {kind} '{name[:_LONGEST]}' has no place here"
    if name.lower() in NEVER[kind]:
        return Refusal(message, "write the content itself")
    likely = meant(name, rules.names[kind])
    hint = f"did you mean '{likely}'?" if likely else "the guide lists what has, and how conf.py adds to it"
    return Refusal(message, hint)


def option_refusal(directive: str, option: str) -> Refusal:
    """Return what is said of an option that a directive may not have."""
    return Refusal(f"the option '{option}' of '{directive}' has no place here", "write the content itself")


def anchor_refusal(name: str) -> Refusal:
    """Return what is said of a name that would take an anchor of ours."""
    hint = f"choose a name that does not begin with '{name.partition('-')[0]}-'"
    return Refusal(f"the name '{name[:_LONGEST]}' is one of the site's own anchors", hint)


ICON_REFUSAL: Final = Refusal(
    "an icon with other signs than letters, digits and '.-_;%' has no place here", "write it as in 'heart;1.5em;class'"
)
DEPTH_REFUSAL: Final = Refusal(
    f"directives stand in one another more than {MAX_DEPTH} deep", "it is shown as it is written; simplify it"
)


@dataclass(frozen=True, slots=True)
class ByName:
    """Rules that know names only."""

    names: Mapping[Kind, frozenset[str]]
    settings: TextSettings = DEFAULT_SETTINGS

    def permits(self, kind: Kind, name: str) -> bool:
        """Return whether *name* is one of the list, or a role for links to other sites."""
        name = name.lower()
        if kind is Kind.ROLE and (role := external_role(name)):
            return role in self.names[kind] or ":" in role
        return name.removeprefix("std:") in self.names[kind] or (kind is Kind.ROLE and f"py:{name}" in self.names[kind])


def external_role(name: str) -> str:
    """Return the role that a link to another site names, as in ``external+python:py:class``; else the empty string."""
    role = _EXTERNAL.fullmatch(name)
    return role[1] if role else ""


def by_name(
    directives: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
    settings: TextSettings = DEFAULT_SETTINGS,
    in_language: Mapping[Kind, Mapping[str, str]] = MappingProxyType({}),
) -> ByName:
    """Return the rules that everyone has, with those names in addition that a project allows.

    *in_language* are the names that another language has for English ones.
    """
    added = {Kind.DIRECTIVE: directives, Kind.ROLE: roles}
    names = {}
    for kind, more in added.items():
        own = frozenset((*_declared(kind), *(name.lower() for name in more))) - NEVER[kind]
        names[kind] = own | {name.lower() for name, english in in_language.get(kind, {}).items() if english in own}
    return ByName(names, settings)


def _declared(kind: Kind) -> Iterator[str]:
    for use in USES:
        yield from use.directives if kind is Kind.DIRECTIVE else use.roles
    if kind is Kind.ROLE:
        yield from (f"{badge}-{colour}{line}" for badge in BADGES for colour in _COLOURS for line in ("", "-line"))


DEFAULT: Final = by_name()
"""The rules of a project that allows nothing in addition."""
