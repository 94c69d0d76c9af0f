"""The configuration values, each declared once: default, what is accepted, help; the guide's table comes from here.

A build reads them from Sphinx, `reading.project` from the syntax of ``conf.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from sphinx_paper_table.survey.allowed import NEVER, SETTINGS, Kind
from sphinx_paper_table.survey.formulas import EXTENDED_BY
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY: Final = (
    *("default-src", "base-uri", "connect-src", "font-src", "form-action", "frame-src", "img-src", "manifest-src"),
    *("media-src", "script-src", "style-src", "style-src-attr", "worker-src"),
)
"""The directives of the policy of a page."""


LAYOUT: Final = "paper_table_layout"
MAILTO: Final = "paper_table_mailto"
NAMES: Final = "paper_table_names"
OFFLINE: Final = "paper_table_offline"
SURVEYS: Final = "paper_table_surveys"
UPDATES: Final = "paper_table_updates"
VENUE_LISTS: Final = "paper_table_venue_lists"
OF_COMMANDS: Final = frozenset({MAILTO, OFFLINE})
"""Values that no build depends on."""
LAYOUTS: Final = ("cards", "groups", "sections", "table", "tabs")
"""The layouts that every project has; a build knows those of other extensions too."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]+)*")
_LANGUAGE_KEYS: Final = ("name", "url")
_HOST: Final = re.compile(r"(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?")
_SOURCE: Final = re.compile(
    r"(?:https?|wss?)://[\w.*:/-]+|[a-z]+:|[\w.*:-]+|'(?:self|wasm-unsafe-eval|sha(?:256|384|512)-[\w+/=]+)'"
)
"""What a policy may allow: never everything that stands in a page."""
MAIL: Final = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII)
_COMMAND: Final = re.compile(r"[A-Za-z]+\*?")


@dataclass(frozen=True, slots=True)
class ConfigOption:
    """One configuration value; *check* returns what is wrong with a value, or the empty string."""

    name: str
    default: Any
    types: tuple[type, ...]
    help: str
    check: Callable[[Any], str]
    rebuild: Literal["", "env", "html"] = "env"


def _patterns(value: Any) -> str:
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        return "it must be a list of patterns such as ['surveys/**/*.yaml']"
    outside = [item for item in value if item.startswith("/") or ".." in item.split("/")]
    if outside:
        return f"the pattern '{outside[0]}' leaves the source directory"
    return next((f"'{item}' is not a pattern" for item in value if not _is_pattern(item)), "")


def _is_pattern(item: str) -> bool:
    try:
        next(Path("no such directory").glob(item), None)
    except (ValueError, NotImplementedError, IndexError):
        return False
    return True


def _file(value: str) -> str:
    parts = value.split("/")
    if not value.strip() or "\n" in value or "\\" in value:
        return "it must be the name of a file, such as 'names.txt'"
    return f"'{value}' leaves the source directory" if value.startswith("/") or ".." in parts else ""


def _layout(value: Any) -> str:
    return "" if value in LAYOUTS else f"there is no layout '{value}'; {nearest(str(value), LAYOUTS)}"


def _number(value: Any) -> str:
    return "" if value >= 0 and not isinstance(value, bool) else "it must be a number, 0 or more"


def _languages(value: Any) -> str:
    problems = (_language(code, language) for code, language in value.items())
    return next((problem for problem in problems if problem), "")


def _language(code: Any, language: Any) -> str:
    """Return what is wrong with one language of the site."""
    if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
        return f"{code!r} is no code of a language such as 'en' or 'zh_CN'"
    if not isinstance(language, dict):
        return f"'{code}' must be a dictionary with 'name' and 'url'"
    unknown = [key for key in language if key not in _LANGUAGE_KEYS]
    if unknown:
        return f"'{code}' has a '{unknown[0]}'; {nearest(str(unknown[0]), _LANGUAGE_KEYS)}"
    missing = [key for key in _LANGUAGE_KEYS if not isinstance(language.get(key), str) or not language[key]]
    if missing:
        return f"'{code}' has no '{missing[0]}'"
    is_address = urlsplit(language["url"]).scheme in {"", "http", "https"}
    return "" if is_address else f"the 'url' of '{code}' begins with neither https:// nor http:// and is not relative"


def _mail(value: str) -> str:
    return "" if not value or MAIL.fullmatch(value) else "it must be a mail address such as 'name@example.org'"


def _edit_url(value: str) -> str:
    if not value:
        return ""
    try:
        found = value.format(path="<path>", line=1)
    except (KeyError, IndexError, ValueError, AttributeError):
        return "it may have {path} and {line}; write any other brace twice"
    if "<path>" not in found:
        return "it has no {path}"
    is_address = urlsplit(found).scheme in {"http", "https"}
    return "" if is_address else "it begins with neither https:// nor http://"


def _hosts(value: Any) -> str:
    """Return what is wrong with a list of hosts, which may have a port and, where it is not https, a scheme."""
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        return "it must be a list of hosts such as ['surveys.example.org']"
    wrong = next((item for item in value if not _HOST.fullmatch(item)), None)
    return "" if wrong is None else f"'{wrong}' is not a host such as 'surveys.example.org'"


def _pages(value: Any) -> str:
    is_list = all(isinstance(item, str) and item.strip("/") == item and item for item in value)
    return "" if is_list else "it must be a list of pages and folders such as ['guide']"


def _commands(value: Any) -> str:
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        return "it must be a list of commands such as ['bm', 'mathds']"
    wrong = next((item for item in value if not _COMMAND.fullmatch(item)), None)
    return "" if wrong is None else f"'{wrong}' is not the name of a command or environment, without its backslash"


def _names(kind: Kind) -> Callable[[Any], str]:
    """Return a check of a list of names of directives or roles."""

    def check(value: Any) -> str:
        if not all(isinstance(name, str) and name for name in value):
            return f"it must be a list of names of {kind}s"
        never = [name for name in value if name.lower() in NEVER[kind]]
        return f"the {kind} '{never[0]}' is never allowed in records" if never else ""

    return check


def _policy(value: Any) -> str:
    """Return what is wrong with sources that a project adds to the policy of its pages."""
    for directive, sources in value.items() if isinstance(value, dict) else ():
        if directive not in POLICY:
            return f"there is no directive '{directive}'; {nearest(str(directive), POLICY)}"
        if isinstance(sources, str) or not all(isinstance(source, str) for source in sources):
            return f"'{directive}' must be a list of sources such as ['https://example.org']"
        wrong = next((source for source in sources if not _SOURCE.fullmatch(source)), None)
        if wrong is not None:
            return f"'{wrong}' has no place in a policy; name hosts, schemes or hashes"
    return ""


def _files(value: Any) -> str:
    """Return what is wrong with a list of files."""
    if isinstance(value, str) or not all(isinstance(item, str) and item for item in value):
        return "it must be a list of files such as ['journals.csv']"
    wrong = next((item for item in value if "\0" in item), None)
    return "" if wrong is None else f"{wrong!r} is not the name of a file"


OPTIONS: Final = (
    ConfigOption(
        SURVEYS,
        ["surveys/**/*.yaml"],
        (list, tuple),
        "The survey and vocabulary files: patterns relative to the source directory.",
        _patterns,
    ),
    ConfigOption(
        VENUE_LISTS,
        [],
        (list, tuple),
        "Your own lists of journals in JabRef's format, relative to the source directory: what they abbreviate is one "
        "venue in filters and lists, see {ref}`venues`.",
        _files,
    ),
    ConfigOption(
        NAMES,
        "names.txt",
        (str,),
        "The file that records the public names, relative to the source directory; `paper-table names` writes it. "
        "Where there is one, a name that disappears from the site without an alias is reported.",
        _file,
    ),
    ConfigOption(
        UPDATES,
        "updates.yaml",
        (str,),
        "The file with what `paper-table update` has learnt, relative to the source directory: published preprints, "
        "withdrawn papers, moved code. Builds show it and ask nobody.",
        _file,
    ),
    ConfigOption(
        OFFLINE,
        default=False,
        types=(bool,),
        help="Whether commands that ask services about papers ask nobody, as with `--offline`: they use what they have "
        "been told before. Builds never ask anybody.",
        check=lambda _value: "",
        rebuild="",
    ),
    ConfigOption(
        MAILTO,
        "",
        (str,),
        "A mail address that goes with the questions to services, so that they can reach you; some answer sooner then.",
        _mail,
        "",
    ),
    ConfigOption(
        "paper_table_languages",
        {},
        (dict,),
        "The languages of the site: from Sphinx's code to `{'name': …, 'url': …}`, which are the language's own name "
        "and the base address of the build in it, absolute or relative to the output directory of this build. "
        "Templates show links to the same page in each as `{{ language_switch }}`.",
        _languages,
        "html",
    ),
    ConfigOption(
        "paper_table_edit_url",
        "",
        (str,),
        "Where readers can edit an entry: an address with `{path}`, the YAML file relative to the source directory, "
        "and `{line}`, for example `https://github.com/me/surveys/blob/main/docs/{path}#L{line}`. Every card then "
        "links to its entry.",
        _edit_url,
        "html",
    ),
    ConfigOption(
        "paper_table_previews",
        default=True,
        types=(bool,),
        help="Whether links to methods and references show, beside the link, what they lead to (HTML only).",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_preview_hosts",
        [],
        (list, tuple),
        "Other hosts whose pages previews may ask for, such as `surveys.example.org`: those that records link to. The "
        "site itself and those of `intersphinx_mapping` are asked in any case.",
        _hosts,
        "html",
    ),
    ConfigOption(
        "paper_table_image_hosts",
        [],
        (list, tuple),
        "Hosts from which pages may load the images of records, such as `images.example.org`. Others are refused: an "
        "image tells its host who reads the page.",
        _hosts,
    ),
    ConfigOption(
        EXTENDED_BY,
        [],
        (list, tuple),
        "TeX commands and environments that formulas of records and of references may have beside those of LaTeX, "
        "amsmath and amssymb, for example `['bm']`. Only those that print something: no command that defines, reads, "
        "loads or links.",
        _commands,
    ),
    ConfigOption(
        "paper_table_content_policy",
        default=False,
        types=(bool, dict),
        help="Whether each page has a Content Security Policy: browsers then run no script but those of the site's "
        "files and of its theme, see [Content Security Policy](policy.md). A dictionary adds sources to its "
        "directives, for example `{'frame-src': ['https://www.youtube-nocookie.com']}`.",
        check=_policy,
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_pagefind",
        default=False,
        types=(bool,),
        help="Whether readers search with [Pagefind](https://pagefind.app), of whose index they load only what a query "
        "needs, instead of Sphinx's own (HTML only). It needs `pip install 'sphinx-paper-table[pagefind]'`.",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_markdown",
        default=False,
        types=(bool,),
        help="Whether HTML pages say that they have a rendition in Markdown beside them, which the builder `markdown` "
        "writes into the same folder, see [Markdown](data.md#markdown).",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_search_last",
        default=[],
        types=(list, tuple),
        help="Pages and folders, as in `['guide', 'changelog']`, that the search lists after all others: those about "
        "the site and not about its subject.",
        check=_pages,
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_feed",
        0,
        (int,),
        "How many of the newest entries the site's feed tells of, `new.atom`, which readers subscribe to. It needs "
        "`html_baseurl`, and entries that say when they were `added`. 0 means no feed.",
        _number,
        "html",
    ),
    ConfigOption(
        "paper_table_full_index",
        1000,
        (int,),
        "The most lines of an index that say title, venue and survey. A longer one has a name and a year in each line, "
        "so that a page with thousands of methods stays quick to load.",
        _number,
        "html",
    ),
    ConfigOption(
        "paper_table_reference_bar",
        30,
        (int,),
        "How many references a list has at least that gets a bar to find some of them, to jump to a letter, and to "
        "download them as BibTeX, RIS and CSL-JSON (HTML only). 0 means never.",
        _number,
        "html",
    ),
    ConfigOption(
        SETTINGS[Kind.DIRECTIVE],
        [],
        (list, tuple),
        "Directives that records may have in addition to the {ref}`list <allowed>`, with all their options. Name only "
        "those that are harmless in the hands of strangers: that read no file and run nothing.",
        _names(Kind.DIRECTIVE),
    ),
    ConfigOption(SETTINGS[Kind.ROLE], [], (list, tuple), "Roles that records may have in addition.", _names(Kind.ROLE)),
    ConfigOption(LAYOUT, "tabs", (str,), "The layout of a `paper-table` that names none.", _layout),
)
