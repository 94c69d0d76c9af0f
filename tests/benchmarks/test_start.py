"""The benchmark of a build's start reads what Python says of imports."""

from __future__ import annotations

from benchmarks.start import by_package, imports

LOG = """WARNING: something else
import time: self [us] | cumulative | imported package
import time:       120 |        120 |   docutils.nodes
import time:      3000 |       3120 | sphinx_paper_table.survey.entities
import time:       500 |        500 |       sphinx_paper_table.survey
import time:        70 |         70 | pydantic._internal._fields
"""


def test_modules_are_counted_by_room_and_those_of_the_stock_packages_are_not() -> None:
    found = imports(LOG)
    assert found["docutils.nodes"] == 120
    assert len(found) == 4
    assert by_package(found, ["docutils.nodes"]) == {"sphinx_paper_table.survey": 3500, "pydantic": 70}
