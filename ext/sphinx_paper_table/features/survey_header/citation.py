"""A survey as something to cite: BibTeX, CSL-JSON (https://citationstyles.org) and CITATION.cff (version 1.2.0)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import yaml

from sphinx_paper_table.bibliography.writer import entry_text
from sphinx_paper_table.survey.references import BibtexEntry


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: *day* is that of the last review, as YYYY-MM-DD, and *address* that of the page; both may lack.

    A name of *authors* is ``Family, Given``, or that of a group.
    """

    key: str
    title: str
    site: str
    authors: tuple[str, ...]
    version: str
    day: str
    address: str

    def bibtex(self) -> str:
        """Return an entry that BibTeX and biblatex read."""
        fields = {
            "author": " and ".join(_tex(name) if "," in name else f"{{{_tex(name)}}}" for name in self.authors),
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": _tex(self.site),
            "year": self.day[:4],
            "month": self.day[5:7].lstrip("0"),
            "version": _tex(self.version),
            "url": self.address,
        }
        return entry_text(
            BibtexEntry("misc", self.key, tuple((name, value) for name, value in fields.items() if value))
        )

    def csl(self) -> str:
        """Return a list of one item."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [_parts(name, "family", "given", "literal") for name in self.authors],
            "container-title": self.site,
            "issued": {"date-parts": [[int(part) for part in self.day.split("-")]]} if self.day else {},
            "version": self.version,
            "URL": self.address,
        }
        return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)

    def cff(self) -> str:
        """Return the file that hosts of repositories show under "Cite this repository"."""
        content: dict[str, Any] = {
            "cff-version": "1.2.0",
            "message": "If you use this survey, please cite it.",
            "type": "dataset",
            "title": self.title,
            "authors": [_parts(name, "family-names", "given-names", "name") for name in self.authors],
            "version": self.version,
            "date-released": self.day,
            "url": self.address,
        }
        kept = {name: value for name, value in content.items() if value}
        return str(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)).strip()


def _parts(name: str, family: str, given: str, whole: str) -> dict[str, str]:
    before, comma, after = (part.strip() for part in name.partition(","))
    return {family: before, given: after} if comma else {whole: name}


def _tex(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "&%$#_" else sign for sign in text if sign not in "{}\\~^")
