"""A fixed share of what `make fuzz` does, the same cases in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, given, settings
from tests.fuzz import inputs, targets

if TYPE_CHECKING:
    import pytest

_SAME: Final = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def test_the_front_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    place, found = tmp_path_factory.mktemp("fuzz"), list[int]()

    @settings(_SAME, max_examples=400)
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
