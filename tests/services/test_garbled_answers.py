"""Answers that are garbled in any way give a record or a message, never a traceback, and nothing that would run."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from tests.support.services import ANSWERS

from sphinx_paper_table.bibliography.tex import unknown_commands
from sphinx_paper_table.services import lookup
from sphinx_paper_table.services.client import Answer, Client
from sphinx_paper_table.services.errors import NotFoundError, ServiceError
from sphinx_paper_table.services.lookup import identify
from sphinx_paper_table.services.record import FIELDS
from sphinx_paper_table.services.settings import Settings
from sphinx_paper_table.survey.characters import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_paper_table.services.client import Service

TIMES: Final = 60
ASKED: Final = {
    "1605.08386": "arxiv-1605.08386.xml",
    "10.1371/journal.pone.0033693": "crossref-10.1371",
    "10.5438/4k3m-nyvg": "datacite",
    "N19-1423": "acl",
    "DBLP:journals/pvldb/Ley09": "dblp",
    "PMID:32160763": "pubmed",
    "openreview:Bibtex_2020": "openreview-2-Bibtex",
    "openreview:Older_2019": "openreview-1-Older",
    "https://proceedings.mlr.press/v267/gu25b.html": "pmlr",
}
"""What is asked for, and how the name of the recorded answer begins."""
ODD: Final[tuple[Any, ...]] = (
    *(None, True, -1, 1.5, 10**400, "", " ", "\0", "\ud800", "{", "}", "\\", "%", "$", "a and", "and", ","),
    "x" * 3_000,
    *("\\input{x}", "{{{{", "}}{{", "<b", "&#x110000;", "\u202e", [], [[]], {}, {"a": {}}, [None], ["a", 1]),
    {"value": []},
)
BYTES: Final = (b"", b"{", b"}", b'"', b"<", b">", b"\\x", b"\xff", b"&a;", b"\0", b"%", b",")


@dataclass
class Garbling:
    """In the place of a client: every answer is the same."""

    body: bytes
    settings: Settings
    unknown_to: str = ""

    def get(
        self, service: Service, path: str, kinds: frozenset[str], *, query: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the answer, whatever is asked."""
        if service.name == self.unknown_to:
            raise NotFoundError(service.name, "it has none of this")
        return Answer(f"{service.base}/{path}", 200, min(kinds), self.body, 0.0)


def garbled_tree(tree: Any, chance: random.Random) -> Any:
    """Return JSON in which some values are others."""
    if chance.random() < 0.06:
        return chance.choice(ODD)
    if isinstance(tree, dict):
        return {key: garbled_tree(value, chance) for key, value in tree.items()}
    return [garbled_tree(value, chance) for value in tree] if isinstance(tree, list) else tree


def garbled(body: bytes, chance: random.Random) -> bytes:
    """Return an answer with parts cut out, doubled or replaced; or with other values, if it is JSON."""
    if body.startswith(b"{") and chance.random() < 0.8:
        return json.dumps(garbled_tree(json.loads(body), chance)).encode()
    found = bytearray(body)
    for _number in range(chance.randint(1, 6)):
        start = chance.randrange(len(found))
        end = min(len(found), start + chance.choice((1, 1, 2, 10, 200)))
        new = chance.choice((*BYTES, bytes(found[start:end] * 2)))
        found[start:end] = new
    return bytes(found)


@pytest.mark.parametrize("asked", ASKED)
def test_garbled_answers_give_a_record_or_a_message(asked: str) -> None:
    (path,) = ANSWERS.glob(f"{ASKED[asked]}*")
    body = path.read_bytes()
    chance = random.Random(asked)  # noqa: S311 (a seed makes it repeatable)
    wanted = identify(asked)
    assert wanted is not None
    outcomes = {"record": 0, "message": 0}
    for _time in range(TIMES):
        answer = garbled(body, chance)
        client = Garbling(answer, Settings(), "Crossref" if "datacite" in path.name else "")
        try:
            record = lookup.find(cast("Client", client), wanted)
        except ServiceError:
            outcomes["message"] += 1
            continue
        outcomes["record"] += 1
        assert record.fields["title"]
        assert set(record.fields) <= FIELDS
        for name, value in record.fields.items():
            assert value
            assert not UNPRINTABLE.search(value), answer
            assert "\n" not in value
            assert name in {"doi", "eprint", "url"} or not unknown_commands(value), answer
    assert all(outcomes.values()), outcomes
