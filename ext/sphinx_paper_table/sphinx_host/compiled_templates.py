"""Jinja's templates compiled once for each content: compiling those of cards and pages costs 0.2 s a build.

Jinja keeps compiled code by the name and source of a template (https://jinja.palletsprojects.com/api/#bytecode-cache);
what else the code depends on, the environment and the installed packages, is in the key of the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache
from sphinx.util import logging

from sphinx_paper_table.store import Cache, cache_key, installed_versions, source_digest

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_OPTIONS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized", "autoescape"),
    *("undefined", "finalize", "is_async", "newstyle_gettext", "policies"),
)
"""Attributes of an environment that what is compiled in it depends on."""


class CompiledTemplates(BytecodeCache):
    """The compiled templates of one environment, in one file that is read when the first is asked for."""

    def __init__(self, cache: Cache) -> None:
        """Name the file; touches nothing."""
        self._cache = cache
        self._kept: dict[str, bytes] | None = None
        self._changed = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give *bucket* the code of its template, if it is that of its present source."""
        code = self._codes().get(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that was just compiled."""
        self._codes()[bucket.key] = bucket.bytecode_to_string()
        self._changed = True

    def save(self) -> None:
        """Write the file if there is a new template."""
        if self._changed:
            self._cache.save(self._codes())
            self._changed = False

    def _codes(self) -> dict[str, bytes]:
        if self._kept is None:
            found = self._cache.load(0)
            self._kept = found if isinstance(found, dict) else {}
        return self._kept


def keep_compiled(app: Sphinx, environment: Environment, name: str) -> None:
    """Let *environment* keep its compiled templates beside the doctrees, in a file called by *name*."""
    path = Path(app.doctreedir) / f"templates-{name}.pickle"
    kept = CompiledTemplates(Cache(path, _key(environment), logger.info))
    environment.bytecode_cache = kept
    app.connect("build-finished", lambda _app, _exception: kept.save())


def _key(environment: Environment) -> str:
    """Return what tells code that was compiled in *environment* from that of others."""
    options = [repr((name, _settled(getattr(environment, name, None)))) for name in _OPTIONS]
    used = sorted(environment.extensions.items())
    extensions = [f"{name} {source_digest(type(extension), ['jinja2'])}" for name, extension in used]
    kind = type(environment)
    return cache_key(more=[f"{kind.__module__}.{kind.__qualname__}", *options, *extensions, *installed_versions()])


def _settled(value: Any) -> str:
    """Return the `repr` of an option; of a class or function its name, as the rest is its place in memory."""
    return getattr(value, "__qualname__", None) or repr(value)


def _keep_pages(app: Sphinx) -> None:
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    if environment is not None:  # builders that print no HTML have none, and other template engines another one
        keep_compiled(app, environment, "pages")


def setup_compiled_templates(app: Sphinx) -> None:
    """Keep those of pages; whoever has templates of its own calls `keep_compiled`."""
    app.connect("builder-inited", _keep_pages, priority=950)
