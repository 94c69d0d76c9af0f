"""``llms.txt`` has the form of https://llmstxt.org/: a title, what the site is about, lists of links."""

from __future__ import annotations

from sphinx_paper_table.features.markdown.llms import Link, llms_text


def test_titles_notes_and_sections() -> None:
    sections = {"Surveys": [Link("A [b] \\c", "a.md", "What it is.")], "Data": [], "Optional": [Link("Guide", "g.md")]}
    assert llms_text("Site", "About.", sections) == (
        "# Site\n\n> About.\n\n## Surveys\n\n- [A \\[b\\] \\\\c](a.md): What it is.\n\n## Optional\n\n- [Guide](g.md)\n"
    )


def test_a_site_without_an_introduction_has_none() -> None:
    assert llms_text("Site", "", {}) == "# Site\n"
