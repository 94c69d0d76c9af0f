"""Questions to the catalogue: what a directive asks, kept with its page to be asked again at every build."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from sphinx_paper_table.survey.catalogue import Catalogue

Answer = TypeVar("Answer")


class Query(Generic[Answer]):
    """A question whose subclasses are small frozen dataclasses: equal ones ask the same, and they can be pickled."""

    __slots__ = ()

    @abstractmethod
    def answer(self, catalogue: Catalogue) -> Answer | None:
        """Return what *catalogue* has; None when it lacks what the question is about."""

    def shown_surveys(self, catalogue: Catalogue) -> frozenset[str] | None:
        """Return the surveys of whose papers more is shown than others see of them; None when it may be all.

        What others see of a paper is what `survey.faces` leaves.
        """
        return None

    def fingerprint_of(self, answer: Answer, catalogue: Catalogue) -> str:
        """Return a hash of all that a page shows of *answer*."""
        return digest(answer)

    def fingerprint(self, catalogue: Catalogue) -> str:
        """Return the hash of what a page would show now; empty when there is no answer."""
        answer = self.answer(catalogue)
        return "" if answer is None else self.fingerprint_of(answer, catalogue)


def digest(facts: object) -> str:
    """Return a hash, 32 hexadecimal digits, of records and whatever else is equal when its `repr` is."""
    return hashlib.blake2b(repr(facts).encode(), digest_size=16).hexdigest()
