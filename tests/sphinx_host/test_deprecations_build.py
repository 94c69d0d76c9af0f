"""Builds of the tests end at a deprecated name, but for those that other packages use."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx import deprecation
from tests import deprecations
from tests.support.harness import Site

if TYPE_CHECKING:
    from tests.deprecations import Excepted

OF_SPHINX = sorted({kind.__name__ for kind in vars(deprecation).values() if isinstance(kind, type)})
"""Those of this version and the next."""


@pytest.mark.parametrize("category", OF_SPHINX)
def test_a_deprecated_name_ends_a_build(tmp_path: Path, category: str) -> None:
    conf = f"import warnings\nfrom sphinx.deprecation import {category}\nwarnings.warn('gone soon', {category})\n"
    site = Site(tmp_path, conf, {"index.rst": "Start\n=====\n"}, strict=False, accepted=(2,))
    assert f"{category}: gone soon" in site.build().log


@pytest.mark.parametrize("use", deprecations.EXCEPTED, ids=lambda use: str(use.message.split("'")[1]))
def test_each_exception_is_needed(use: Excepted) -> None:
    found = find_spec(use.module)
    assert found is not None
    called = re.search(r"\w+(?=\(\))", use.message)
    attribute = use.message.split("'")[1].rpartition(".")[2]
    sought = f"{called[0]}(" if called else f".{attribute}."
    assert sought in Path(str(found.origin)).read_text("utf-8"), f"the exception for {use.module} can go"
