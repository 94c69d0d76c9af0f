"""A project in all the layouts that authors use, for the commands that change files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sphinx_paper_table.cli import main

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE_SURVEY: Final = """\
survey: contrastive
title: Contrastive learning
groups:
  - id: early
    title: Early
    papers:
      - id: moco-v1
        name: MoCo v1
        cite: he2020momentum
"""
"""How the survey begins that the guide and the help of the commands speak of."""
EXAMPLE_ENTRY: Final = """\
@article{he2020momentum,
  author = {He, Kaiming},
  title = {Momentum Contrast},
  journal = {J},
  year = {2020},
}
"""
"""The entry that it cites."""
FILES = {
    "docs/conf.py": 'extensions = ["sphinx_paper_table"]\nbibtex_bibfiles = ["../refs.bib"]\n'
    'locale_dirs = ["locale"]\nexclude_patterns = ["drafts"]\nsuppress_warnings = ["paper_table.encoding"]\n',
    "docs/surveys/s.yaml": """\
# A comment about the survey s and the method moco
survey: s   # its id
title: "Survey: one"
summary: |
  All of {paper}`moco` and {cite:t}`he2020momentum`, see {paper:group}`s#g`.

  Not `` {paper}`moco` `` in code.

papers:
- {id: loose, name: Loose, tags: [queue, "other"]}

- id: light
  name: Light
  cite: he2020momentum
  tags: [queue]

groups:
    # The first group
  - id: g
    title: G
    papers:
      # It all began here
      - id:   'moco'
        name: MoCo
        cite: [he2020momentum, "lee-2021"]   # two
        summary: >-
          Folded text, with {paper}`loose` and {cite:p}`he2020momentum,lee-2021`;
          it's {paper}`the one <moco>`.
        tags:
          - queue   # a tag

          - other
        results:
          - {benchmark: bench, value: 60.6, source: he2020momentum}

      - id: second
        name: Second
        aliases: [former]
        summary: "A \\"quoted\\" {paper}`moco` \\u00e9 {paper}`s#g`"
        relations:
          extends: [{to: moco, why: 'it''s like {paper}`moco`'}]
          uses:
            - loose
            - third
    groups:
      - id: inner
        title: Inner
        papers:
          - id: third
            name: Third
            date: 2019
""",
    "docs/surveys/t.yaml": "survey: t\r\ntitle: T\r\ngroups:\r\n- id: g\r\n  title: G\r\n  papers:\r\n"
    "  - ref: moco\r\n    note: see {paper}`moco`\r\n  - id: last\r\n    name: Last",
    "docs/surveys/words.yaml": """\
vocabulary: words

tags:
  # About storage
  queue:
    name: queue
    description: As in {paper}`moco`.
  other: {name: other}
benchmarks:
  bench: {name: Bench, dataset: D, metric: M}   # flow
  "quoted":
    name: Quoted
    dataset: D
    metric: M
venues:
  nips: {name: Neural Things, short: NIPS}
  journal:
    name: A Journal
""",
    "docs/index.md": """\
# Home

{paper}`moco`, {paper:survey}`s`, {cite:p}`{see}he2020momentum{p. 3}`, [](#paper-moco), {ref}`group-s-g`, `{paper}`.

```{paper-table} s
:tags: queue other
:venues: NIPS, CVPR
```

```{paper-table} s#g
:ids: moco
```

```python
{paper}`moco`
```

```{paper-results} bench
```

```{toctree}
page
```
""",
    "docs/references.md": "# References\n\n```{bibliography}\n:all:\n```\n",
    "docs/tables.md": "# Tables\n\n```{paper-table} s\n```\n\n```{paper-table} t\n```\n",
    "docs/page.rst": "Page\n====\n\n:paper:`moco` and :cite:p:`he2020momentum, lee-2021`, ``:paper:`moco```.\n\n"
    ".. paper-lineage:: s\n   :of: moco\n\n.. code-block:: rst\n\n   :paper:`moco`\n",
    "docs/drafts/old.md": "{paper}`moco` stays\n",
    "docs/locale/de/LC_MESSAGES/index.po": '#: index.md:3 moco\nmsgid ""\n"{paper}`moco`, {paper:survey}`s`, '
    '{cite:p}`{see}he2020"\n"momentum{p. 3}`"\nmsgstr "{paper}`moco`: \\"{paper:survey}`s`\\""\n\n'
    '#~ msgid "{paper}`moco`"\n#~ msgstr ""\n',
    "docs/locale/de/LC_MESSAGES/records/surveys/s.po": 'msgid "see {paper}`moco`"\nmsgstr "siehe {paper}`moco`"\n',
    "refs.bib": """\
% comment about he2020momentum
@string{cvpr = "NIPS"}

@inproceedings{he2020momentum,
  author    = {He, Kaiming},
  title     = {Momentum},
  booktitle = cvpr,
  year      = 2020
}

@misc{lee-2021, author={Lee, A}, title="T {x}", year={2021}, crossref = {he2020momentum}, note={he2020momentum}}
""",
}
"""By path; those of ``drafts`` belong to no page."""


def write_project(folder: Path, files: dict[str, str] = FILES) -> dict[str, bytes]:
    """Write *files* into *folder*; return what `contents` gives for them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in *folder*, by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a project whose names are recorded; it is the current one."""
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path)
    assert main(["names", "docs"]) == 0
    return tmp_path
