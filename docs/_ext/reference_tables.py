"""The tables of the reference page, made at build time from the declarations that the program itself uses.

````
```{declared-table} fields:Paper
```
````

The argument is ``fields:RECORD``, ``papers:RECORD``, ``options:DIRECTIVE``, ``config``, ``problems``, ``schemas``,
``formats``, ``groupings``, ``allowed`` or ``styles``.
The cells are texts of the page: Sphinx translates them with its other texts.
"""

from __future__ import annotations

import inspect
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, get_args, get_origin

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table.cards import directive as paper_table
from sphinx_paper_table.exports import json_schema, records
from sphinx_paper_table.exports.addresses import PAPERS_SCHEMA, RESULTS_SCHEMA
from sphinx_paper_table.importing import formats
from sphinx_paper_table.reading import directive_options, drawings, table_options
from sphinx_paper_table.sphinx_host import config
from sphinx_paper_table.survey import allowed, entities, fields, problems
from sphinx_paper_table.survey import introspection as introspect

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_paper_table.survey.entities import Record

KINDS: Final[dict[str, Any]] = {
    "text": fields.Plain,
    "inline MyST": fields.Inline,
    "MyST blocks": fields.Block,
    "name": fields.Name,
    "id": fields.Id,
    "id, also of another site": fields.Target,
    "id or address": fields.FormerGroup,
    "cite key": fields.CiteKey,
    "cite key, or a list of them": fields.CiteKeys,
    "web address": fields.Url,
    "date": fields.Date,
    "language code": fields.Language,
    "duration": fields.Duration,
    "number": fields.Number,
    "whole number": fields.Count,
    "size": fields.Size,
}
"""What readers call the kinds of value."""
DIRECTIVES: Final = {
    "paper-table": paper_table.OPTIONS,
    "bibliography": table_options.OF_BIBLIOGRAPHIES,
    **directive_options.OF_DIRECTIVES,
}
"""The options of each directive."""
PLURALS: Final = {"id": "ids", "id or address": "ids or addresses"}
PLAIN_TYPES: Final[dict[Any, str]] = {bool: "`true` or `false`", Decimal: "number", type(None): ""}
_WORD: Final = re.compile(r"[^\W\d_]")
Row = tuple[str, ...]


def kind(hint: Any) -> str:
    """Return what a value of this type is, in words."""
    if get_origin(hint) is Annotated:
        return _declared_kind(hint) or kind(hint.__origin__)
    arguments = [argument for argument in get_args(hint) if argument is not Ellipsis]
    if get_origin(hint) is Literal:
        return " or ".join(f"`{choice}`" for choice in arguments)
    if get_origin(hint) is tuple:
        return f"list of {PLURALS.get(found := kind(arguments[0]), found)}"
    if get_origin(hint) is dict:
        return f"mapping: {kind(arguments[0])} to {kind(arguments[1])}"
    if arguments:
        return " or ".join(name for argument in arguments if (name := kind(argument)))
    return PLAIN_TYPES[hint] if hint in PLAIN_TYPES else record_link(hint)


def _declared_kind(hint: Any) -> str:
    """Return the kind whose annotations *hint* has, and that says most."""
    own = hint.__metadata__
    fitting = [
        (len(declared.__metadata__), name)
        for name, declared in KINDS.items()
        if all(any(mark is other for other in own) for mark in declared.__metadata__)
    ]
    return max(fitting)[1] if fitting else ""


def record_link(record: type[Record]) -> str:
    """Return a link to the section about a record."""
    return f"{{ref}}`{record.__name__} <record-{record.__name__.lower()}>`"


def fields_table(name: str) -> list[Row]:
    """Return the keys of one record."""
    record: type[Record] = getattr(entities, name)
    rows: list[Row] = [("Key", "Value", "Meaning")]
    for field, hint in introspect.hints(record).items():
        info = introspect.info(record, field)
        needed = " **Required.**" if introspect.required(record, field) else ""
        example = f" Example: `{info.examples[0]}`." if info.examples else ""
        rows.append((f"`{field}`", kind(hint), f"{info.description}{needed}{example}"))
    return rows


def options_table(directive: str) -> list[Row]:
    """Return the options of a directive."""
    rows = [(f"`:{name}:`", option.help) for name, option in DIRECTIVES[directive].items()]
    return [("Option", "Meaning"), *rows]


def problems_table(_name: str) -> list[Row]:
    """Return the codes of problems."""
    rows = [(f"`paper_table.{code}`", code.explanation) for code in problems.Code]
    return [("Warning", "When it appears"), *rows]


def schemas_table(_name: str) -> list[Row]:
    """Return the published schemas."""
    rows = [
        (f"`/schema/{name}`", " and ".join(record_link(record) for record in records))
        for name, records in json_schema.SCHEMAS.items()
    ]
    return [("Address", "Files that it describes"), *rows]


def formats_table(_name: str) -> list[Row]:
    """Return the formats of collections that can be imported."""
    return [("Format", "What it is"), *((f"`{name}`", what) for name, what in formats.FORMATS.items())]


def groupings_table(_name: str) -> list[Row]:
    """Return what can make groups of a collection."""
    return [("`--groups`", "What makes groups"), *((f"`{name}`", what) for name, what in formats.GROUPINGS.items())]


def allowed_table(_name: str) -> list[Row]:
    """Return the directives and roles that records may have."""
    rows = [
        (use.what, *(", ".join(f"`{name}`" for name in names) for names in (use.directives, use.roles)))
        for use in allowed.USES
    ]
    return [("For", "Directives", "Roles"), *rows]


def styles_table(_name: str) -> list[Row]:
    """Return the classes of drawings."""
    return [("Class", "Meaning"), *((f"`{name}`", meaning) for name, meaning in drawings.STYLES.items())]


def papers_table(name: str) -> list[Row]:
    """Return the keys of one record of the published JSON files, as their schemas describe them."""
    papers, results = (json.loads(json_schema.schema_text(file)) for file in (PAPERS_SCHEMA, RESULTS_SCHEMA))
    files = {records.PapersFile.__name__: papers, records.ResultsFile.__name__: results}
    record = files[name] if name in files else {**results["$defs"], **papers["$defs"]}[name]
    rows: list[Row] = [("Key", "Value", "Meaning")]
    for field, hint in record["properties"].items():
        example = f" Example: `{hint['examples'][0]}`." if hint.get("examples") else ""
        optional = "" if field in record.get("required", ()) else "May be left out. "
        rows.append((f"`{field}`", json_kind(hint), f"{optional}{hint['description']}{example}"))
    return rows


def json_kind(hint: dict[str, Any]) -> str:
    """Return what a value that a JSON Schema describes is, in words."""
    if "$ref" in hint:
        name = hint["$ref"].rpartition("/")[2]
        return f"{{ref}}`{name} <{'papers' if is_of_papers(name) else 'record'}-{name.lower()}>`"
    if "anyOf" in hint:
        return " or ".join(json_kind(choice) for choice in hint["anyOf"] if choice != {"type": "null"})
    if "const" in hint or "enum" in hint:
        return " or ".join(f"`{choice}`" for choice in hint.get("enum", [hint.get("const")]))
    if hint["type"] == "array":
        return f"list of {json_kind(hint['items'])}"
    if hint["type"] == "object":
        return f"mapping to {json_kind(hint['additionalProperties'])}"
    return {"string": "text", "boolean": "`true` or `false`"}.get(hint["type"], str(hint["type"]))


def is_of_papers(name: str) -> bool:
    """Return whether a record is one of the JSON files only, not one of the YAML files."""
    return bool(getattr(getattr(records, name, None), "__module__", "") == records.__name__)


def config_table(app: Sphinx, part: str) -> list[Row]:
    """Return the configuration values of the package, or of the *part* ``citations`` or ``fresh``, which Sphinx has."""
    prefixes = (f"{part}_",) if part else ("citations_", "fresh_")
    rows = [] if part else [(f"`{option.name}`", f"`{option.default!r}`", option.help) for option in config.OPTIONS]
    for name, value in sorted(app.config._options.items()):  # noqa: SLF001 (Sphinx shows the help nowhere else)
        if name.startswith(prefixes):
            rows.append((f"`{name}`", f"`{value.default!r}`", value.description))
    return [("Value in `conf.py`", "Default", "Meaning"), *rows]


class DeclaredTable(SphinxDirective):
    """A table of what is declared somewhere in the package."""

    required_arguments = 1
    tables: ClassVar[dict[str, Callable[[str], list[Row]]]] = {
        "fields": fields_table,
        "options": options_table,
        "problems": problems_table,
        "papers": papers_table,
        "schemas": schemas_table,
        "formats": formats_table,
        "groupings": groupings_table,
        "allowed": allowed_table,
        "styles": styles_table,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table; the page is read again when a declaration changes."""
        what, _, name = self.arguments[0].partition(":")
        rows = config_table(self.env._app, name) if what == "config" else self.tables[what](name)  # noqa: SLF001 (env.app is deprecated)
        declaring = (
            allowed,
            entities,
            fields,
            formats,
            problems,
            config,
            drawings,
            paper_table,
            directive_options,
            json_schema,
            records,
        )
        for module in declaring:
            self.env.note_dependency(str(inspect.getsourcefile(module)))
        self.env.note_dependency(__file__)
        return [self._table(rows)]

    def _table(self, rows: list[Row]) -> nodes.table:
        columns = len(rows[0])
        group = nodes.tgroup(cols=columns)
        group.extend(nodes.colspec(colwidth=width) for width in (20, *(30,) * (columns - 2), 50))
        group += nodes.thead("", self._row(rows[0]))
        group += nodes.tbody("", *map(self._row, rows[1:]))
        return nodes.table("", group, align="left", classes=["colwidths-auto"])

    def _row(self, cells: Row) -> nodes.row:
        return nodes.row("", *(nodes.entry("", self._paragraph(cell)) for cell in cells))

    def _paragraph(self, text: str) -> nodes.paragraph:
        found, messages = self.parse_inline(text)
        paragraph = nodes.paragraph(text, "", *found, *messages)
        if any(isinstance(node, nodes.Text) and _WORD.search(node) for node in found):
            self.set_source_info(paragraph)  # Sphinx translates what has a place: names and code alone have none
        return paragraph


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("declared-table", DeclaredTable)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
