"""A documentation that is not ours is copied, changed only in the copy, and its costs are told as multiples."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from benchmarks.foreign import VARIANTS, edit, markdown, write
from benchmarks.measure import Cost

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = '@book{a,\n  booktitle = {The Whole},\n  Title = "The Part",\n}\n'


def documentation(root: Path) -> Namespace:
    """Write a documentation whose configuration is in a folder of its own."""
    source = root / "theirs" / "doc"
    source.mkdir(parents=True)
    (source / "conf.py").write_text("extensions = []", "utf-8")
    (source / "index.md").write_text("# Title\n", "utf-8")
    (source / "refs.bib").write_text(ENTRY, "utf-8")
    (source / "gone.md").symlink_to(root / "nowhere")
    conf = ["html_theme = 'alabaster'"]
    return Namespace(folder=root / "theirs", source="doc", page="index.md", bibliography="refs.bib", conf=conf)


def test_the_copy_is_changed_and_the_documentation_is_not(tmp_path: Path) -> None:
    """Each variant has its lines at the end of ``conf.py``; links that lead nowhere stay so."""
    options = documentation(tmp_path)
    source = write(tmp_path / "copy", options, "sphinx_fresh")
    edit(source, "one page", 2, options)
    edit(source, "one entry", 3, options)
    conf = (source / "conf.py").read_text("utf-8")
    assert conf.startswith("extensions = []\n")
    assert conf.endswith(f"{VARIANTS['sphinx_fresh']}html_theme = 'alabaster'\n")
    assert (source / "index.md").read_text("utf-8") == "# Title\n\nParagraph 2.\n"
    assert (source / "refs.bib").read_text("utf-8") == ENTRY.replace("The Part", "Edition 3 of The Part")
    assert (source / "gone.md").is_symlink()
    assert (options.folder / "doc" / "refs.bib").read_text("utf-8") == ENTRY
    assert (options.folder / "doc" / "index.md").read_text("utf-8") == "# Title\n"


def test_costs_are_medians_and_multiples_of_the_first_variant() -> None:
    """One slow round counts little."""
    costs = {
        ("full", "stock"): [Cost(2.0, 3.0, 100.4), Cost(9.0, 9.0, 100.0), Cost(1.0, 1.0, 101.0)],
        ("full", "citations"): [Cost(1.0, 3.0, 90.0)],
    }
    lines = markdown(costs, ["stock", "citations"]).splitlines()
    assert lines[2:] == ["| full | 2.00 s (1.00 ×) | 1.00 s (0.50 ×) |", "| peak memory | 100 MB | 90 MB |"]
