"""Permanent anchors: which name leads to which, and which names lead to the same one.

Anchors are what others link to. They follow from a name alone, in every build, order of reading and process.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD: Final = re.compile(r"[a-z0-9]+")
_LETTERS: Final = str.maketrans(
    {
        **dict(zip("øđħıłŧƀƃƈƌƒƙƚƞƥƫƭƴƶǥȥȴȵȶȷȼȿɀɇɉɋɍɏ", "odhiltbbcdfklnpttyzgzlntjcszejqry", strict=True)),
        "ß": "sz",
        "æ": "ae",
        "œ": "oe",
        "ȸ": "db",
        "ȹ": "qp",
    }
)
"""Latin letters that Unicode does not take apart, spelt as `docutils.nodes.make_id` spells them; a test compares."""
OWN: Final = ("paper-", "group-", "survey-", "cite-", "tag-", "results-", "lineage-", "view-")
"""The prefixes of anchors of records, references and lists: no text of a record may define one."""


def anchor_of(kind: str, name: str) -> str:
    """Return the permanent anchor: ``paper-ID``, ``group-SURVEY-GROUP`` or ``survey-ID``."""
    prefix = "paper" if kind == "method" else kind
    return f"{prefix}-{name.replace('#', '-').replace('.', '-')}"


def key_anchor(key: str) -> str:
    """Return what stands for a cite key in its anchor, behind ``cite-``.

    Letters in lower case and without accents, digits, and a hyphen for whatever stands between them. A key with
    letters that this cannot write, such as Chinese ones, has its `mark` at the end.
    """
    spelt = unicodedata.normalize("NFKD", key.lower().translate(_LETTERS))
    name = "-".join(_WORD.findall(spelt.encode("ascii", "ignore").decode()))
    return name if name and not is_foreign(key) else f"{name}-{mark(key)}".lstrip("-")


def is_foreign(key: str) -> bool:
    """Return whether *key* has signs that no anchor can spell, or nothing that one can."""
    spelt = unicodedata.normalize("NFKD", key.lower().translate(_LETTERS))
    lost = any(not sign.isascii() and not unicodedata.category(sign).startswith("M") for sign in spelt)
    return lost or _WORD.search(spelt) is None


def mark(key: str) -> str:
    """Return eight hexadecimal digits that follow from *key* alone."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def sharing(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each cite key whose anchor an earlier one has, with that one: keys of one anchor differ in signs only."""
    first: dict[str, str] = {}
    for key in keys:
        owner = first.setdefault(key_anchor(key), key)
        if owner != key:
            yield key, owner
