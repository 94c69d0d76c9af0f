"""How services are asked: the switch for offline, the address that goes with requests, the place of kept answers.

The command line comes before environment variables, and these before the configuration of the project.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from sphinx_paper_table.reading import option_checks, options
from sphinx_paper_table.services.errors import ServiceError
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFLINE: Final = "PAPER_TABLE_OFFLINE"
MAILTO: Final = "PAPER_TABLE_MAILTO"
BASE: Final = "PAPER_TABLE_SERVICES"
"""The environment variables; the last one is for tests, and names a server on this machine."""
PROJECT: Final = "https://pypi.org/project/sphinx-paper-table/"
_NO: Final = frozenset({"", "0", "false", "no", "off"})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How to ask."""

    offline: bool = False
    mailto: str = ""
    """Where services can reach whoever asks; Crossref and others then answer sooner."""
    base: str = ""
    """A server on this machine in the place of all services, which it has below their names."""
    cache: Path | None = None
    """The folder of answers that are kept; None keeps none."""

    @property
    def user_agent(self) -> str:
        """Who asks, as services want to know it."""
        mail = f"; mailto:{self.mailto}" if self.mailto else ""
        return f"sphinx-paper-table/{VERSION} (+{PROJECT}{mail})"


def settings(*, offline: bool = False, mailto: str = "", project: Mapping[str, Any] | None = None) -> Settings:
    """Return the settings of the command line, the environment and the *project*'s configuration.

    Raises `ServiceError` for an address that is none, and for a server in the place of the services that is not on
    this machine.
    """
    conf = project or {}
    written = os.environ.get(OFFLINE)
    is_off = bool(conf.get(options.OFFLINE)) if written is None else written.strip().lower() not in _NO
    mail = mailto or os.environ.get(MAILTO, "") or str(conf.get(options.MAILTO) or "")
    if mail and not option_checks.MAIL.fullmatch(mail):
        raise ServiceError("settings", f"'{mail[:80]}' is no mail address", "write one such as name@example.org")
    return Settings(offline or is_off, mail, _checked_base(os.environ.get(BASE, "")), _folder())


def _checked_base(base: str) -> str:
    try:
        is_here = urlsplit(base).hostname in _LOOPBACK
    except ValueError:
        is_here = False
    if base and not is_here:
        raise ServiceError("settings", f"{BASE} names no server on this machine: '{base[:80]}'", "unset it")
    return base.rstrip("/")


def _folder() -> Path | None:
    """Return the user's folder for what can be made anew, as https://specifications.freedesktop.org/basedir-spec/."""
    place = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 (`Path` raises without a home)
    return Path(place, "sphinx-paper-table", "services") if Path(place).is_absolute() else None
