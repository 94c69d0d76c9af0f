"""A venue is one, however entries spell it: for filters, options and lists; its other names still lead there."""

from __future__ import annotations

import pytest
from tests.support.texts import BIB, VOCABULARY, load_good

from sphinx_paper_table.cards.facets import Choice, facets
from sphinx_paper_table.exports.papers import papers_file
from sphinx_paper_table.exports.site import Site
from sphinx_paper_table.features.index.query import index_groups
from sphinx_paper_table.reading.loader import built_in_vocabulary
from sphinx_paper_table.survey.selection import Selection, select
from sphinx_paper_table.survey.venues import VenueIndex, key_of, spellings_of

BUILT_IN = VenueIndex(built_in_vocabulary().venues.items())
KEPT = (
    *("", "—", "2020", "(((((", "TURNIPS", "Journal of NIPS", "Machine Intelligence Research", "Physical Review"),
    *("Phys. Rev.", "Proceedings of the IEEE", "Science, Technology, & Human Values", "CVPR Workshops"),
    *("Anonymous Authors", "Arts & Analysis"),
    "Proceedings of the National Academy of Sciences, India Section A",
    "Proceedings of the 5th Workshop on Representation Learning for NLP, ACL 2020",
    "2020 IEEE International Conference on Multimedia and Expo (ICME)",
    "Proc. of the 12th Asian Conference on Machine Learning, ACML 2020",
)
"""Names of other venues, some of which have the name of a known one in them."""
FOUND = {
    "NeurIPS": (
        *("NIPS", "nips", "NeurIPS 2020", "NIPS'17", "Advances in Neural Information Processing Systems 33"),
        "Proceedings of the 34th International Conference on Neural Information Processing Systems",
        (
            "Advances in Neural Information Processing Systems 33: Annual Conference on Neural Information Processing "
            "Systems 2020, NeurIPS 2020, December 6-12, 2020, virtual"
        ),
        "Thirty-fifth Conference on Neural Information Processing Systems Datasets and Benchmarks Track (Round 2)",
    ),
    "ICML": (
        *(
            "ICML'20",
            "ICML2020",
            "Proc. ICML",
            "International conference on machine learning",
            "Int. Conf. Mach. Learn.",
        ),
        "Proceedings of the 37th International Conference on Machine Learning, ICML 2020, 13-18 July 2020, Virtual",
        "Proceedings of the Thirty-Seventh International Conference on Machine Learning",
        "In Proceedings of the 25th International Conference on Machine learning (ICML-08)",
    ),
    "CVPR": (
        "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
        "2018 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
        "2009 IEEE Computer Society Conference on Computer Vision and Pattern Recognition (CVPR 2009), Miami, Florida",
    ),
    "ECCV": (
        *("Computer Vision -- ECCV 2020", "Computer Vision – ECCV 2020"),
        "Computer Vision - ECCV 2014 - 13th European Conference, Zurich, Switzerland, September 6-12, 2014, Part V",
    ),
    "ACL": (
        "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics",
        (
            "Proceedings of the 59th Annual Meeting of the Association for Computational Linguistics and the 11th "
            "International Joint Conference on Natural Language Processing (Volume 1: Long Papers)"
        ),
    ),
    "NAACL": (
        (
            "Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational "
            "Linguistics: Human Language Technologies, Volume 1 (Long and Short Papers)"
        ),
    ),
    "Findings of ACL": ("Findings of the Association for Computational Linguistics: EMNLP 2020",),
    "KDD": (
        r"Proceedings of the 26th ACM SIGKDD International Conference on Knowledge Discovery \& Data Mining",
        "KDD '20",
    ),
    "TPAMI": ("IEEE Trans. Pattern Anal. Mach. Intell.", "IEEE Trans Pattern Anal Mach Intell", "T-PAMI"),
    "Phys. Rev. D": ("Phys.Rev.D", "Phys. Rev. D.", "PHYSICAL REVIEW D", "PRD", "Phys Rev D"),
    "Phys. Rev. A": ("Phys.Rev.A",),
    "JHEP": ("J. High Energy Phys.", "Journal of High Energy Physics (JHEP)", "J.High Energy Phys."),
    "Nucl. Phys. B": ("Nucl.Phys.B", "Nuclear Physics B"),
    "Comput. Softw. Big Sci.": ("Comput.Softw.Big Sci.", "Computing and Software for Big Science"),
    "Eur. Phys. J. C": ("Eur.Phys.J.C", "The European Physical Journal C", "EPJC"),
    "Astron. Astrophys.": ("A&A", r"Astronomy \& Astrophysics"),
    "NeurIPS Workshop": ("NIPS Workshop", "Advances in Neural Information Processing Systems Workshop"),
    "NeurIPS Deep Learning Workshop": ("NIPS Deep Learning Workshop",),
    "ICCV Workshop": ("2019 IEEE/CVF International Conference on Computer Vision Workshop (ICCVW)",),
}


@pytest.mark.parametrize(("label", "spelling"), [(label, said) for label, every in FOUND.items() for said in every])
def test_a_built_in_venue_is_found_by_what_exports_call_it(label: str, spelling: str) -> None:
    assert BUILT_IN.label(spelling) == label
    assert BUILT_IN.label(label) == label


@pytest.mark.parametrize("spelling", KEPT)
def test_other_venues_keep_their_names(spelling: str) -> None:
    assert BUILT_IN.label(spelling) == spelling


def test_no_two_built_in_venues_share_a_name() -> None:
    venues = built_in_vocabulary().venues
    owners = {key_of(said): name for name, venue in venues.items() for said in spellings_of(name, venue)}
    shared = [
        said for name, venue in venues.items() for said in spellings_of(name, venue) if owners[key_of(said)] != name
    ]
    assert shared == []
    assert len(venues) > 50


def test_an_abbreviation_of_two_venues_is_that_of_none() -> None:
    vocabulary = "vocabulary: v\nvenues:\n  one: {name: Annals of Things}\n  two: {name: Annual Thinking}\n"
    index = load_good(vocabulary=vocabulary).catalogue.venues
    assert index.label("Ann. Thin.") == "Ann. Thin."
    assert index.label("Annu. Thin.") == "Annual Thinking"


def test_filters_options_and_lists_have_one() -> None:
    bib = BIB.replace("{COT}", "{Proceedings of the 2nd NIPS}").replace("{Journal of Things}", "{NeurIPS}")
    catalogue = load_good(bib=bib).catalogue
    view = select(catalogue, Selection("s"))
    assert view is not None
    arxiv, neurips = facets(view, catalogue).venues
    assert (arxiv, neurips.label, neurips.count) == (Choice("arXiv", "arXiv", 1), "NeurIPS", 2)
    assert neurips.former[:2] == ("Proceedings of the 2nd NIPS", "NIPS")
    (shelf,) = [shelf for shelf in index_groups(view, catalogue, "venue") if len(shelf.lines) > 1]
    assert (shelf.key, shelf.title, shelf.former[:2]) == ("neurips", "NeurIPS", ("proceedings of the 2nd nips", "nips"))
    assert [line.published for line in shelf.lines] == ["NeurIPS 2018", "NeurIPS 2019"]
    for name in ("NIPS", "neurips", "Advances in Neural Information Processing Systems"):
        chosen = select(catalogue, Selection("s", venues=(name,)))
        assert chosen is not None
        assert {entry.paper.id for entry in chosen.all_entries()} == {line.paper for line in shelf.lines}
    assert papers_file(catalogue, Site()).references["old2018"].venue == "NeurIPS"
    assert catalogue.references["old2018"].venue == "Proceedings of the 2nd NIPS"


def test_a_workshop_of_a_venue_that_was_renamed_is_found_by_its_former_name() -> None:
    catalogue = load_good(bib=BIB.replace("{COT}", "{NeurIPS Workshop}")).catalogue
    assert catalogue.venue_spellings["NeurIPS Workshop"] == ("NIPS Workshop",)


def test_a_card_has_other_facts_when_its_venue_gets_another_name() -> None:
    named = f"{VOCABULARY}venues:\n  things: {{name: Conference on Things, short: CoThings, aliases: [COT]}}\n"
    before, after = load_good().catalogue, load_good(vocabulary=named).catalogue
    assert before.published(before.references["old2018"]) == "COT 2018"
    assert after.published(after.references["old2018"]) == "CoThings 2018"
    query = Selection("s")
    assert query.fingerprint(before) != query.fingerprint(after)


def test_published_is_venue_and_year_as_far_as_known() -> None:
    catalogue = load_good().catalogue
    assert catalogue.published(None) == ""
    assert catalogue.published(catalogue.references["new2020"]) == "arXiv 2020"
