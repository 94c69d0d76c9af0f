"""Sites that are built apart: what is edited in one is built there, and where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.federation import as_json, federation, markdown

if TYPE_CHECKING:
    from pathlib import Path


def test_an_added_paper_changes_its_own_site_and_a_new_name_those_that_show_it(tmp_path: Path) -> None:
    steps = federation(2, 3, 1, tmp_path)
    pages = {step.name: step.pages for step in steps}
    assert all(pages["everything"])
    assert pages["nothing new"] == (0, 0)
    added, elsewhere = pages["a paper is added to the first"]
    assert added
    assert not elsewhere
    assert all(pages["a paper of the first is renamed"])
    html = (tmp_path / "site2" / "_build" / "html" / "surveys" / "survey-0001.html").read_text("utf-8")
    assert html.count("Renamed</a>") >= 2  # in the summary, and as a relation
    text = markdown(steps, 3)
    assert "| everything |" in text
    assert as_json(steps, 3)["steps"][2]["pages"] == [added, 0]
