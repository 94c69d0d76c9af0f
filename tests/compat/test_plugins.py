"""What `compat.plugins` names is there, and finding a plugin does not read all installed packages once more."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pybtex.plugin
import pytest
import sphinxcontrib.bibtex.plugin as stock

from sphinx_paper_table.compat import plugins

if TYPE_CHECKING:
    from pathlib import Path

STYLES = "pybtex.style.formatting"
REFERENCES = "sphinxcontrib.bibtex.style.referencing"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that grows each time the installed packages are read."""
    calls: list[object] = []

    def read(**wanted: str) -> object:
        calls.append(wanted)
        return entry_points(**wanted)

    for module in (pybtex.plugin, stock):
        assert "entry_points" in vars(module)
        monkeypatch.setitem(vars(module), "entry_points", read)
    monkeypatch.setattr(plugins, "entry_points", read)
    plugins._installed.cache_clear()
    return calls


def test_packages_are_read_once(asked: list[object]) -> None:
    before = pybtex.plugin.find_plugin(STYLES, "plain"), stock.find_plugin(REFERENCES, "author_year")
    names = set(pybtex.plugin.enumerate_plugin_names(STYLES))
    assert len(asked) >= 3
    plugins.remember_plugins()
    asked.clear()
    assert (pybtex.plugin.find_plugin(STYLES, "plain"), stock.find_plugin(REFERENCES, "author_year")) == before
    assert set(pybtex.plugin.enumerate_plugin_names(STYLES)) == names
    assert len(asked) == 1
    assert plugins.remembered_entry_points(group=STYLES, name="plain") == entry_points(group=STYLES, name="plain")
    with pytest.raises(pybtex.plugin.PluginNotFound):
        pybtex.plugin.find_plugin(STYLES, "no-such-style")


def test_packages_of_another_path_are_seen(
    asked: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.remember_plugins()
    folder = tmp_path / "late-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: late\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(f"[{STYLES}]\nlate = pybtex.style.formatting.plain:Style\n")
    assert "late" not in set(pybtex.plugin.enumerate_plugin_names(STYLES))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert "late" in set(pybtex.plugin.enumerate_plugin_names(STYLES))
    assert len(asked) == 2
