"""Python's collector of cycles while records are read."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from sphinx_paper_table.reading.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_the_collector_rests_while_something_reads(switch: Callable[[], None]) -> None:
    """Whoever reads has it as before, however the reading ends."""

    def read() -> None:
        with uncollected():
            assert not gc.isenabled()
            raise KeyboardInterrupt

    switch()
    try:
        before = gc.isenabled()
        with pytest.raises(KeyboardInterrupt):
            read()
        assert gc.isenabled() is before
    finally:
        gc.enable()
