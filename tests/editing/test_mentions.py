"""Names in pages are found where Sphinx reads them, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.editing.documents import Document
from sphinx_paper_table.editing.mentions import Slot, in_myst, in_rst
from sphinx_paper_table.editing.record_mentions import definitions, mentions
from sphinx_paper_table.editing.translation_files import renamed
from sphinx_paper_table.editing.yaml_nodes import parse_nodes
from sphinx_paper_table.survey.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable

MYST = """\
A {paper}`old`, {paper:method}`the old one <old>`, {cite:p}`{see}old{p. 3}, old,other`
and [](#paper-old), <project:#paper-old>.
Not `{paper}`old``, nor $old$, nor {other}`old`.

```{paper-table} old#old
:ids: old, other
:tags: old
:layout: old
```

```{paper-figure} old.svg
---
methods: old x
alt: old
---
A caption of {paper}`old`.
```

> ```{paper-results} old
> :survey: old
> ```

```{bibliography}
:filter: key in {"old", 'old'} and year == old
```

```python
{paper}`old`
```

    {paper}`old`

```{eval-rst}
:paper:`old`
```
"""
RST = """\
A :paper:`old`, :paper:method:`the old one <old>`, :cite:p:`old, other` and `a <#paper-old>`_.
Not ``:paper:`old```, nor :other:`old`.

.. paper-table:: old
   :ids: old
   :layout: old

.. code-block:: rst

   :paper:`old`

Literal::

   :paper:`old`

.. note:: A :paper:`old`.

   And :cite:t:`old`.

.. A comment :paper:`old`

   :paper:`old`

>>> ":paper:`old`"

.. [1] A footnote of :paper:`old`.
"""


def test_names_in_myst() -> None:
    found, bodies = in_myst(MYST)
    assert all(MYST[one.start : one.end] == one.name for one in found)
    assert bodies == []
    count = {slot: sum(one.slot is slot and "old" in one.name for one in found) for slot in Slot}
    wanted = {Slot.RECORD: 3, Slot.METHOD: 3, Slot.KEY: 4, Slot.VIEW: 2, Slot.TAG: 1, Slot.BENCHMARK: 1, Slot.LABEL: 2}
    assert {slot: number for slot, number in count.items() if number} == wanted


def test_names_in_restructuredtext() -> None:
    found, _bodies = in_rst(RST)
    assert all(RST[one.start : one.end] == one.name for one in found)
    count = {slot: sum(one.slot is slot and "old" in one.name for one in found) for slot in Slot}
    wanted = {Slot.RECORD: 3, Slot.METHOD: 2, Slot.KEY: 2, Slot.VIEW: 1, Slot.LABEL: 1}
    assert {slot: number for slot, number in count.items() if number} == wanted


@pytest.mark.parametrize(
    "page",
    [
        "````{paper-table}\n:layout: tabs\n\nsurvey: x\npapers:\n- id: old\n````\n",
        ".. paper-table::\n   :layout: tabs\n\n   survey: x\n   papers:\n   - id: old\n",
    ],
)
def test_yaml_in_a_page_is_read_as_yaml(page: str) -> None:
    _found, [(start, end)] = (in_rst if page.startswith("..") else in_myst)(page)
    assert [one.name for one in definitions(parse_nodes(page, "", start, end))] == ["x", "old"]


def test_names_in_records() -> None:
    text = """\
survey: s
aliases: [former]
summary: On {paper}`old`.
groups:
  - id: g
    title: old
    papers:
      - id: a
        name: old
        cite: [old, other]
        summary: >-
          See {cite:t}`old`
        tags: [old]
        links: {code: https://old}
        relations: {old: [old, {to: old, why: "as {paper}`old`"}]}
        results: [{benchmark: old, value: 1, source: old}, {benchmark: x, value: 1, source: https://old}]
      - ref: old
        note: of {paper:survey}`old`
"""
    root = parse_nodes(text, "s.yaml")
    assert [(one.slot, one.name) for one in definitions(root)] == [
        (Slot.SURVEY, "s"),
        (Slot.GROUP, "s#g"),
        (Slot.METHOD, "a"),
    ]
    found = [one.slot for one in mentions(root) if one.name == "old"]
    expected = [Slot.RECORD, Slot.KEY, Slot.KEY, Slot.TAG, Slot.RELATION, Slot.METHOD, Slot.METHOD, Slot.RECORD]
    assert found == [*expected, Slot.BENCHMARK, Slot.KEY, Slot.METHOD, Slot.SURVEY]


def test_names_in_translations_stay_broken_where_they_were() -> None:
    text = (
        '# a comment on old\n#: ../../old.md:3\nmsgid ""\n"See {paper}`ol"\n"d-one` and\\t\\"{paper}`old-one`\\".\\n"\n'
        'msgstr "参见 {paper}`old-one`。"\n\n#~ msgid "{paper}`old-one`"\n'
    )
    document = Document("a.po", Path("a.po"), text.encode(), text)

    def changes(old: str, new: str) -> Callable[[str], list[tuple[int, int, str]]]:
        return lambda message: [(one.start, one.end, new) for one in in_myst(message)[0] if one.name == old]

    after = apply_edits(text, renamed(document, changes("old-one", "a-new-one")))
    assert '"See {paper}`a-"\n"new-one` and\\t\\"{paper}`a-new-one`\\".\\n"' in after
    assert after.count("a-new-one") == 2
    assert '#~ msgid "{paper}`old-one`"' in after
    back = Document("a.po", Path("a.po"), after.encode(), after)
    assert apply_edits(after, renamed(back, changes("a-new-one", "old-one"))) == text
    for new in ("ab", "abc"):  # as long as the first part, and a letter longer
        as_long = apply_edits(text, renamed(document, changes("old-one", new)))
        other = Document("a.po", Path("a.po"), as_long.encode(), as_long)
        assert "old-one" in apply_edits(as_long, renamed(other, changes(new, "old-one"))).replace('"\n"', "")
    broken = text.replace('ol"\n"d-one', 'old-"\n"one')
    document = Document("a.po", Path("a.po"), broken.encode(), broken)
    for new in ("x", "abc", "abcd", "abcde", "a-long-name"):
        after = apply_edits(broken, renamed(document, changes("old-one", new)))
        back = Document("a.po", Path("a.po"), after.encode(), after)
        assert apply_edits(after, renamed(back, changes(new, "old-one"))) == broken
    document = Document("a.po", Path("a.po"), text.encode(), text)
    shorter = apply_edits(text, renamed(document, changes("old-one", "x")))
    assert '"See {paper}`x"\n"` and' in shorter
    short = Document("a.po", Path("a.po"), shorter.encode(), shorter)
    again = apply_edits(shorter, renamed(short, changes("x", "old-one")))
    assert again == text.replace('ol"\n"d-one', 'old-"\n"one'), "behind a hyphen, as Babel breaks them"
