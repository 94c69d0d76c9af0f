"""The options of directives as docutils is told of them; they are declared in `reading.table_options`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.parsers.rst import directives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class _AnyOption(dict[str, "Callable[[str], Any]"]):
    """Accepts every option as text: for one that is unknown, docutils would drop the directive and not say what is."""

    def __missing__(self, _name: str) -> Callable[[str], Any]:
        """Return what converts an option that is not declared."""
        return directives.unchanged

    def __bool__(self) -> bool:
        """Be true although no option is declared: else docutils would take options for content."""
        return True


def accepting(options: Iterable[str]) -> dict[str, Callable[[str], Any]]:
    """Return the ``option_spec`` of a directive that checks its *options* itself."""
    return _AnyOption.fromkeys(options, directives.unchanged)
