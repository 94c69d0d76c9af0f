"""The private names of Sphinx that sphinx_fresh uses are there, and are what it takes them for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sphinx.ext.viewcode
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder

from sphinx_fresh import compat


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    """An application that has built one page."""
    source = tmp_path_factory.mktemp("compat")
    (source / "conf.py").write_text('extensions = ["sphinx.ext.viewcode"]\nhtml_theme = "alabaster"\n', "utf-8")
    page = "Start\n=====\n\n.. index:: apple\n\n.. image:: a.svg\n\n.. math:: x\n   :label: eq\n\ntext\n"
    (source / "index.rst").write_text(f"{page}\n.. [C1] cited\n\n.. py:module:: module\n   :synopsis: all\n", "utf-8")
    (source / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    found = Sphinx(source, source, source / "out", source / "doctrees", "html", status=None, warning=None)
    found.build()
    return found


def test_the_search_index(app: Sphinx) -> None:
    indexer: Any = app.builder.indexer  # type: ignore[attr-defined]
    assert isinstance(indexer, IndexBuilder)
    assert compat.knows_index(indexer)
    assert not compat.knows_index(object())
    texts, titles = compat.index_terms(indexer)
    assert "index" in texts["text"]
    assert "index" in titles["start"]
    assert compat.indexed_pages(indexer) == ["index"]
    assert list(compat.index_entries(indexer)) == ["index"]
    text = (app.outdir / "searchindex.js").read_text("utf-8")
    assert compat.load_index(text)["docnames"] == ["index"]
    with pytest.raises(ValueError, match="invalid data"):
        compat.load_index(text[5:])


def test_the_index_is_pruned_of_titles_alone(app: Sphinx) -> None:
    indexer = IndexBuilder(app.env, "en", {}, "")
    indexer._titles = {"index": "Start"}
    indexer._all_titles, indexer._filenames = {"index": []}, {"index": "index.rst"}
    indexer._mapping = {"text": {"index"}}
    compat.prune_titles_only(indexer, {"index", "other"})
    indexer.prune({"index": 1, "other": 2})
    assert (indexer._titles, indexer._mapping) == ({"index": "Start"}, {"text": {"index"}})
    indexer._titles["unknown"] = "Gone"
    indexer._all_titles["unknown"], indexer._filenames["unknown"] = [], "unknown.rst"
    indexer._mapping["text"].add("unknown")
    indexer.prune(["index"])
    assert (indexer._titles, indexer._mapping) == ({"index": "Start"}, {"text": {"index"}})


def test_a_dump_can_be_skipped(app: Sphinx) -> None:
    inventory = app.outdir / compat.INVENTORY_FILENAME
    inventory.unlink()
    compat.skip_dump(app.builder, "dump_inventory")
    app.builder.finish_tasks.add_task(app.builder.dump_inventory)  # type: ignore[attr-defined]
    assert not inventory.exists()
    del app.builder.dump_inventory  # type: ignore[attr-defined]
    app.builder.dump_inventory()  # type: ignore[attr-defined]
    assert inventory.exists()
    compat.skip_dump(app.builder, "dump_nothing")


def test_the_search_index_is_loaded_for_pages_alone(app: Sphinx) -> None:
    loaded: list[set[str]] = []
    builder: Any = app.builder
    builder.load_indexer = loaded.append
    compat.skip_load(builder)
    builder.load_indexer(set())
    builder.load_indexer({"index"})
    assert loaded == [{"index"}]
    del builder.load_indexer
    assert builder.load_indexer


def test_names_of_files_pages_and_dates(app: Sphinx) -> None:
    assert (app.doctreedir / compat.ENV_PICKLE_FILENAME).is_file()
    assert [name for name in ("a/b.rst", "c.rst") if compat.Matcher(["a/**"])(name)] == ["a/b.rst"]
    assert compat.patmatch("a/b", "a/*")
    assert not compat.patmatch("c", "a/*")
    assert compat.format_date("%Y", language="en", date=datetime(2026, 1, 2, tzinfo=UTC)) == "2026"


def test_what_a_domain_keeps(app: Sphinx) -> None:
    assert compat.domain_data(app.env, "math")["objects"]
    assert compat.domain_data(app.env, "none") == {}


def test_images_are_named_anew(app: Sphinx) -> None:
    assert dict(app.env.images) == {"a.svg": ({"index"}, "a.svg")}
    compat.forget_image_names(app.env)
    assert app.env.images.add_file("index", "other/a.svg") == "a.svg"


def test_objects_that_domains_do_not_tell(app: Sphinx) -> None:
    told = {(domain.name, found[0]) for domain in app.env.domains.sorted() for found in domain.get_objects()}
    extra = {(domain, name) for domain, name, _page, _shown in compat.extra_objects(app.env)}
    assert {("math", "eq"), ("citation", "C1"), ("py", "module")} <= extra
    assert not {("math", "eq"), ("citation", "C1")} & told, "compat.extra_objects can go"


def test_the_general_index_is_sorted(app: Sphinx) -> None:
    entries = app.env.domaindata["index"]["entries"]
    entries["a"] = []
    compat.sort_index_entries(app.env)
    assert list(entries) == ["a", "index"]
    del entries["a"]


def test_the_theme(app: Sphinx) -> None:
    assert [path.name for path in compat.theme_dirs(app.builder)] == ["basic", "alabaster"]
    assert "navigation.html" in (compat.theme_sidebars(app.builder) or ())
    folders, assets = compat.registered_assets(app)
    assert isinstance(folders, list)
    assert isinstance(assets, list)


def test_what_extensions_keep_in_the_environment(app: Sphinx, tmp_path: Path) -> None:
    assert compat.viewcode_modules(app.env) == {}
    assert "_viewcode_modules" in Path(sphinx.ext.viewcode.__file__).read_text("utf-8")
    assert compat.inventories(app.env) == {}
    with_inventories = Sphinx(
        app.srcdir, None, tmp_path, tmp_path, "dummy", {"extensions": ["sphinx.ext.intersphinx"]}, None, None
    )
    with_inventories.env.intersphinx_named_inventory = {"other": {}}  # type: ignore[attr-defined]
    assert compat.inventories(with_inventories.env) == {"other": {}}
