"""Archives that give BibTeX: the ACL Anthology, DBLP and INSPIRE.

https://aclanthology.org/info/development/, https://dblp.org/faq/13501473.html and
https://github.com/inspirehep/rest-api-doc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.record import Record, bibtex_entry

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Client

ACL: Final = Service("ACL Anthology", "https://aclanthology.org", others=frozenset({"www.aclweb.org"}))
DBLP: Final = Service("DBLP", "https://dblp.org", interval=2.0, others=frozenset({"dblp.uni-trier.de"}))
INSPIRE: Final = Service("INSPIRE", "https://inspirehep.net")
KINDS: Final = frozenset(
    {"application/x-bibtex", "text/x-bibtex", "application/bibtex", "text/plain", "application/octet-stream"}
)
"""BibTeX has no registered media type; what it is shows when it is read."""


def find_acl(client: Client, name: str) -> Record:
    """Return the paper of an Anthology id, such as "2020.acl-main.1" or "P19-1001"."""
    return _record(client, ACL, f"{quote(name, safe='')}.bib", f"https://aclanthology.org/{name}/")


def find_dblp(client: Client, name: str) -> Record:
    """Return the publication of a DBLP key, such as "conf/cvpr/He0WXG20"."""
    path = f"rec/{quote(name, safe='/')}"
    return _record(client, DBLP, f"{path}.bib", f"https://dblp.org/{path}")


def find_inspire(client: Client, name: str) -> Record:
    """Return the work of the number of a record at INSPIRE, such as "1"."""
    path = f"api/literature/{quote(name, safe='')}"
    return _record(client, INSPIRE, path, f"https://inspirehep.net/literature/{name}", {"format": "bibtex"})


def _record(client: Client, service: Service, path: str, address: str, query: dict[str, str] | None = None) -> Record:
    answer = client.get(service, path, KINDS, query=query)
    kind, fields = bibtex_entry(answer, service.name)
    fields.pop("url", None) if fields.get("doi") or fields.get("eprint") else fields.setdefault("url", address)
    if kind in {"inproceedings", "article"}:
        fields.pop("publisher", None)
    return Record(service.name, address, kind, fields)
