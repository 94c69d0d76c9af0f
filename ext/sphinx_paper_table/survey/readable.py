"""Sentences of records as plain text, for what shows no mark-up: feeds, search results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.survey.cjk_spacing import without_spaces
from sphinx_paper_table.survey.markdown import plain_parts, target_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.markdown import PlainParts
    from sphinx_paper_table.survey.references import LabelWords

_SENTENCE_END: Final = re.compile(r"(?<=[.!?]) (?=[^a-z])|(?<=[。！？])")


def first_sentence(text: str) -> str:
    """Return the first sentence of a plain text, in Latin or Chinese letters."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def readable(
    text: str, catalogue: Catalogue, words: LabelWords, parts_of: Callable[[str], PlainParts] = plain_parts
) -> str:
    """Return a sentence in MyST as plain text, with the names of what it mentions.

    *words* are those of its labels; *parts_of* does what `plain_parts` does.
    """

    def role_text(role: str, content: str) -> str:
        if role.startswith("cite"):
            cited = (catalogue.references.get(key.strip()) for key in content.split(","))
            return words.comma.join(reference.label_in(words) for reference in cited if reference)
        target = target_of(content)
        if target != content:
            return content[: -len(target) - 2].strip()
        paper = catalogue.paper(target)
        return str(paper.name) if paper else target

    said = (part if isinstance(part, str) else role_text(*part) for part in parts_of(text))
    return without_spaces(" ".join("".join(said).split()))
