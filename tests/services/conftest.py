"""A server that stands for all services; or the services themselves, for `make live`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from tests.support.services import LiveServices, Services, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

LIVE: Final = "PAPER_TABLE_LIVE"


@pytest.fixture
def services(request: pytest.FixtureRequest) -> Iterator[Services | LiveServices]:
    """Return a server on this machine that answers in the place of all services."""
    if os.environ.get(LIVE) and request.node.get_closest_marker("live"):
        yield LiveServices()
        return
    with serving() as found:
        yield found
