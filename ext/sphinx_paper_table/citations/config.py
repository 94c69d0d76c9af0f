"""The options of citations in a build: checked when they are read, replaced where they are not valid.

What a style is called that ``conf.py`` itself registers, only a build knows.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from sphinx_paper_table.citations.style_registry import is_style, styles
from sphinx_paper_table.compat.sphinxcontrib_bibtex import is_reference_style
from sphinx_paper_table.reading.bibtex_options import (
    BIBTEX_OPTIONS,
    FORMATTING,
    LIST_STYLES,
    REFERENCE_STYLES,
    unknown_style,
)
from sphinx_paper_table.reading.citation_options import CITATION_OPTIONS
from sphinx_paper_table.reading.conf_file import ConfFile, read_conf
from sphinx_paper_table.reading.project import value_problem
from sphinx_paper_table.survey.located import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_paper_table.reading.options import ConfigOption
    from sphinx_paper_table.survey.problems import Problem

logger = logging.getLogger(__name__)


def _of_a_build(option: ConfigOption) -> ConfigOption:
    if option.name in LIST_STYLES:
        return replace(option, check=lambda value: _wrong_style(value, option))
    if option.name in REFERENCE_STYLES:
        return replace(option, check=lambda value: "" if is_reference_style(value) else option.check(value))
    return option


def _wrong_style(value: str, option: ConfigOption) -> str:
    is_known = is_style(value) if value else option.default == ""
    return "" if is_known else unknown_style(value, {*styles(), FORMATTING})


_OPTIONS: Final = tuple(map(_of_a_build, (*CITATION_OPTIONS, *BIBTEX_OPTIONS)))


def refused_values(config: Config, conf: ConfFile) -> Iterator[Problem]:
    """Yield a problem for each value that is not valid, after the default has taken its place.

    Where everything is to be as sphinxcontrib-bibtex does it, that package refuses styles of references itself.
    """
    for option in _OPTIONS:
        if config.citations_compatible is True and option.name in REFERENCE_STYLES:
            continue
        if problem := value_problem(option, config[option.name], conf.places.get(option.name, NOWHERE)):
            config[option.name] = option.default
            yield problem


def check_config(app: Sphinx, config: Config) -> None:
    """Report these (``config-inited``); paper tables report them among their own."""
    if "sphinx_paper_table" not in app.extensions:
        for problem in sorted(refused_values(config, read_conf(Path(app.confdir) / "conf.py"))):
            place = str(problem.position) or None
            logger.warning("%s", problem.text, location=place, type="paper_table", subtype=str(problem.code))
