"""What every record of a survey has: a place in a file, and no keys but its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from sphinx_paper_table.survey.fields import POSITION
from sphinx_paper_table.survey.located import NOWHERE, Position

_CONFIG: Final = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: the place it was read from."""

    __pydantic_config__ = _CONFIG
    position: Annotated[SkipJsonSchema[Position], Field(alias=POSITION, exclude=True)] = field(
        default=NOWHERE, compare=False, repr=False
    )
