"""Semantic Scholar: what else a preprint of arXiv is known as.

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.texts import line_of
from sphinx_paper_table.services.trees import json_of, within

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Client

SERVICE: Final = Service("Semantic Scholar", "https://api.semanticscholar.org", interval=1.5)
"""Who has no key shares the requests of all who have none."""
KINDS: Final = frozenset({"application/json"})
_ARCHIVES: Final = {"DOI": "doi", "ACL": "acl", "DBLP": "dblp"}
_PREPRINTS: Final = ("10.48550/", "journals/corr/")
"""The beginnings of names of the preprint itself."""


def other_names(client: Client, name: str) -> list[tuple[str, str]]:
    """Return what the publication of an arXiv id is called elsewhere, as (archive, name), the best archive first."""
    path = f"graph/v1/paper/arXiv:{quote(name, safe='/')}"
    answer = client.get(SERVICE, path, KINDS, query={"fields": "externalIds"})
    known = within(json_of(answer, SERVICE.name), "externalIds")
    named = ((archive, _line(within(known, key))) for key, archive in _ARCHIVES.items())
    return [(archive, found) for archive, found in named if found and not found.lower().startswith(_PREPRINTS)]


def _line(value: Any) -> str:
    return line_of(value, SERVICE.name, "externalIds")
