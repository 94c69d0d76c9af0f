"""Text that remembers where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from sphinx_paper_table.survey.characters import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema


class Position(NamedTuple):
    """A place in a source file; ``line`` and ``column`` count from 1, and 0 means "not known"."""

    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``path:line:column``, leaving out what is not known."""
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join((visible(self.path), *numbers))


BUILT_IN: Final = "<built-in vocabulary>"
"""The file that positions in the built-in vocabulary name; no file of a project is called so."""
NOWHERE = Position()
"""The position of records made by hand, in tests or by programs."""


class Located(str):
    """A string with the position of its first character.

    It compares and hashes like the plain string, so it can be used as one everywhere.
    """

    __slots__ = ("position",)
    position: Position

    def __new__(cls, value: str, position: Position = NOWHERE) -> Self:
        """Return *value* standing at *position*."""
        self = super().__new__(cls, value)
        self.position = position
        return self

    def __reduce__(self) -> tuple[Callable[..., Located], tuple[type[Located], str, str, int, int]]:
        """Keep the position when pickled, in its parts: a tuple with a class of its own takes twice the time."""
        return _unpickled, (type(self), str.__str__(self), *self.position)

    def position_at(self, offset: int) -> Position:
        """Return the position of the character at *offset*, as exactly as it is known (see `Folded`)."""
        path, line, column = self.position
        line_start = self.rfind("\n", 0, offset) + 1
        return Position(path, line + self.count("\n", 0, offset), column and column + offset - line_start)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Accept any string; pydantic's own ``str`` schema would drop the position."""
        from pydantic_core import core_schema  # noqa: PLC0415 (a place needs none of it)

        return core_schema.no_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe a located string as a JSON string."""
        return {"type": "string"}

    @classmethod
    def _validate(cls, value: object) -> Located:
        if isinstance(value, Located):
            return value
        if isinstance(value, str):
            return cls(value)
        from pydantic_core import PydanticCustomError  # noqa: PLC0415 (nor this)

        kind = "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "no text"
        raise PydanticCustomError("wrong-type", "text is expected here, not {kind}", {"kind": kind})


def _unpickled(kind: type[Located], text: str, path: str, line: int, column: int) -> Located:
    found = str.__new__(kind, text)
    found.position = Position(path, line, column)
    return found


class Folded(Located):
    """A text that stood on several lines which YAML has joined: only the place of its beginning is known."""

    __slots__ = ()

    def position_at(self, offset: int) -> Position:
        """Return the position of the beginning."""
        return self.position


def position_in(text: str, name: str, offset: int) -> Position:
    """Return the place of the character at *offset* of the file *name*."""
    return Position(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def position_of(value: object, default: Position = NOWHERE) -> Position:
    """Return the position that *value* carries, or *default*."""
    position = getattr(value, "position", default)
    return position if isinstance(position, Position) else default
