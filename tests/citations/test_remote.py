"""Keys that only another project has: linked there, by the same role, in one list with our own."""

from __future__ import annotations

import shutil
import threading
import zlib
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.citations.support import BIB, ENGINE, STOCK, Built, Project, bibliography, contents, rst, words

from sphinx_paper_table.citations.remote import RemoteReference

if TYPE_CHECKING:
    from pathlib import Path

BASE: Final = "https://surveys.example/en/"
FIRST: Final = {"index.rst": rst("Surveys", bibliography("all:"))}
OWN: Final = "@article{own2021, author = {Own, Olga}, title = {Own}, journal = {Ours}, year = {2021}}\n"


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inventory of a first site; one of its keys was renamed."""
    bib = BIB.replace("title = {Three},", "title = {Three}, ids = {he2019tres},")
    return Project(tmp_path_factory.mktemp("first"), FIRST, "", bib).build().output / "objects.inv"


def second(path: Path, inventory: Path, text: str, conf: str = "") -> Project:
    """Return a project that has one entry of its own."""
    mapping = f"intersphinx_mapping = {{'surveys': ({BASE!r}, {str(inventory)!r})}}\n"
    styles = 'bibtex_reference_style = "author_year"\n'
    extensions = 'extensions = ["sphinx.ext.intersphinx"]\n'
    files = {"index.rst": rst("Second", contents("refs"), text), "refs.rst": rst("References", bibliography())}
    return Project(path, files, extensions + mapping + styles + conf, OWN)


def links(built: Built) -> list[tuple[str, str]]:
    return [(text, address.replace(BASE, "FIRST/")) for text, address in built.links(".bibtex-citation a")]


def test_a_key_is_found_in_the_inventory(tmp_path: Path, inventory: Path) -> None:
    built = second(tmp_path, inventory, ":cite:t:`kim2018zero` and :cite:p:`lee2020one`").build()
    assert [words(span) for span in built.page().select(".bibtex-citation")] == [
        "Kim and Moreau [2018]",
        "[Lee et al., 2020]",
    ]
    assert links(built) == [
        ("2018", "FIRST/index.html#cite-kim2018zero"),
        ("Lee et al., 2020", "FIRST/index.html#cite-lee2020one"),
    ]
    assert all("external" in (link.get("class") or "") for link in built.page().select(".bibtex-citation a"))
    assert built.warnings == []


def test_local_and_remote_keys_stand_in_one_list(tmp_path: Path, inventory: Path) -> None:
    """Those of the project first; only they are in its own list of references."""
    built = second(tmp_path, inventory, ":cite:p:`he2019two,own2021{p. 3}` :cite:t:`own2021,he2019two`").build()
    assert [words(span) for span in built.page().select(".bibtex-citation")] == [
        "[Own, 2021, p. 3, He, 2019b]",
        "Own [2021], He [2019b]",
    ]
    assert links(built)[:2] == [
        ("Own, 2021", "refs.html#cite-own2021"),
        ("He, 2019b", "FIRST/index.html#cite-he2019two"),
    ]
    assert [item["id"] for item in built.page("refs.html").select(".citation")] == ["cite-own2021"]


def test_label_styles_show_the_label_of_the_inventory(tmp_path: Path, inventory: Path) -> None:
    project = second(tmp_path, inventory, ":cite:p:`own2021,he2019two`", 'bibtex_reference_style = "label"\n')
    assert [words(span) for span in project.build().page().select(".bibtex-citation")] == ["[Own21, He, 2019b]"]


def test_the_projects_own_key_comes_first(tmp_path: Path, inventory: Path) -> None:
    project = second(tmp_path, inventory, ":cite:t:`kim2018zero`")
    project.write("refs.bib", OWN + "@misc{kim2018zero, author={Mine, M}, title={Mine}, year=1999}\n")
    assert links(project.build()) == [("1999", "refs.html#cite-kim2018zero")]


def test_a_former_key_of_the_other_project(tmp_path: Path, inventory: Path) -> None:
    built = second(tmp_path, inventory, ":cite:t:`he2019tres`").build()
    assert links(built) == [("2019a", "FIRST/index.html#cite-he2019three")]


def test_a_key_that_nobody_has_gets_the_warning_of_the_stock_package(tmp_path: Path, inventory: Path) -> None:
    project = second(tmp_path, inventory, ":cite:t:`nowhere`")
    ours, stock = project.build(), project.build(STOCK)
    (warning,) = ours.warnings
    assert warning == "; known are 'own2021' [".join(stock.warnings[0].split(" ["))
    assert "[nowhere?]" in ours.page().get_text()


def test_addresses_with_control_characters_are_refused(tmp_path: Path) -> None:
    """Whatever role asks: no format can hold such a link."""
    lines = [f"far{n} std:label -1 page.html#a{chr(n)}b Far" for n in (0, 7, 0x1B, 0x7F, 0xFFFE)]
    lines += ["good std:label -1 page.html#good Good", "bad cite:citation -1 page.html#\x00 Bad, 2020"]
    head = "# Sphinx inventory version 2\n# Project: far\n# Version: 1\n# compressed with zlib.\n"
    inventory = tmp_path / "far.inv"
    inventory.write_bytes(head.encode() + zlib.compress("\n".join(lines).encode()))
    asked = " ".join(f":ref:`far{n}`" for n in (0, 7, 0x1B, 0x7F, 0xFFFE))
    built = second(tmp_path, inventory, f"{asked} :ref:`good` :cite:t:`bad`").build()
    assert built.links("a.external[href^='https://surveys']") == [("Good", f"{BASE}page.html#good")]
    assert len([line for line in built.warnings if "undefined label" in line]) == 5
    assert len([line for line in built.warnings if 'could not find bibtex key "bad"' in line]) == 1


def test_without_intersphinx_nothing_is_remote(tmp_path: Path) -> None:
    files = {"index.rst": rst("Start", ":cite:t:`kim2018zero`", bibliography())}
    built = Project(tmp_path, files, "", OWN).build(
        ("-D", "extensions=sphinxcontrib.bibtex,sphinx_paper_table.citations")
    )
    assert len([warning for warning in built.warnings if 'could not find bibtex key "kim2018zero"' in warning]) == 1


def test_the_text_follows_a_new_inventory(tmp_path: Path) -> None:
    """A page that is not read again shows the label that the other project has now."""
    first = Project(tmp_path / "first", FIRST)
    inventory = first.build(place="kept").output / "objects.inv"
    project = second(tmp_path / "second", inventory, ":cite:p:`kim2018zero`")
    assert links(project.build(place="kept"))[0][0] == "Kim and Moreau, 2018"
    first.write("refs.bib", BIB.replace("Kim, Eva and Moreau, Fay", "Quist, Eva"))
    first.build(place="kept")
    assert links(project.build((*ENGINE, "-D", "intersphinx_cache_limit=0"), place="kept"))[0][0] == "Quist, 2018"


@pytest.mark.parametrize(
    ("label", "names", "year"),
    [
        ("Lee et al., 2020a", ["Lee", "others", "others"], "2020a"),
        ("Lee 等，2020", ["Lee", "others", "others"], "2020"),
        ("Kim 和 Moreau，2018", ["Kim", "Moreau"], "2018"),
        ("A Title", ["A Title"], ""),
    ],
)
def test_labels_of_either_language_are_understood(label: str, names: list[str], year: str) -> None:
    entry = RemoteReference("key", "https://first.example/", "cite-key", label).entry
    assert [" ".join(person.last_names).strip("{}") for person in entry.persons["author"]] == names
    assert entry.fields["year"] == year


class _Moved(SimpleHTTPRequestHandler):
    """Sends whoever asks for the old place to the new one, which has another host."""

    def do_GET(self) -> None:
        if self.path.startswith("/old/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            port = self.headers["Host"].partition(":")[2]
            self.send_header("Location", f"http://localhost:{port}/new/objects.inv")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name of the base class)
        """Say nothing."""


@pytest.mark.parametrize("login", ["", "reader:secret@"])
def test_a_project_that_has_moved_or_asks_who_one_is_keeps_its_references(
    tmp_path: Path, inventory: Path, login: str
) -> None:
    """Links begin where Sphinx has been led to, and never have a password in them."""
    (tmp_path / "served" / "new").mkdir(parents=True)
    shutil.copy(inventory, tmp_path / "served" / "new" / "objects.inv")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Moved, directory=str(tmp_path / "served"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://{login}127.0.0.1:{server.server_port}/{'new' if login else 'old'}/"
        conf = f"intersphinx_mapping = {{'surveys': ({place!r}, None)}}\n"
        built = second(tmp_path / "second", inventory, ":cite:t:`kim2018zero`", conf).build()
        server.shutdown()
    host = "127.0.0.1" if login else "localhost"
    (found,) = [address for _text, address in built.links(".bibtex-citation a")]
    assert found == f"http://{host}:{server.server_port}/new/index.html#cite-kim2018zero"
