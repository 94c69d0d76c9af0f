"""GitHub: where a repository is now. One that was renamed or given away leads on from its old address.

https://docs.github.com/en/repositories/creating-and-managing-repositories/renaming-a-repository
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.errors import RefusedError

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Client

SERVICE: Final = Service("GitHub", "https://github.com", interval=1.0)
KINDS: Final = frozenset({"text/html"})
_REPOSITORY: Final = re.compile(
    r"https?://(?:www\.)?github\.com/([\w.-]{1,100}/[\w.-]{1,100}?)(?:\.git)?(/.*)?\Z", re.ASCII
)
_PATH: Final = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)


def moved(client: Client, address: str) -> str:
    """Return the new address of a repository, and of what *address* names in it; empty where it has not moved.

    Addresses that are no repository of GitHub are left alone. Raises `NotFoundError` where there is nothing any more.
    """
    named = _REPOSITORY.match(address)
    if named is None:
        return ""
    answer = client.get(SERVICE, named[1], KINDS)
    path = "/".join(urlsplit(answer.address).path.strip("/").split("/")[-2:])
    if not _PATH.fullmatch(path):
        raise RefusedError(SERVICE.name, f"it leads from {named[1]} to {path[:200]}, which is no repository")
    return "" if path.casefold() == named[1].casefold() else f"https://github.com/{path}{named[2] or ''}"
