"""JSON and XML of services, read without trust.

XML may not define anything: with entities that stand for entities a few lines become gigabytes, and external ones read
files (https://docs.python.org/3/library/xml.html#xml-security). A document type may be named, as PubMed does; it is
neither read nor asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sphinx_paper_table.services.errors import RefusedError

if TYPE_CHECKING:
    from sphinx_paper_table.services.client import Answer

_DEEPEST: Final = 100


class _ForbiddenError(Exception):
    """Something in XML that is refused."""


def json_of(answer: Answer, service: str) -> dict[str, Any]:
    """Return the JSON object of an answer; raises `RefusedError` for anything else."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(service, f"its answer is no JSON: {answer.address}") from error
    if not isinstance(found, dict):
        raise RefusedError(service, f"its answer is no JSON object: {answer.address}")
    return found


def within(tree: Any, *path: str | int) -> Any:
    """Return what stands in a tree of JSON at *path*; None where it is shaped otherwise."""
    for step in path:
        if isinstance(tree, dict) and isinstance(step, str):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def items(tree: Any, *path: str | int) -> list[dict[str, Any]]:
    """Return the objects of the list at *path*; none where there is none."""
    found = within(tree, *path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def xml_of(answer: Answer, service: str) -> Element:
    """Return the outermost element of an answer, with names such as ``{namespace}title``.

    Raises `RefusedError` for what is no XML, defines entities, or goes deeper than any record does.
    """
    builder = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            msg = "goes too deep"
            raise _ForbiddenError(msg)
        builder.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(name))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(answer.body, True)  # noqa: FBT003 (expat's own way)
        return builder.close()
    except _ForbiddenError as error:
        raise RefusedError(service, f"its XML {error}, which is refused: {answer.address}") from error
    except (expat.ExpatError, ValueError, AssertionError, LookupError) as error:
        raise RefusedError(service, f"its answer is no XML ({error}): {answer.address}") from error


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _refuse_definitions(_name: str, _system: str | None, _public: str | None, has_definitions: bool) -> None:  # noqa: FBT001 (expat calls it)
    if has_definitions:
        _refuse()


def _refuse(*_arguments: object) -> NoReturn:
    msg = "defines entities"
    raise _ForbiddenError(msg)


def text_of(parent: Element, path: str, spaces: dict[str, str] | None = None) -> str:
    """Return the text of the first element at *path*, with that of all elements in it."""
    found = parent.find(path, spaces or {})
    return "".join(found.itertext()) if found is not None else ""
