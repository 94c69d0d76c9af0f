"""The sentences of a record are found by their declaration, and replaced without touching anything else."""

from __future__ import annotations

from tests.support.texts import load_good

from sphinx_paper_table.survey.entities import Paper, Placement, Record, Survey, Vocabulary
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.introspection import field_names, info, required
from sphinx_paper_table.survey.located import Located, Position
from sphinx_paper_table.survey.texts import shown, texts, translated

CATALOGUE = load_good().catalogue
SURVEY = CATALOGUE.surveys["s"]


def test_sentences_come_in_the_order_of_the_fields_with_their_markup() -> None:
    found = [(str(text), markup) for text, markup in texts(SURVEY)]
    assert found[:6] == [
        ("Survey", Markup.PLAIN),
        ("First", Markup.PLAIN),
        ("2018 – 2019", Markup.PLAIN),
        ("About the first.", Markup.BLOCK),
        ("Old", Markup.PLAIN),
        ("The *old* one.", Markup.INLINE),
    ]
    words = [text for text, _ in found]
    assert {"One point.", "it grew", "Here again.", "third", "Inner"} <= set(words)


def test_names_ids_and_addresses_are_no_sentences() -> None:
    words = {str(text) for text, _ in texts(SURVEY)}
    assert not words & {"s", "old", "blue", "old2018", "https://example.org/old", "Talk", "Table 1", "bench"}


def test_names_are_seen_and_never_translated() -> None:
    names = {str(text) for text, markup in shown(SURVEY) if markup is Markup.NAME}
    assert {"Talk", "Table 1"} <= names
    assert "Inner" not in names
    turned = {str(text) for text, markup in shown(translated(SURVEY, str.upper)) if markup is Markup.NAME}
    assert turned == names


def test_the_vocabulary_has_sentences_too() -> None:
    words = [str(text) for text, _ in texts(CATALOGUE.vocabulary)]
    assert {"Blue", "The colour.", "Bench", "accuracy", "extends", "extended by"} <= set(words)


def test_a_translation_replaces_every_sentence_and_keeps_its_place() -> None:
    turned = translated(SURVEY, str.upper)
    before, after = list(texts(SURVEY)), list(texts(turned))
    assert [str(text) for text, _ in after] == [text.upper() for text, _ in before]
    assert [text.position for text, _ in after] == [text.position for text, _ in before]
    assert turned.groups[0].papers[0] != SURVEY.groups[0].papers[0]
    assert turned.survey == "s"
    assert isinstance(turned, Survey)


def test_a_translation_that_changes_nothing_copies_nothing() -> None:
    assert translated(SURVEY, lambda text: text) is SURVEY
    assert translated(SURVEY, str) is SURVEY


def test_a_translation_of_one_sentence_copies_only_what_contains_it() -> None:
    turned = translated(SURVEY, lambda text: "Changed" if text == "it grew" else text)
    first = turned.groups[0]
    assert first is not SURVEY.groups[0]
    assert first.papers[0] is SURVEY.groups[0].papers[0]
    assert first.groups is SURVEY.groups[0].groups
    assert turned.groups[1] is SURVEY.groups[1]


def test_a_translated_vocabulary_keeps_its_ids() -> None:
    turned = translated(CATALOGUE.vocabulary, str.upper)
    assert isinstance(turned, Vocabulary)
    assert list(turned.tags) == list(CATALOGUE.vocabulary.tags)
    assert turned.tags[Located("blue")].name == "BLUE"


def test_what_is_required_follows_from_the_declaration() -> None:
    assert [name for name in field_names(Paper) if required(Paper, name)] == ["id", "name"]
    assert [name for name in field_names(Placement) if required(Placement, name)] == ["ref"]
    assert "position" not in field_names(Paper)


def test_every_field_of_every_record_is_described() -> None:
    for record in Record.__subclasses__():
        for name in field_names(record):
            assert info(record, name).description, f"{record.__name__}.{name}"


def test_positions_do_not_tell_records_apart() -> None:
    one = Paper(id=Located("a"), name=Located("A"), position=Position("x", 1, 1))
    two = Paper(id=Located("a"), name=Located("A"), position=Position("y", 2, 2))
    assert one == two
    assert repr(one) == repr(two)
