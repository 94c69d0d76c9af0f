"""A fixed share of what `make fuzz` does, the same cases in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from tests.fuzz import inputs, targets
from tests.fuzz.__main__ import Tally

if TYPE_CHECKING:
    from pathlib import Path

_SAME: Final = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_front_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    place, found = tmp_path_factory.mktemp("fuzz"), list[int]()

    @settings(_SAME, max_examples=250)
    @given(inputs.cases)
    def run(case: inputs.Case) -> None:
        found.append(targets.front_end(case, place))

    run()
    assert sum(map(bool, found)) > len(found) / 3


@settings(_SAME, max_examples=100)
@given(inputs.values)
def test_the_configuration(value: Any) -> None:
    targets.configuration(value)


def test_catalogues(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("fuzz")

    @settings(_SAME, max_examples=60)
    @given(inputs.catalogues)
    def run(text: str) -> None:
        targets.catalogue(text, place)

    run()


def test_whole_builds(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("fuzz")

    @settings(_SAME, max_examples=5)
    @given(inputs.cases, inputs.inventories, inputs.catalogues)
    def run(case: inputs.Case, inventory: bytes, po: str) -> None:
        targets.build(case, inventory, po, place)

    run()


def test_a_build_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "BUILD_LIMIT", 1)
    monkeypatch.setattr(targets, "CONF", "while True:\n    pass\n")
    with pytest.raises(targets.HangError):
        targets.build(inputs.Case("s.yaml", {"s.yaml": inputs.SMALL}), b"", "", tmp_path)


def test_failures_are_printed_as_they_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Each kind once, and again where a smaller input leads there; what is printed can be pasted."""
    tally = Tally()
    for case in ([1, 2, 3], [4, 5], [6, 7, 8, 9]):
        tally.attempt("files", case, lambda: int("x"))
    found = [line for line in capsys.readouterr().out.splitlines() if line.startswith("reproduced by: ")]
    assert found == ["reproduced by: [1, 2, 3]", "reproduced by: [4, 5]"]
    assert len(tally.failures) == 1
