"""Whatever the extension registers under a name that others write stands in the public contract."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
_LISTED = """
import json, sys
from pathlib import Path
from docutils.parsers.rst import directives, roles
from sphinx.application import Sphinx

def ours(thing):
    module = getattr(thing, "__module__", "") or type(thing).__module__
    kind = type(thing).__module__
    return any(name.startswith(("sphinx_paper_table", "sphinx_fresh")) for name in (module, kind))

def named(registry):
    return sorted(name for name, thing in registry.items() if ours(thing))

source = Path(sys.argv[1])
plain = Sphinx(source, None, source / "out", source / "trees", "html", status=None, warning=None)
before = {"events": set(plain.events.events), "values": {option.name for option in plain.config}}
others = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex"]
config = {"extensions": ["sphinx_paper_table"]}
app = Sphinx(source, None, source / "out", source / "trees", "html", config, status=None, warning=None)
kinds = app.registry
found = {
    "directives": named(directives._directives),
    "roles": named(roles._roles) + [f"paper:{name}" for name in named(kinds.domains["paper"].roles)],
    "types": [f"paper:{name}" for name in kinds.domains["paper"].object_types],
    "builders": named(kinds.builders),
    "renderers": [name for name, (visit, _) in kinds.html_inline_math_renderers.items() if ours(visit)],
    "events": sorted(set(app.events.events) - before["events"]),
    "values": sorted({option.name for option in app.config} - before["values"]),
}
print(json.dumps(found))
"""
_OF_OTHERS = ("myst_", "sd_", "bibtex_", "suppress_warnings")
"""How the values of the extensions begin that ours loads."""
_STOCK = {"bibliography", "cite", "footcite", "footbibliography"}
"""Names of sphinxcontrib-bibtex, behind which the engine stands."""


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the names that Sphinx and docutils know from us."""
    source = tmp_path_factory.mktemp("contract")
    run = subprocess.run([sys.executable, "-c", _LISTED, str(source)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_every_registered_name_stands_in_the_contract(registered: dict[str, list[str]]) -> None:
    contract = (GUIDE / "contract.md").read_text("utf-8")
    named = set(re.findall(r"`([^`\s]+)`", contract))
    prefixes = ("paper_table_", "fresh_")
    assert all(f"`{prefix}`" in contract for prefix in prefixes)
    missing = {
        kind: [
            name
            for name in names
            if name not in named | _STOCK and not (kind == "values" and name.startswith((*prefixes, *_OF_OTHERS)))
        ]
        for kind, names in registered.items()
    }
    assert not any(missing.values()), missing
    assert {"paper-table", "paper-compare"} <= set(registered["directives"])
    assert {"paper:method", "paper:survey"} <= set(registered["roles"])
    assert {"citations_ignore", "paper_table_surveys"} <= set(registered["values"])
    assert registered["events"] != [] != registered["renderers"]


def test_what_the_contract_leaves_to_tables_is_made_from_declarations(
    registered: dict[str, list[str]],
) -> None:
    """Commands, warnings, options of directives and configuration values stand in tables that read the declarations."""
    reference, commands = ((GUIDE / name).read_text("utf-8") for name in ("reference.md", "commands.md"))
    assert "```{declared-commands}" in commands
    assert "```{declared-exit-codes}" in commands
    tables = set(re.findall(r"```\{declared-table\} (\S+)", reference))
    assert {"config", "problems", "allowed"} <= tables
    with_options = {name for name in registered["directives"] if name.startswith("paper-")} - {"paper-search"}
    assert with_options <= {table.removeprefix("options:") for table in tables}
