"""From identifiers to records: published answers of every service, and hostile ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.services import ANSWERS, Reply, Services

from sphinx_paper_table.bibliography.tex import readable
from sphinx_paper_table.services import lookup
from sphinx_paper_table.services.errors import NotFoundError, OfflineError, RefusedError
from sphinx_paper_table.services.lookup import Identifier, identify
from sphinx_paper_table.services.texts import is_balanced

if TYPE_CHECKING:
    from sphinx_paper_table.services.record import Record

CVF = "https://openaccess.thecvf.com/content_CVPR_2020/{}/He_Momentum_Contrast_for_Unsupervised_Visual_Representation_Learning_CVPR_2020_paper.{}"
NEURIPS = "https://proceedings.neurips.cc/paper/2020/{}/4c5bcfec8584af0d967f1ab10179ca4b-{}"

IDENTIFIERS = {
    "1911.05722": ("arxiv", "1911.05722"),
    "arXiv:1911.05722v3": ("arxiv", "1911.05722"),
    "https://arxiv.org/abs/1911.05722": ("arxiv", "1911.05722"),
    "http://www.arxiv.org/pdf/1911.05722v2.pdf": ("arxiv", "1911.05722"),
    "arxiv.org/abs/hep-th/9901001": ("arxiv", "hep-th/9901001"),
    "math.GT/0309136": ("arxiv", "math.GT/0309136"),
    "10.48550/arXiv.1911.05722": ("arxiv", "1911.05722"),
    "https://huggingface.co/papers/2404.19756": ("arxiv", "2404.19756"),
    "10.1109/CVPR42600.2020.00975": ("doi", "10.1109/CVPR42600.2020.00975"),
    "doi:10.1109/CVPR42600.2020.00975": ("doi", "10.1109/CVPR42600.2020.00975"),
    "https://doi.org/10.1109%2FCVPR42600.2020.00975": ("doi", "10.1109/CVPR42600.2020.00975"),
    "https://link.springer.com/chapter/10.1007/978-3-030-58452-8_13": ("doi", "10.1007/978-3-030-58452-8_13"),
    "N19-1423": ("acl", "N19-1423"),
    "https://aclanthology.org/2020.acl-main.1/": ("acl", "2020.acl-main.1"),
    "10.18653/v1/N19-1423": ("acl", "N19-1423"),
    "https://openreview.net/forum?id=YicbFdNTTy": ("openreview", "YicbFdNTTy"),
    "https://openreview.net/pdf?id=YicbFdNTTy": ("openreview", "YicbFdNTTy"),
    "https://dblp.org/rec/journals/pvldb/Ley09.html?view=bibtex": ("dblp", "journals/pvldb/Ley09"),
    "DBLP:conf/cvpr/He0WXG20": ("dblp", "conf/cvpr/He0WXG20"),
    "https://pubmed.ncbi.nlm.nih.gov/32160763/": ("pubmed", "32160763"),
    "PMID: 32160763": ("pubmed", "32160763"),
    "https://inspirehep.net/literature/451647": ("inspire", "451647"),
    CVF.format("papers", "pdf"): ("page", CVF.format("html", "html")),
    CVF.format("html", "html"): ("page", CVF.format("html", "html")),
    "https://proceedings.mlr.press/v267/gu25b/gu25b.pdf": ("page", "https://proceedings.mlr.press/v267/gu25b.html"),
    "ARXIV:2005.14124V1 [cs.SE]": ("arxiv", "2005.14124"),
    "https://www.nature.com/articles/s41586-021-03819-2": ("doi", "10.1038/s41586-021-03819-2"),
    "https://www.nature.com/articles/nature14539.pdf": ("doi", "10.1038/nature14539"),
    "https://www.biorxiv.org/content/10.1101/2020.01.01.892345v2.full.pdf": ("doi", "10.1101/2020.01.01.892345"),
    "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693": (
        "doi",
        "10.1371/journal.pone.0033693",
    ),
    "https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full": ("doi", "10.3389/fnins.2020.00001"),
    "https://zenodo.org/records/5788550": ("doi", "10.5281/zenodo.5788550"),
    "https://jmlr.org/papers/volume21/20-074/20-074.pdf": ("page", "https://jmlr.org/papers/v21/20-074.html"),
    NEURIPS.format("file", "Paper.pdf"): ("page", NEURIPS.format("hash", "Abstract.html")),
}


@pytest.mark.parametrize(("text", "wanted"), IDENTIFIERS.items(), ids=str)
def test_identifiers_are_recognised_in_every_form(text: str, wanted: tuple[str, str]) -> None:
    assert identify(text) == Identifier(*wanted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "momentum contrast",
        "https://example.org/paper",
        "https://ieeexplore.ieee.org/document/9157636",
        "https://openaccess.thecvf.com.evil.example/content/a.html",
        "https://openaccess.thecvf.com@evil.example/content/a.html",
        "https://evil.example/?u=arxiv.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "acl:../../etc/passwd",
        "dblp:conf/../../x",
        "openreview:a&b",
        "pmid:1;2",
        "http://[::1",
        "1" * 3000,
        "9" * 2000,
    ],
)
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert identify(text) is None


PAGE = (ANSWERS / "pmlr-v267-gu25b.html").read_text("utf-8")


def found(services: Services, text: str) -> Record:
    """Return the record of what *text* names."""
    wanted = identify(text)
    assert wanted is not None
    return lookup.find(services.client(), wanted)


@pytest.mark.live
def test_arxiv(services: Services) -> None:
    record = found(services, "https://arxiv.org/pdf/1605.08386v1")
    assert record.type == "misc"
    assert record.title == "Heat-bath random walks with Markov bases"
    assert record.fields["author"] == "Stanley, Caprice and Windisch, Tobias"
    assert record.fields["year"] == "2016"
    assert (record.fields["eprint"], record.fields["archiveprefix"]) == ("1605.08386", "arXiv")
    assert record.first_public == "2016-05-26"
    assert record.abstract.startswith("Graphs on lattice points are studied")
    assert record.published_as == ""
    assert found(services, "astro-ph/0601001").fields["eprint"] == "astro-ph/0601001"


def test_arxiv_leaves_the_subject_class_out_of_old_ids(services: Services) -> None:
    feed = (ANSWERS / "arxiv-astro-ph-0601001.xml").read_text("utf-8").replace("astro-ph/", "math/")
    path = "arxiv/api/query?id_list=math.GT%2F0601001&max_results=1"
    services.answer(path, Reply(feed.encode(), "application/atom+xml"))
    assert found(services, "arXiv:math.GT/0601001v2").fields["eprint"] == "math/0601001"
    services.answer(path, Reply(feed.replace("math/0601001", "math/0601002").encode(), "application/atom+xml"))
    with pytest.raises(RefusedError, match=r"it answers with 'math/0601002v1' to a question for 'math\.GT/0601001'"):
        found(services, "math.GT/0601001")


@pytest.mark.live
def test_arxiv_says_what_was_published(services: Services) -> None:
    record = found(services, "2005.14124")
    assert record.published_as == "10.1145/3395363.3397376"
    published, why = lookup.published(services.client(), record)
    assert why == ""
    assert published.type == "inproceedings"
    assert published.fields["doi"] == "10.1145/3395363.3397376"
    assert published.fields["eprint"] == "2005.14124"
    assert published.fields["pages"] == "14--26"
    assert "venue" not in published.fields
    assert published.abstract == record.abstract


def test_a_published_version_that_cannot_be_read_costs_nothing(services: Services) -> None:
    services.answer("crossref/works/10.1145/3395363.3397376", Reply(status=403))
    record = found(services, "2005.14124")
    same, why = lookup.published(services.client(), record)
    assert same == record
    assert why.startswith("the published version, 10.1145/3395363.3397376, was not read: Crossref: it answers 403 to ")


@pytest.mark.parametrize("name", ["9901.00000", "9902.00000"])
def test_arxiv_says_nothing_of_an_id_in_two_ways(services: Services, name: str) -> None:
    with pytest.raises(NotFoundError, match=f"arXiv: it has no '{name}'"):
        lookup.find(services.client(), Identifier("arxiv", name))


@pytest.mark.live
def test_crossref(services: Services) -> None:
    record = found(services, "doi:10.1371/journal.pone.0033693")
    assert record.type == "article"
    assert record.fields["journal"] == "PLoS ONE"
    assert record.fields["author"].startswith("Sadasivan, Shankar and Pond, Brooks B. and ")
    assert {name: record.fields[name] for name in ("volume", "number", "pages", "year", "doi")} == {
        "volume": "7",
        "number": "3",
        "pages": "e33693",
        "year": "2012",
        "doi": "10.1371/journal.pone.0033693",
    }
    assert record.replaced_by == ("correction 10.1371/annotation/c76da2c1-ccb8-4797-94c1-359d3ceceeda",)
    assert record.withdrawn == ""


@pytest.mark.live
def test_datacite_has_what_crossref_has_not(services: Services) -> None:
    record = found(services, "10.5438/4K3M-NYVG".lower())
    assert record.service == "DataCite"
    assert record.title == "Eating your own Dog Food"
    assert record.fields["author"] == "Fenner, Martin"
    assert record.fields["year"] == "2016"


@pytest.mark.live
def test_acl(services: Services) -> None:
    record = found(services, "https://www.aclweb.org/anthology/N19-1423.pdf")
    assert record.type == "inproceedings"
    assert record.fields["title"].startswith("{BERT}: Pre-training")
    assert record.fields["author"] == "Devlin, Jacob and Chang, Ming-Wei and Lee, Kenton and Toutanova, Kristina"
    assert record.fields["doi"] == "10.18653/v1/N19-1423"
    assert "url" not in record.fields, "the DOI says it"


@pytest.mark.live
def test_dblp(services: Services) -> None:
    record = found(services, "https://dblp.org/rec/journals/pvldb/Ley09")
    assert record.fields["author"] == "Ley, Michael"
    assert record.fields["title"] == "{DBLP} - Some Lessons Learned"
    assert set(record.fields) == {"author", "title", "journal", "volume", "number", "pages", "year", "doi"}


@pytest.mark.live
def test_openreview(services: Services) -> None:
    record = found(services, "https://openreview.net/forum?id=YicbFdNTTy")
    assert record.title == "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
    assert record.fields["author"].startswith("Dosovitskiy, Alexey and Beyer, Lucas and ")
    assert record.fields["booktitle"] == "International Conference on Learning Representations"
    assert record.fields["year"] == "2021"
    assert record.fields["url"] == "https://openreview.net/forum?id=YicbFdNTTy"


def test_openreview_with_and_without_bibtex(services: Services) -> None:
    record = found(services, "https://openreview.net/forum?id=Bibtex_2020")
    assert record.title == "Paper title has GANs and an Ô"
    assert record.fields["author"] == 'User, Bibtex and Te{\\"e}t, Peter and McC, Andrew'
    assert record.fields["url"] == "https://openreview.net/forum?id=Bibtex_2020"
    older = found(services, "https://openreview.net/forum?id=Older_2019")
    assert older.fields["booktitle"] == "MLITS 2020"
    assert older.fields["author"] == "User, Bibtex and Teët, Peter and McC, Andrew"
    with pytest.raises(NotFoundError, match="OpenReview: it has no 'Nobody'"):
        found(services, "openreview:Nobody")


@pytest.mark.live
def test_pubmed(services: Services) -> None:
    record = found(services, "PMID:32160763")
    assert record.type == "article"
    assert record.fields["title"] == "The London Patient"
    assert record.fields["author"] == "Brown, Timothy Ray"
    assert record.fields["pages"] == "251--252"
    assert record.fields["doi"] == "10.1089/AID.2020.0058"


@pytest.mark.live
def test_inspire(services: Services) -> None:
    record = found(services, "https://inspirehep.net/literature/451647")
    assert record.title.startswith("The Large N limit of superconformal field theories")
    assert record.fields["author"] == "Maldacena, Juan Martin"
    assert record.fields["eprint"] == "hep-th/9711200"
    assert record.fields["year"] == "1998"


@pytest.mark.live
@pytest.mark.parametrize(
    ("address", "author", "venue", "pages"),
    [
        (CVF.format("papers", "pdf"), "He, Kaiming", "Proceedings of the IEEE/CVF Conference", "9729--9738"),
        ("https://proceedings.mlr.press/v267/gu25b.html", "Gu, Chenchen", "International Conference", "20477--20496"),
        (NEURIPS.format("file", "Paper.pdf"), "Ho, Jonathan", "Advances in Neural", "6840--6851"),
    ],
    ids=["cvf", "pmlr", "neurips"],
)
def test_pages_of_proceedings(services: Services, address: str, author: str, venue: str, pages: str) -> None:
    record = found(services, address)
    assert record.type == "inproceedings"
    assert record.fields["author"].startswith(author)
    assert record.fields["booktitle"].startswith(venue)
    assert record.fields["pages"] == pages
    assert record.fields["url"] == record.address


def crossref_answer(**work: object) -> Reply:
    """Return an answer of Crossref about a work."""
    return Reply(
        json.dumps({"message": {"title": ["A title"], "type": "journal-article", **work}}).encode(), "application/json"
    )


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><feed>&j;</feed>"
)


@pytest.mark.parametrize(
    ("path", "reply", "text", "message"),
    [
        ("pubmed", Reply(BOMB.encode(), "text/xml"), "pmid:1", "defines entities, which is refused"),
        (
            "pubmed",
            Reply(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "text/xml"),
            "pmid:1",
            "defines entities",
        ),
        ("pubmed", Reply(b"<a>" * 200, "text/xml"), "pmid:1", "goes too deep"),
        ("pubmed", Reply(b"<html><p>down", "text/xml"), "pmid:1", "its answer is no XML"),
        ("pubmed", Reply(b"\xff\xfe<a/>", "text/xml"), "pmid:1", "its answer is no XML"),
        ("crossref", Reply(b"<html>", "application/json"), "10.1000/1", "its answer is no JSON"),
        ("crossref", Reply(b"[" * 100_000, "application/json"), "10.1000/1", "its answer is no JSON"),
        ("crossref", Reply(b"[1]", "application/json"), "10.1000/1", "its answer is no JSON object"),
        ("crossref", Reply(b"{}", "application/json"), "10.1000/1", "its answer has no title"),
        ("crossref", crossref_answer(title=[{"a": 1}]), "10.1000/1", "its answer has no text for the title"),
        ("crossref", crossref_answer(title=["x" * 5_000]), "10.1000/1", "the title has 5,000 characters"),
        ("acl", Reply(b"<html>no</html>", "application/x-bibtex"), "acl:N19-1423", "its answer is no BibTeX entry"),
        ("acl", Reply(b"@misc{a, title={x", "application/x-bibtex"), "acl:N19-1423", "its answer is no BibTeX entry"),
        ("acl", Reply(b"@misc{a, title={\xff}}", "text/plain"), "acl:N19-1423", "its answer is not UTF-8"),
    ],
)
def test_hostile_answers_are_refused(services: Services, path: str, reply: Reply, text: str, message: str) -> None:
    services.replies = {
        one: [reply]
        for one in (
            "pubmed/entrez/eutils/efetch.fcgi?db=pubmed&id=1&retmode=xml&tool=sphinx-paper-table",
            "crossref/works/10.1000/1",
            "acl-anthology/N19-1423.bib",
        )
        if one.startswith(path)
    }
    with pytest.raises(RefusedError, match=message):
        found(services, text)


def test_titles_are_text(services: Services) -> None:
    """Script stays visible text, HTML becomes TeX, and what nobody sees is gone."""
    title = "<script>alert(1)</script> of <i>Mus</i> & 50%\u202e \x1b[31m\x00 \\input{/etc/passwd} $x_{1}$ $5 and $6"
    services.answer("crossref/works/10.1000/1", crossref_answer(title=[title]))
    record = found(services, "10.1000/1")
    assert record.fields["title"] == (
        r"<script>alert(1)</script> of \emph{Mus} \& 50\% [31m "
        r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{} $x_{1}$ \$5 and \$6"
    )


@pytest.mark.parametrize("title", ["a } b", "{ a", "} {", "&lbrace;", "\\{", "a \\"])
def test_braces_are_balanced_whatever_a_title_has(services: Services, title: str) -> None:
    """Of braces behind a backslash too: BibTeX counts them."""
    services.answer("crossref/works/10.1000/1", crossref_answer(title=[title]))
    written = found(services, "10.1000/1").fields["title"]
    assert is_balanced(written)
    assert readable(written) == title.replace("&lbrace;", "{")


def test_no_field_can_end_and_begin_another(services: Services) -> None:
    end = "}, note = {evil"
    work = {"DOI": f"10.1/x{end}", "issued": {"date-parts": [[f"2020{end}"]]}, "volume": end, "page": f"1-2{end}"}
    services.answer("crossref/works/10.1000/1", crossref_answer(**work, author=[{"family": f"A{end}", "given": "}"}]))
    record = found(services, "10.1000/1")
    assert all(map(is_balanced, record.fields.values()))
    assert "doi" not in record.fields
    assert "note" not in record.fields
    page = PAGE.replace("Auditing", "}, note = {").replace("Chenchen", "}, note = {")
    services.answer("pmlr/v267/gu25b.html", Reply(page.encode(), "text/html"))
    assert all(map(is_balanced, found(services, "https://proceedings.mlr.press/v267/gu25b.html").fields.values()))


def test_relations_of_any_shape_are_read(services: Services) -> None:
    related = [{"relationType": {}, "relatedIdentifier": "10.1000/2"}, {"relationType": "IsVersionOf"}, 1]
    work = {"titles": [{"title": "A title"}], "types": {"bibtex": "article"}, "relatedIdentifiers": related}
    body = json.dumps({"data": {"attributes": work}}).encode()
    services.answer("datacite/dois/10.1000/1", Reply(body, "application/json"))
    assert found(services, "10.1000/1").published_as == ""


def test_tex_that_does_more_than_print_is_text(services: Services) -> None:
    title = rb"\input{/etc/passwd} B\'ezier \write18{rm}"
    bib = b"@misc{a, title={" + title + rb"}, author={M\"uller, J.}, file={x}, url={javascript:1}}"
    services.answer("acl-anthology/N19-1423.bib", Reply(bib, "application/x-bibtex"))
    record = found(services, "acl:N19-1423")
    assert "\\input" not in record.fields["title"]
    assert "\\write" not in record.fields["title"]
    assert "Bézier" in record.fields["title"]
    assert set(record.fields) == {"title", "author", "url"}
    assert record.fields["url"] == "https://aclanthology.org/N19-1423/"


def test_groups_and_odd_names_stay_whole(services: Services) -> None:
    authors = [
        {"name": "The ATLAS Collaboration"},
        {"family": "Rock and Roll", "given": "A."},
        {"family": "李", "given": "飞飞"},
    ]
    services.answer("crossref/works/10.1000/1", crossref_answer(author=authors))
    assert (
        found(services, "10.1000/1").fields["author"]
        == "{The ATLAS Collaboration} and {Rock and Roll}, A. and 李, 飞飞"
    )


def test_retractions_are_told(services: Services) -> None:
    update = [{"type": "retraction", "DOI": "10.1000/2"}]
    services.answer("crossref/works/10.1000/1", crossref_answer(**{"updated-by": update}))
    assert found(services, "10.1000/1").withdrawn == "retraction"


def test_a_preprint_at_crossref_leads_to_what_was_published(services: Services) -> None:
    preprint = crossref_answer(
        type="posted-content",
        institution=[{"name": "bioRxiv"}],
        relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1371/journal.pone.0033693"}]},
    )
    services.answer("crossref/works/10.1101/2020.01.01.1", preprint)
    record = found(services, "https://www.biorxiv.org/content/10.1101/2020.01.01.1v2")
    assert (record.type, record.fields["venue"]) == ("misc", "bioRxiv")
    published, why = lookup.published(services.client(), record)
    assert (published.fields["journal"], why) == ("PLoS ONE", "")


def test_nothing_is_asked_offline(services: Services) -> None:
    with pytest.raises(OfflineError):
        lookup.find(services.client(offline=True), Identifier("doi", "10.1000/1"))
