"""What texts of records cannot do to readers and to the machine that builds: links, images and formulas.

What is refused stays as the text that it is, with a problem at its place; the prose of pages is their author's own.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.sites import PNG, dump, small_site, soup, warnings

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from tests.support.harness import Report, Site

RUNS = "javascript://%0aalert(1)"
HOST = "https://images.example.org"
LINKS = {
    "download": f"{{download}}`shown <{RUNS}>`",
    "markdown": f"[shown]({RUNS})",
    "autolink": f"<{RUNS}>",
    "card": f"```{{card}} shown\n:link: {RUNS}\n```",
    "button": f"```{{button-link}} {RUNS}\nshown\n```",
    "figure": f"```{{figure}} x.png\n:target: {RUNS}\nshown\n```",
    "case": "{download}`shown <JavaScript://%0aalert(1)>`",
    "data": "{download}`shown <data://text/html,x>`",
    "file": "{download}`shown <file:///etc/passwd>`",
    "other": "{download}`shown <ms-word://x>`",
}
FORMULAS = {
    "href": r"$\href{javascript:alert(1)}{x}$",
    "input": r"$\input{/etc/passwd}$",
    "markup": r"$\foo<img src=x onerror=alert(1)>$",
    "role": r"{math}`\unicode{x}`",
    "block": "```{math}\n\\openin5=/etc/passwd\n```",
    "label": "```{math}\n:label: x}\\input{/etc/passwd}\nx\n```",
    "double": r"$$\require{html}\style{position:fixed}{x}$$",
}
PAGE = "# Page\n\n```{paper-table} hostile\n```\n\n[a call](tel:+1)\n"
CONF = 'myst_enable_extensions = ["dollarmath", "colon_fence"]\nmyst_url_schemes = ["https", "tel"]\n'


def hostile(summary: str, *points: str) -> str:
    paper = {"id": "enemy", "name": "Enemy", "summary": "Good.", "points": list(points)}
    return dump({"survey": "hostile", "title": "Hostile", "summary": summary, "papers": [paper]})


def site_of(path: Path, survey: str, conf: str = "", page: str = PAGE) -> Site:
    files: dict[str, str | bytes] = {"index.md": page, "surveys/hostile.yaml": survey, "x.png": PNG}
    return small_site(path, files, CONF + conf)


def unsafe(report: Report, site: Site) -> list[str]:
    return [line for line in warnings(report, site.source) if "[paper_table.unsafe]" in line]


def addresses(page: BeautifulSoup) -> set[str]:
    return {str(node[name]) for name in ("href", "src") for node in page.select(f"[{name}]")}


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("links"), hostile("\n\n".join(LINKS.values()), LINKS["download"]))


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "text", "xml"])
def test_nothing_that_runs_is_linked_in_any_format(links: Site, builder: str) -> None:
    report = links.build(builder)
    assert "Traceback" not in report.log
    said = re.findall(r"hostile\.yaml:\d+:\d+: WARNING: an address with '([\w-]+):'", "\n".join(unsafe(report, links)))
    assert sorted(set(said)) == ["data", "file", "javascript", "ms-word"]
    for path in (links.output(builder)).rglob("*"):
        if path.suffix in {".html", ".xhtml", ".tex", ".xml"}:
            linked = re.findall(r"(?:href|src|refuri|uri|href\{)=?[\"{]([^\"}]*)", path.read_text("utf-8"))
            assert [found for found in linked if re.match(r"(?i)(?:javascript|data|file|ms-word):", found)] == [], path


def test_refused_links_stay_as_text_and_the_page_s_own_prose_is_its_author_s(links: Site) -> None:
    links.build("html")
    page = soup(links.output() / "index.html")
    assert page.get_text().count("shown") >= len(LINKS) - 1
    assert page.select_one('a[href="tel:+1"]') is not None


def test_images_come_from_the_project(tmp_path: Path) -> None:
    images = [
        f"![far]({HOST}/x.png)",
        f"![bare](//{HOST[8:]}/x.png)",
        "![data](data:image/svg+xml,x)",
        "![near](x.png)",
    ]
    site = site_of(tmp_path, hostile("\n\n".join(images), f"A ![point]({HOST}/y.png)."))
    report = site.build("html")
    assert len(unsafe(report, site)) == 4
    page = soup(site.output() / "index.html")
    shown = [str(image["alt"]) for image in page.select("main img, article img, .body img") if image.get("alt")]
    assert shown == ["near"]
    assert {"far", "bare", "point"} <= set(page.get_text().replace(".", "").split())
    assert not any(HOST[8:] in address for address in addresses(page))


def test_images_of_hosts_that_the_project_allows_are_shown(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        hostile(f"![far]({HOST}/x.png)\n\n![farther](https://other.example.org/x.png)"),
        f"paper_table_image_hosts = [{HOST[8:]!r}]\n",
    )
    report = site.build("html")
    assert len(unsafe(report, site)) == 1
    assert f"{HOST}/x.png" in addresses(soup(site.output() / "index.html"))


MATHJAX: Final = 'html_math_renderer = "mathjax"\n'


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(
        tmp_path_factory.mktemp("formulas"), hostile("\n\n".join([*FORMULAS.values(), r"Good: $\alpha < \beta$."]))
    )


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "text"])
def test_formulas_that_act_are_shown_as_their_source(formulas: Site, builder: str) -> None:
    report = formulas.build(builder)
    assert "Traceback" not in report.log
    found = unsafe(report, formulas)
    assert len(found) == len(FORMULAS)
    assert all(re.match(r"surveys/hostile\.yaml:\d+:\d+: ", line) for line in found)
    texts = [path.read_text("utf-8") for path in (formulas.output(builder)).rglob("*.tex")]
    assert not any(
        re.search(r"\\(?:input|openin|href|foo|require)\W", text.partition("\\begin{document}")[2]) for text in texts
    )
    if builder == "html":
        page = soup(formulas.output() / "index.html")
        assert not page.select("[onerror]")
        maths = [node.get_text() for node in page.select("math")]
        assert any("\N{GREEK SMALL LETTER ALPHA}" in text for text in maths)
        assert not any(command in "".join(maths) for command in ("href", "unicode", "require", "openin"))
        assert r"\input{/etc/passwd}" in page.get_text()


def test_projects_allow_more_commands(tmp_path: Path) -> None:
    """In records and in titles of references, on cards and in lists; only where `conf.py` says so."""
    page = f"{PAGE}\n{{cite}}`k`\n\n```{{bibliography}}\n```\n"
    site = site_of(tmp_path, hostile(r"$\bm{x}$"), f'paper_table_math_commands = ["bm"]\n{MATHJAX}', page)
    site.write("refs.bib", r"@misc{k, title = {On $\bm{y}$ and $\foo{z}$}, author = {Moss, Ann}, year = 2020}")
    assert unsafe(site.build("html"), site) == []
    listed = soup(site.output() / "index.html").select_one("#cite-k")
    assert listed is not None
    assert [node.get_text() for node in listed.select(".math")] == [r"\(\bm{y}\)"]
    site.write("conf.py", site.read("conf.py").replace('["bm"]', "[]"))
    site.build("html")
    listed = soup(site.output() / "index.html").select_one("#cite-k")
    assert listed is not None
    assert not listed.select(".math")
    assert "y" in listed.get_text()


def test_texts_that_a_translation_makes_hostile_are_refused(tmp_path: Path) -> None:
    site = site_of(tmp_path, hostile("Good."), 'language = "zh_CN"\nlocale_dirs = ["locale"]\n')
    site.write(
        "locale/zh_CN/LC_MESSAGES/records/surveys/hostile.po",
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'#: surveys/hostile.yaml:3\nmsgid "Good."\nmsgstr "{LINKS["download"]} $\\\\input{{x}}$"\n',
    )
    report = site.build("html")
    assert len(unsafe(report, site)) >= 2
    assert not any("javascript" in address for address in addresses(soup(site.output() / "index.html")))


def test_mathjax_guards_texts_that_look_like_formulas(tmp_path: Path) -> None:
    """Its own extension does; a project's own configuration of that is left alone."""
    site = site_of(tmp_path, hostile("Good: $x$."), MATHJAX)
    site.build("html")
    text = (site.output() / "index.html").read_text("utf-8")
    assert '"load": ["ui/safe"]' in text
    assert '"javascript": false' in text
    own = site_of(tmp_path / "own", hostile("$x$"), 'mathjax4_config = {"options": {"safeOptions": {}}}\n')
    own.build("html")
    assert "ui/safe" not in (own.output() / "index.html").read_text("utf-8")


def test_exports_pass_on_no_address_that_is_not_linked(tmp_path: Path) -> None:
    bib = (
        "@misc{a2000x, author = {A, B}, title = {T}, year = {2000}, url = {javascript:alert(1)}}\n"
        "@misc{b2000y, author = {B, C}, title = {T}, year = {2000}, note = {\\href{javascript:alert(1)}{x}}}\n"
        '@misc{c2000z, author = {C, D}, title = {T}, year = {2000}, doi = {javascript:alert(1)}, eprint = {x:y"z},\n'
        "  archiveprefix = {arXiv}}\n"
    )
    paper = {
        "id": "one",
        "name": "One",
        "cite": ["a2000x", "b2000y", "c2000z"],
        "links": {"code": "javascript:alert(1)"},
    }
    survey = dump({"survey": "hostile", "title": "Hostile", "papers": [paper]})
    site = site_of(tmp_path, survey, page=f"{PAGE}\n```{{bibliography}}\n:all:\n```\n")
    site.write("refs.bib", bib)
    report = site.build("html")
    assert "Traceback" not in report.log
    out = site.output()
    assert not any(address.startswith("javascript") for address in addresses(soup(out / "index.html")))
    for name, url in (
        ("papers.json", r'"(?:url|code|paper)": '),
        ("references.json", '"URL": '),
        ("references.ris", "UR  - "),
    ):
        assert not re.search(f'{url}"?javascript:', (out / name).read_text("utf-8")), name
    for name in ("refs.bib", "surveys/hostile.bib"):
        text = (out / name).read_text("utf-8")
        assert "url = {javascript" not in text
        assert "\\href" not in text


CLAIMS = {
    "target": "(paper-enemy)=\n\nText.",
    "figure": "```{figure} x.png\n:name: paper-enemy\n\nText\n```",
    "admonition": "```{note}\n:name: paper-enemy\nText\n```",
    "code": "```{code-block} python\n:name: paper-enemy\nText\n```",
    "attribute": "{#paper-enemy}\nText",
    "span": "[Text]{#paper-enemy}",
    "heading": "# Paper enemy\n\nText",
    "footnote": "Text[^paper-enemy]\n\n[^paper-enemy]: Note",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_texts_take_no_anchor_of_a_card(tmp_path: Path, claim: str) -> None:
    conf = 'myst_enable_extensions = ["attrs_inline", "attrs_block"]\n'
    page = f"{PAGE}\n{{ref}}`led <paper-enemy>`\n"
    site = site_of(tmp_path, hostile(f"{CLAIMS[claim]}\n\nMore", "A point."), conf, page)
    report = site.build("html")
    refused = unsafe(report, site)
    if claim in {"target", "figure", "admonition", "code", "footnote"}:
        (line,) = refused
        assert re.search(
            r"hostile\.yaml:\d+:\d+: WARNING: the name 'paper-enemy' is one of the site's own anchors", line
        )
    else:
        assert refused == []
    made = soup(site.output() / "index.html")
    (owner,) = made.select("[id='paper-enemy']")
    assert owner.get("data-paper") == "enemy"
    assert "Text" in made.get_text()
    led = next(link for link in made.select("a.reference") if link.get_text() == "led")
    assert led["href"] == "#paper-enemy"


OTHER = "https://x.example/"
INVENTORY = b"# Sphinx inventory version 2\n# Project: X\n# Version: 1\n# The rest is compressed using zlib.\n"
BAD = {
    "host": "//evil.example/x.html",
    "slashes": "\\\\evil.example/x.html",
    "web": "/\t/evil.example/x.html",
    "quotes": 'x.html#"onclick="alert(1)"',
    "runs": "javascript:alert(1)",
    "good": "x.html#good",
}


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_another_site_s_inventory_leads_to_that_site_only(tmp_path: Path, builder: str) -> None:
    """Each address is resolved by Sphinx before anything of ours sees it; the place is the inventory itself."""
    kinds = {"paper:method": "{{paper}}`{0}`", "std:label": "{{ref}}`{0} <{0}>`", "cite:citation": "{{cite}}`{0}`"}
    names = {kind: {f"{kind[0]}{name}": address for name, address in BAD.items()} for kind in kinds}
    lines = [f"{name} {kind} 1 {address} -\n" for kind, all_ in names.items() for name, address in all_.items()]
    text = " ".join(kinds[kind].format(name) for kind, all_ in names.items() for name in all_)
    conf = (
        'extensions += ["sphinx.ext.intersphinx"]\nintersphinx_mapping = {"x": ("https://x.example/", "objects.inv")}\n'
    )
    site = site_of(tmp_path, hostile(text, text), conf, f"{PAGE}\n{text}\n")
    (site.source / "objects.inv").write_bytes(INVENTORY + zlib.compress("".join(lines).encode()))
    assert "Traceback" not in site.build(builder).log
    (path,) = site.output(builder).rglob("index.*html")
    page = soup(path)
    linked = {address for address in addresses(page) if "x.example" in address or "evil" in address}
    assert f"{OTHER}x.html#good" in linked
    assert all(address.startswith(OTHER) for address in linked)
    assert not any(name.startswith("on") for node in page.select("a") for name in node.attrs)
