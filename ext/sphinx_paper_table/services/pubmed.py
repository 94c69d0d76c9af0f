"""PubMed: the E-utilities give XML (https://www.ncbi.nlm.nih.gov/books/NBK25499/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_paper_table.services.client import Service
from sphinx_paper_table.services.errors import NotFoundError
from sphinx_paper_table.services.record import Record, fields_of
from sphinx_paper_table.services.texts import LONGEST_ABSTRACT, line_of, name_of, names_of, pages_of, plain, tex_of_text
from sphinx_paper_table.services.trees import text_of, xml_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_paper_table.services.client import Client

SERVICE: Final = Service("PubMed", "https://eutils.ncbi.nlm.nih.gov", interval=0.5)
"""Three requests in a second are what it allows without a key."""
KINDS: Final = frozenset({"text/xml", "application/xml"})
_WITHDRAWN: Final = frozenset({"Retracted Publication"})


def find(client: Client, name: str) -> Record:
    """Return the article of a PubMed id, such as "33567185"."""
    query = {"db": "pubmed", "id": name, "retmode": "xml", "tool": "sphinx-paper-table"}
    if client.settings.mailto:
        query["email"] = client.settings.mailto
    article = xml_of(client.get(SERVICE, "entrez/eutils/efetch.fcgi", KINDS, query=query), SERVICE.name).find(
        "PubmedArticle"
    )
    if article is None:
        raise NotFoundError(SERVICE.name, f"it has no '{name}'", "look at the identifier")
    return _record(article, name)


def _record(article: Element, name: str) -> Record:
    names = {
        one.get("IdType"): "".join(one.itertext()) for one in article.findall("PubmedData/ArticleIdList/ArticleId")
    }
    issue = "MedlineCitation/Article/Journal/JournalIssue"
    date = f"{issue}/PubDate"
    kinds = {"".join(one.itertext()) for one in article.findall(".//PublicationType")}
    fields = {
        "author": names_of(map(_author, article.findall(".//Article/AuthorList/Author")), SERVICE.name),
        "title": tex_of_text(_line(article, ".//ArticleTitle").removesuffix(".")),
        "journal": tex_of_text(_line(article, "MedlineCitation/Article/Journal/Title")),
        "volume": tex_of_text(_line(article, f"{issue}/Volume")),
        "number": tex_of_text(_line(article, f"{issue}/Issue")),
        "pages": pages_of(_line(article, ".//MedlinePgn")),
        "year": _line(article, f"{date}/Year") or _line(article, f"{date}/MedlineDate")[:4],
        "doi": line_of(names.get("doi"), SERVICE.name, "DOI"),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{name}/",
    }
    if fields["doi"]:
        del fields["url"]
    return Record(
        SERVICE.name,
        f"https://pubmed.ncbi.nlm.nih.gov/{name}/",
        "article",
        fields_of(SERVICE.name, fields),
        plain(_line(article, ".//Abstract", LONGEST_ABSTRACT)),
        withdrawn="retraction" if kinds & _WITHDRAWN else "",
    )


def _author(author: Element) -> str:
    family = _line(author, "LastName") or _line(author, "CollectiveName")
    given = _line(author, "ForeName") or _line(author, "Initials")
    return name_of(family, given, _line(author, "Suffix")) if family else ""


def _line(article: Element, path: str, longest: int = 2_000) -> str:
    return line_of(text_of(article, path), SERVICE.name, path.rpartition("/")[2], longest)
