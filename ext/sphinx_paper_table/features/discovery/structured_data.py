"""Structured data for search engines: JSON-LD (https://www.w3.org/TR/json-ld11/) in the words of https://schema.org."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.exports.addresses import BIBLIOGRAPHY, CSL, PAPERS, RIS
from sphinx_paper_table.survey.references import ENGLISH, OTHERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Paper

_CONTEXT: Final = "https://schema.org"
_DATA: Final = {
    PAPERS: "application/json",
    BIBLIOGRAPHY: "application/x-bibtex",
    CSL: "application/vnd.citationstyles.csl+json",
    RIS: "application/x-research-info-systems",
}
_ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the element or begin a comment in it; within JSON these stand in texts only."""


@dataclass(frozen=True, slots=True)
class Described:
    """A page or site as it describes itself: its address is empty where the site has none yet."""

    title: str
    description: str
    url: str
    language: str
    author: str = ""
    version: str = ""
    license: str = ""


def survey_data(page: Described, papers: Mapping[str, Paper], catalogue: Catalogue) -> dict[str, Any]:
    """Return the page of a survey as the list of the articles that it is about; *papers* are by their anchors."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "item": _article(page.url and f"{page.url}#{anchor}", paper, catalogue),
        }
        for position, (anchor, paper) in enumerate(papers.items(), 1)
    ]
    listed = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return {"@context": _CONTEXT, "@type": "CollectionPage", **_known(page), "mainEntity": listed}


def dataset(site: Described) -> dict[str, Any]:
    """Return the data of a site and where they lie: a site without an address cannot say that."""
    files = [
        {"@type": "DataDownload", "contentUrl": f"{site.url}{address}", "encodingFormat": form}
        for address, form in _DATA.items()
    ]
    return {"@context": _CONTEXT, "@type": "Dataset", **_known(site), **({"distribution": files} if site.url else {})}


def script_text(data: Mapping[str, Any]) -> str:
    """Return *data* as it may stand in a ``script`` element, whatever its texts are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _known(page: Described) -> dict[str, Any]:
    creator = {"@type": "Organization", "name": page.author} if page.author else ""
    facts: dict[str, Any] = {
        "name": page.title,
        "description": page.description,
        "url": page.url,
        "inLanguage": page.language.replace("_", "-"),
        "creator": creator,
        "version": page.version,
        "license": page.license,
    }
    return {name: value for name, value in facts.items() if value}


def _article(url: str, paper: Paper, catalogue: Catalogue) -> dict[str, Any]:
    """Return what the bibliography knows of a paper; its name in the survey is another name of the article."""
    reference = catalogue.reference(paper)
    title = reference.title if reference else ""
    authors = [name for name in reference.authors_in(ENGLISH) if name != OTHERS] if reference else []
    facts = {
        "name": title or str(paper.name),
        "alternateName": str(paper.name) if title else "",
        "author": [{"@type": "Person", "name": name} for name in authors],
        "datePublished": catalogue.date(paper),
        "sameAs": [address for kind, address in reference.links.items() if kind != "paper"] if reference else [],
        "url": url,
    }
    return {"@type": "ScholarlyArticle", **{name: value for name, value in facts.items() if value}}
