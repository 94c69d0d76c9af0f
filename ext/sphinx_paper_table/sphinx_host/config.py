"""The configuration values in a build: registered, checked when they are read, replaced where they are not valid."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx_paper_table.citations.config import refused_values
from sphinx_paper_table.reading import options
from sphinx_paper_table.reading.conf_file import ConfFile, read_conf
from sphinx_paper_table.reading.options import LAYOUT, PICTURES
from sphinx_paper_table.reading.project import (
    lost_pictures,
    odd_language,
    odd_suppressions,
    unknown_options,
    value_problem,
)
from sphinx_paper_table.sphinx_host.diagnostics import report
from sphinx_paper_table.sphinx_host.layouts import LAYOUTS
from sphinx_paper_table.survey.located import NOWHERE
from sphinx_paper_table.survey.problems import nearest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _layout(value: Any) -> str:
    return "" if value in LAYOUTS else f"there is no layout '{value}'; {nearest(str(value), LAYOUTS)}"


OPTIONS: Final = tuple(
    dataclasses.replace(option, check=_layout) if option.name == LAYOUT else option for option in options.OPTIONS
)
"""Those that are declared for everyone; a build knows the layouts of other extensions too."""


def setup_config(app: Sphinx) -> None:
    """Declare the configuration values and check them once they are read."""
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, option.rebuild, option.types, option.help)
    app.connect("config-inited", check_config, priority=400)
    app.connect("config-inited", _adopt_bibtex_defaults, priority=400)


def check_config(app: Sphinx, config: Config) -> None:
    """Warn of every value that is not valid, and use the default in its place; warn of names that nothing declares."""
    conf = conf_file(app)
    problems = [*unknown_options(conf, [option.name for option in config]), *odd_language(conf)]
    problems += [*odd_suppressions(conf), *refused_values(config, conf)]
    for option in OPTIONS:
        place = conf.places.get(option.name, NOWHERE)
        if problem := value_problem(option, config[option.name], place):
            problems.append(problem)
            config[option.name] = option.default
    problems += lost_pictures(config[PICTURES], config.html_static_path, conf.places.get(PICTURES, NOWHERE))
    report(problems)


def conf_file(app: Sphinx) -> ConfFile:
    """Return what is written in the project's ``conf.py``."""
    return read_conf(Path(app.confdir) / "conf.py")


def assignment(app: Sphinx, name: str) -> str | None:
    """Return the place in conf.py that gives *name* its value; None when it comes from elsewhere."""
    place = conf_file(app).places.get(name)
    return f"{place.path}:{place.line}" if place else None


def _adopt_bibtex_defaults(app: Sphinx, config: Config) -> None:
    """Fill in what sphinxcontrib-bibtex would refuse to work without, and the anchors that our contract promises."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = ["refs.bib"] if (app.confdir / "refs.bib").is_file() else []
    if not config.bibtex_cite_id:
        config.bibtex_cite_id = "cite-{key}"
