"""What the tests of the documentation share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RealSite


@pytest.fixture(scope="session")
def site(real_site: RealSite) -> Path:
    """Return the site in English."""
    return real_site()
