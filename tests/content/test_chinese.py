"""The Chinese of the site has one term for one thing, and the punctuation of Chinese."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
CHINESE: Final = ROOT / "docs" / "locale" / "zh_CN"
FOLDERS: Final = (CHINESE, ROOT / "ext" / "sphinx_paper_table" / "locale" / "zh_CN")
CODE: Final = re.compile(r"(?:\{[^}]*\})?`[^`]*`|\$[^$]*\$|\]\([^)]*\)|https?://\S+")
HAN: Final = "[\u4e00-\u9fff]"
FAULTS: Final = {
    "brackets within brackets": r"（[^（）]*（",
    "a straight quotation mark": rf'{HAN}[^<>]*"|"[^<>]*{HAN}',
    "half-width punctuation": rf"{HAN} ?[,;:?!](?: ?{HAN})|{HAN}\(|\){HAN}",
    "a range of years that ends within one of them": r"\d+[–-]\d+ 年(?:年?中|年?初|年?末|底)|年(?:中|初|末|底)[–-]",
}
"""What no translation holds outside code, formulas and addresses."""


def prose(text: str) -> str:
    """Return a translation as it is read, on one line; code, formulas and targets of links leave a mark."""
    return re.sub(r"\s*\n\s*", "", CODE.sub("·", text))


def translations() -> Iterator[tuple[str, str]]:
    """Return the place and the text of every Chinese translation."""
    for path in (path for folder in FOLDERS for path in sorted(folder.rglob("*.po"))):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="zh_CN"):
            forms = (message.string,) if isinstance(message.string, str) else message.string or ()
            if message.id:
                yield from ((f"{path.relative_to(ROOT)}:{message.lineno}", prose(form)) for form in forms)


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    found = list(translations())
    assert len(found) > 2000
    return found


@pytest.fixture(scope="module")
def glossary() -> list[tuple[str, str, list[str]]]:
    """English term, Chinese term, and the words that are not used for it."""
    rows = csv.reader((CHINESE / "glossary.csv").read_text("utf-8").splitlines())
    return [(english, chinese, [word for word in others.split("、") if word]) for english, chinese, others in rows]


def test_one_term_for_one_thing(texts: list[tuple[str, str]], glossary: list[tuple[str, str, list[str]]]) -> None:
    found = [
        f"{place}: {word!r} for {english!r}, which is {chinese!r}"
        for english, chinese, others in glossary
        for word in others
        for place, text in texts
        if word in text
    ]
    assert found == []


def test_every_term_is_used(texts: list[tuple[str, str]], glossary: list[tuple[str, str, list[str]]]) -> None:
    """Some translation has the term; of one with its English name or its short form, the part before the bracket."""
    whole = "\n".join(text for _place, text in texts)
    unused = [
        english
        for english, chinese, _others in glossary
        if not any(term.partition("（")[0] in whole for term in chinese.split("、"))
    ]
    assert unused == []


def test_the_glossary_does_not_contradict_itself(glossary: list[tuple[str, str, list[str]]]) -> None:
    assert [english for english, _chinese, _others in glossary] == sorted(
        {english for english, _chinese, _others in glossary}, key=str.casefold
    )
    terms = {term: english for english, chinese, _others in glossary for term in chinese.split("、")}
    wrong = [
        (word, term) for _english, _chinese, others in glossary for word in others for term in terms if word in term
    ]
    assert wrong == []


def test_displayed_formulas_are_the_same_in_both_languages() -> None:
    """A page of Markdown shows two colons in the place of a displayed formula whose translation differs."""
    different = []
    for path in sorted((CHINESE / "LC_MESSAGES" / "surveys").glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="zh_CN"):
            is_formula = isinstance(message.id, str) and re.search(r"\\[a-z]", CODE.sub("", message.id))
            if is_formula and message.id != message.string:
                different.append(f"{path.name}: {message.id}")
    assert different == []


@pytest.mark.parametrize("fault", FAULTS)
def test_punctuation_is_that_of_chinese(fault: str, texts: list[tuple[str, str]]) -> None:
    pattern = re.compile(FAULTS[fault])
    assert [f"{place}: {match[0]!r}" for place, text in texts if (match := pattern.search(text))] == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("brackets within brackets", "嵌入（见甲（见乙）则用之）"),
        ("a straight quotation mark", '写作 "87%"'),
        ("half-width punctuation", "图像, 文本"),
        ("a range of years that ends within one of them", "2018–2019 年中"),
    ],
)
def test_a_fault_is_found(fault: str, text: str) -> None:
    assert re.search(FAULTS[fault], prose(text))
