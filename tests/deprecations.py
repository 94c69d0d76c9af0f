"""Deprecation warnings are errors wherever tests run Python: what others remove next is known a release before.

Other packages may lag behind; each of their uses is excepted by its module, with the reason.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Excepted(NamedTuple):
    """A use of a deprecated name by another package: *message* is how the warning begins."""

    message: str
    category: str
    module: str
    reason: str


EXCEPTED: Final = (
    Excepted(
        "'sphinx.environment.BuildEnvironment.app' is deprecated",
        "PendingDeprecationWarning",
        "myst_parser.mocking",
        "its `include` emits an event of Sphinx by it (myst-parser 5.2.0, myst_parser/mocking.py:562)",
    ),
    Excepted(
        "'myst_parser.sphinx_ext.myst_refs.MystReferenceResolver.app' is deprecated",
        "PendingDeprecationWarning",
        "myst_parser.sphinx_ext.myst_refs",
        "it asks for the builder by it, as transforms have no other way (myst-parser 5.2.0)",
    ),
    Excepted(
        "'tags' will become a required keyword argument for global_toctree_for_doc()",
        "PendingDeprecationWarning",
        "notfound.extension",
        "it makes the navigation of the page in place of a missing one (sphinx-notfound-page 1.1.0, extension.py:124)",
    ),
    *(
        Excepted(
            f"'sphinxcontrib.serializinghtml.{builder}.app' is deprecated",
            "PendingDeprecationWarning",
            "sphinxcontrib.serializinghtml",
            "it emits events of Sphinx by it (sphinxcontrib-serializinghtml 2.0.0, __init__.py:100)",
        )
        for builder in ("JSONHTMLBuilder", "PickleHTMLBuilder")
    ),
)
CATEGORIES: Final = ("DeprecationWarning", "PendingDeprecationWarning")
"""Those of Sphinx inherit from one of both, whether they go with the next release or the one after."""
FILTERS: Final = (
    *(f"error::{category}" for category in CATEGORIES),
    *(f"ignore:{use.message}:{use.category}:{use.module}" for use in EXCEPTED),
)
"""The later ones come first."""
ENVIRONMENT: Final = {"PYTHONWARNINGS": ",".join(FILTERS)}
"""For a process that builds. Sphinx puts a filter of its own before those of the command line, but not before these."""
