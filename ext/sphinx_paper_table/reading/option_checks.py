"""What is accepted as a value in ``conf.py``: each check returns what is wrong, or the empty string."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx_paper_table.survey.allowed import NEVER, Kind
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY: Final = (
    *("default-src", "base-uri", "connect-src", "font-src", "form-action", "frame-src", "img-src", "manifest-src"),
    *("media-src", "script-src", "style-src", "style-src-attr", "worker-src"),
)
"""The directives of the policy of a page."""
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


def patterns(value: Any) -> str:
    """Return what is wrong with patterns of files."""
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


def file(value: str) -> str:
    """Return what is wrong with the name of a file below the source directory."""
    parts = value.split("/")
    if not value.strip() or "\n" in value or "\\" in value:
        return "it must be the name of a file, such as 'names.txt'"
    return f"'{value}' leaves the source directory" if value.startswith("/") or ".." in parts else ""


def layout(value: Any) -> str:
    """Return what is wrong with the name of a layout."""
    return "" if value in LAYOUTS else f"there is no layout '{value}'; {nearest(str(value), LAYOUTS)}"


def number(value: Any) -> str:
    """Return what is wrong with a number."""
    return "" if value >= 0 and not isinstance(value, bool) else "it must be a number, 0 or more"


def languages(value: Any) -> str:
    """Return what is wrong with the languages of a site."""
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


def mail(value: str) -> str:
    """Return what is wrong with a mail address."""
    return "" if not value or MAIL.fullmatch(value) else "it must be a mail address such as 'name@example.org'"


def edit_url(value: str) -> str:
    """Return what is wrong with the address where entries are edited."""
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


def hosts(value: Any) -> str:
    """Return what is wrong with a list of hosts, which may have a port and, where it is not https, a scheme."""
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        return "it must be a list of hosts such as ['surveys.example.org']"
    wrong = next((item for item in value if not _HOST.fullmatch(item)), None)
    return "" if wrong is None else f"'{wrong}' is not a host such as 'surveys.example.org'"


def pages(value: Any) -> str:
    """Return what is wrong with a list of pages and folders."""
    is_list = all(isinstance(item, str) and item.strip("/") == item and item for item in value)
    return "" if is_list else "it must be a list of pages and folders such as ['guide']"


def structured_data(value: Any) -> str:
    """Return what is wrong with what a project says of its data."""
    if not isinstance(value, dict):
        return ""
    unknown = next((key for key in value if key != "license"), None)
    if unknown is not None:
        return f"it has a '{unknown}'; it may have 'license'"
    address = value.get("license", "https:")
    is_address = isinstance(address, str) and urlsplit(address).scheme in {"http", "https"}
    return "" if is_address else "its 'license' begins with neither https:// nor http://"


def commands(value: Any) -> str:
    """Return what is wrong with a list of commands of TeX."""
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        return "it must be a list of commands such as ['bm', 'mathds']"
    wrong = next((item for item in value if not _COMMAND.fullmatch(item)), None)
    return "" if wrong is None else f"'{wrong}' is not the name of a command or environment, without its backslash"


def names(kind: Kind) -> Callable[[Any], str]:
    """Return a check of a list of names of directives or roles."""

    def check(value: Any) -> str:
        if not all(isinstance(name, str) and name for name in value):
            return f"it must be a list of names of {kind}s"
        never = [name for name in value if name.lower() in NEVER[kind]]
        return f"the {kind} '{never[0]}' is never allowed in records" if never else ""

    return check


def policy(value: Any) -> str:
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


def files(value: Any) -> str:
    """Return what is wrong with a list of files."""
    if isinstance(value, str) or not all(isinstance(item, str) and item for item in value):
        return "it must be a list of files such as ['journals.csv']"
    wrong = next((item for item in value if "\0" in item), None)
    return "" if wrong is None else f"{wrong!r} is not the name of a file"
