"""What annotations say of a value: how it is checked and how it is described.

pydantic asks each mark itself (https://docs.pydantic.dev/latest/concepts/types/#customizing-validation-with-__get_pydantic_core_schema__)
and is loaded by whoever asks it: a tenth of a second, which reading of right values does without (`reading.decode`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_ABSENT: Final = object()


class Refused(ValueError):  # noqa: N818 (what happened to the value)
    """A value that does not fit: the *kind* of mistake, a message with names in braces, and what these stand for.

    Without a message it is one of pydantic's own kinds.
    """

    def __init__(self, kind: str, message: str = "", context: Mapping[str, Any] | None = None) -> None:
        """Say what is wrong."""
        super().__init__(kind, message, context)
        self.kind = kind
        self.message = message
        self.context = dict(context or {})

    def of_pydantic(self) -> ValueError:
        """Return the same as pydantic says it."""
        from pydantic_core import PydanticCustomError, PydanticKnownError  # noqa: PLC0415 (see above)

        if self.message:
            return PydanticCustomError(self.kind, self.message, self.context)
        return PydanticKnownError(self.kind)  # type: ignore[arg-type]  # the same


class After:
    """A *function* that checks a value of the right type and returns it, or what is read instead; raises `Refused`."""

    def __init__(self, function: Callable[..., Any], *, with_context: bool = False) -> None:
        """Call *function* with the value and, *with_context*, with what the reader has given for notes."""
        self.function = function
        self.with_context = with_context

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after pydantic has."""
        from pydantic_core import core_schema  # noqa: PLC0415 (see above)

        def check(value: Any, info: ValidationInfo) -> Any:
            try:
                return self.function(value, info.context) if self.with_context else self.function(value)
            except Refused as refused:
                raise refused.of_pydantic() from None

        return core_schema.with_info_after_validator_function(check, handler(source))


class Before:
    """A *function* that returns what a value stands for, before its type is looked at; raises `Refused`."""

    def __init__(self, function: Callable[[object], object], written: Any = _ABSENT) -> None:
        """Let *written* be the type as authors write it, where that is another one."""
        self.function = function
        self.written = written

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Change the value before pydantic sees it."""
        from pydantic_core import core_schema  # noqa: PLC0415 (see above)

        def change(value: Any) -> Any:
            try:
                return self.function(value)
            except Refused as refused:
                raise refused.of_pydantic() from None

        written = None if self.written is _ABSENT else handler.generate_schema(self.written)
        return core_schema.no_info_before_validator_function(change, handler(source), json_schema_input_schema=written)


class Between:
    """The least and the most that a whole number may be."""

    def __init__(self, least: int, most: int) -> None:
        """Both are allowed."""
        self.least = least
        self.most = most

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic compare, and say it in the schema."""
        schema: Any = handler(source)
        return {**schema, "ge": self.least, "le": self.most}


class Described:
    """What the JSON Schema says of a value besides its type; a *description* is what people read of a field."""

    def __init__(
        self, description: str | None = None, examples: tuple[str, ...] = (), json_schema_extra: Mapping[str, Any] = {}
    ) -> None:
        """Say it."""
        self.description = description
        self.examples = list(examples) or None
        self.json_schema_extra = dict(json_schema_extra)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Add it."""
        said = {"description": self.description, "examples": self.examples}
        return handler(schema) | {key: value for key, value in said.items() if value} | self.json_schema_extra


class Written:
    """The whole JSON Schema of a value."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """Say it."""
        self.schema = schema

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return it."""
        return dict(self.schema)


class Unpublished:
    """What no JSON Schema tells of."""

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Leave it out."""
        from pydantic_core import PydanticOmit  # noqa: PLC0415 (see above)

        raise PydanticOmit


class OneOf:
    """Which of several records a value is: *name_of* gives the name of one of *records*."""

    def __init__(self, name_of: Callable[[object], str], records: Mapping[str, type]) -> None:
        """Name the records that the annotated union has."""
        self.name_of = name_of
        self.records = dict(records)

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic look at that record only."""
        from pydantic_core import core_schema  # noqa: PLC0415 (see above)

        choices = {name: handler.generate_schema(record) for name, record in self.records.items()}
        return core_schema.tagged_union_schema(choices, self.name_of)
