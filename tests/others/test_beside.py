"""Extensions that projects load beside this one: no warning, no script that fails, no style or anchor that is lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from tests.others.conftest import run
from tests.support.serving import served
from tests.support.sites import PAGES, small_site, soup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.browsers import Browsers


class Extension(NamedTuple):
    """Another extension: its configuration, something of it on a page of ours, and what shows that it was printed."""

    conf: str
    text: str
    shown: str
    before: str = ""
    """What stands above everything else on the page."""


EXTENSIONS: Final = {
    "ablog": Extension(
        'blog_title = "Blog"\nblog_baseurl = "https://blog.example"\nfontawesome_included = True\n'
        'html_theme = "alabaster"\n',  # Furo refuses the templates of ablog
        "```{post} 2026-01-02\n:tags: one\n```\n\n```{postlist}\n```\n",
        ".postlist",
    ),
    "myst_nb": Extension(
        'nb_execution_mode = "off"\n',
        "```{code-cell} python\nprint(1)\n```\n",
        ".cell_input",
        "---\nfile_format: mystnb\nkernelspec: {name: python3}\n"
        "language_info: {name: python, pygments_lexer: python}\n---\n",
    ),
    "sphinx_copybutton": Extension("", "```python\nprint(1)\n```\n", 'script[src*="copybutton"]'),
    "sphinx_needs": Extension(
        "needs_build_json = True\n",
        "```{req} A requirement\n:id: REQ_001\n:tags: one\nText.\n```\n\n```{needtable}\n```\n",
        "#REQ_001",
    ),
    "sphinx_tabs.tabs": Extension(
        "", "````{tabs}\n```{tab} One\nFirst.\n```\n```{tab} Two\nSecond.\n```\n````\n", ".sphinx-tabs [role=tab]"
    ),
    "sphinx_togglebutton": Extension("", "```{toggle}\nHidden.\n```\n", ".toggle"),
}


def built(place: Path, names: tuple[str, ...]) -> Path:
    """Build a site with these extensions, behind ours, and a page with all that they and we print."""
    used = [EXTENSIONS[name] for name in names]
    page = "".join(extension.before for extension in used) + PAGES["surveys/alpha.md"]
    page += "\n## Others\n\n" + "\n".join(extension.text for extension in used)
    conf = f"extensions += {list(names)}\n" + "".join(extension.conf for extension in used)
    site = small_site(place, {**PAGES, "surveys/alpha.md": page}, conf)
    arguments = ("-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", place / "doctrees", site.source)
    run("BESIDE", "python", *arguments, place / "html", cwd=place)
    return place / "html"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("alone"), ())


@pytest.mark.browser
@pytest.mark.parametrize("names", [*((name,) for name in EXTENSIONS), tuple(EXTENSIONS)], ids="+".join)
def test_both_work_on_one_page(tmp_path: Path, alone: Path, browsers: Browsers, names: tuple[str, ...]) -> None:
    """What we print is the same as without them, our scripts run, theirs do, and no anchor is there twice."""
    html = built(tmp_path, names)
    ours, before = soup(html / "surveys" / "alpha.html"), soup(alone / "surveys" / "alpha.html")
    for name in names:
        assert ours.select(EXTENSIONS[name].shown), name
    assert [str(card) for card in ours.select("[data-paper]")] == [str(card) for card in before.select("[data-paper]")]
    counts = Counter(str(element["id"]) for element in ours.select("[id]"))
    assert [anchor for anchor, count in counts.items() if count > 1] == []
    faults: list[str] = []
    with served(html) as address:
        context = browsers.context()
        context.on("weberror", lambda error: faults.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{address}surveys/alpha.html#paper-six")
        page.wait_for_selector("#paper-six", state="visible")
        page.locator(".pt-tabs [role=tab]").first.click()
        page.wait_for_selector("#paper-loose", state="visible")
        context.close()
    assert faults == []


def test_autobuild_serves_the_site(tmp_path: Path) -> None:
    """It builds once, and would serve; its own flags end it where the first build has a warning."""
    site = small_site(tmp_path, PAGES)
    program = (
        "import sys, sphinx_autobuild.__main__ as m; m.uvicorn.run = lambda *a, **k: print('serving'); "
        f"sys.exit(m.main(['-W', '-q', {str(site.source)!r}, {str(tmp_path / 'html')!r}]))"
    )
    assert "serving" in run("BESIDE", "python", "-c", program, cwd=tmp_path)
    assert soup(tmp_path / "html" / "surveys" / "alpha.html").select("#paper-one")


def test_multiversion_builds_each_tag(tmp_path: Path) -> None:
    """Each version in a folder of its own, of the sources as they were then."""
    site = small_site(tmp_path, PAGES, 'extensions += ["sphinx_multiversion"]\nsmv_branch_whitelist = "^none$"\n')

    def git(*arguments: str) -> None:
        settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        run("BESIDE", "python", "-c", "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))",
            "git", *settings, *arguments, cwd=site.source)  # fmt: skip

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "First")
    git("tag", "v1")
    beta = site.source / "surveys" / "beta.yaml"
    beta.write_text(beta.read_text("utf-8").replace("name: Other", "name: Renamed"), encoding="utf-8")
    git("commit", "-qam", "Second")
    git("tag", "v2")
    run("BESIDE", "sphinx-multiversion", site.source, tmp_path / "html", "-W", "-q", cwd=site.source)
    names = [soup(tmp_path / "html" / tag / "surveys" / "beta.html").select(".pt-name")[0] for tag in ("v1", "v2")]
    assert [name.get_text(strip=True).rstrip("¶") for name in names] == ["Other", "Renamed"]
