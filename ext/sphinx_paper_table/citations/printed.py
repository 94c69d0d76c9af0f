"""References as they were printed before: after an edit of one of ten thousand, its page prints this one alone.

What is printed is kept by all that it is made of. Only what Sphinx, docutils and we print is known to depend on nothing
else; where an extension or a theme prints such nodes itself, nothing is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sphinx.util import logging

from sphinx_paper_table.compat.sphinx import application_of
from sphinx_paper_table.store import Values, cache_key, content_digest, program_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
FILE: Final = "printed-references.pickle"
_PRINTERS: Final = ("Sphinx", "docutils", "pybtex", "pybtex-docutils", "latexcodec", "pylatexenc")
_KNOWN: Final = {"sphinx", "docutils", "sphinx_paper_table"}
_KINDS: Final = {
    *("#text", "citation_bibtex", "emphasis", "inline", "literal"),
    *("paragraph", "reference", "strong", "subscript", "superscript"),
}
"""What references are made of, by tag names. Formulas are not among them: a setting says who prints these."""


class PrintedStore:
    """What references were printed as, kept in a file beside the environment."""

    def __init__(self, values: Values) -> None:
        """Touch nothing."""
        self._values = values
        self._used: dict[str, None] = {}
        self._made: set[str] = set()

    def get(self, key: str, make: Callable[[], tuple[str, bool]]) -> str:
        """Return what was printed; *make* prints it, and says whether it may be kept."""
        data = self._values.get(key)
        if data is not None:
            text = data.decode()
        else:
            text, is_kept = make()
            if not is_kept:
                return text
            self._values.put(key, text.encode())
            self._made.add(key)
        self._used[key] = None
        return text

    def save(self, most: int) -> None:
        """Write what is new, and the last *most* of the rest: other pages may have lists too."""
        if self._made:
            before = [name for name in self._values.names() if name not in self._made]
            self._values.save(dict.fromkeys((*before[-most:], *self._used)))
            logger.info("references printed: %d", len(self._made))
        self._values.close()


_stores: WeakKeyDictionary[BuildEnvironment, PrintedStore] = WeakKeyDictionary()


def store_of(env: BuildEnvironment) -> PrintedStore:
    """Return the store of a build."""
    if env not in _stores:
        app = application_of(env)
        key = cache_key(distributions=_PRINTERS, more=[program_digest(), app.builder.name])
        _stores[env] = PrintedStore(Values(Path(app.doctreedir) / FILE, key, logger.info))
    return _stores[env]


def save_printed(app: Sphinx, _exception: Exception | None) -> None:
    """Write what this build has printed (``build-finished``)."""
    if store := _stores.pop(app.env, None):
        store.save(len(app.env.get_domain("cite").data["citations"]))


class Printing:
    """The references that one translator prints on one page."""

    def __init__(self, env: BuildEnvironment, translator: HTML5Translator, docname: str) -> None:
        """Look at who prints what."""
        self._translator: Any = translator
        self._store = store_of(env) if _is_known(translator) else None
        state = (getattr(translator, name, None) for name in ("compact_p", "compact_simple", "compact_field_list"))
        self._circumstances = docname, env.config.language, translator.settings.cloak_email_addresses, *state

    def add(self, made_of: tuple[Any, ...], say: Callable[[], Sequence[nodes.Node]]) -> None:
        """Print what *say* returns, which stands where it is printed and is *made_of* this, here or long ago."""

        def make() -> tuple[str, bool]:
            start, said = len(body), say()
            for node in said:
                node.walkabout(self._translator)
            text = "".join(body[start:])
            del body[start:]
            return text, all(getattr(part, "tagname", "") in _KINDS for node in said for part in node.findall())

        body = self._translator.body
        if self._store is None:
            body.append(make()[0])
        else:
            body.append(self._store.get(content_digest(repr((self._circumstances, made_of)).encode()), make))


def _is_known(translator: HTML5Translator) -> bool:
    """Return whether a translator prints references as Sphinx, docutils and we do."""
    names = (f"{verb}_{kind}" for verb in ("visit", "depart") for kind in {*_KINDS, "Text"})
    printers = [
        getattr(translator, name, None) for name in (*names, "dispatch_visit", "dispatch_departure", "starttag")
    ]
    parts = [part for part in (*type(translator).__mro__[:-1], *printers) if part is not None]
    return {str(getattr(part, "__module__", "")).partition(".")[0] for part in parts} <= _KNOWN  # None in ``conf.py``
