"""A project that was written for an earlier version loads and builds unchanged, and keeps all that others rely on.

`2026-11.tar.xz` has the surveys, the bibliography and the translations of this site as they were in November 2026, with
pages and a `conf.py` as small as can be, and what a build gave then: anchors, names in the inventory, published data.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any, Final

import pytest
from tests.conftest import strict_build
from tests.frozen.facts import facts, lost, unpack

from sphinx_paper_table.cli import main
from sphinx_paper_table.exports.json_schema import NAMES, schema_text
from sphinx_paper_table.exports.json_schema import SCHEMAS as FOR_EDITORS

ARCHIVE: Final = Path(__file__).with_name("2026-11.tar.xz")
SCHEMAS: Final = Path(__file__).with_name("2026-11-schemas.json.xz")
"""The published schemas of then, by name."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The sources, and what a build gave then."""
    source = tmp_path_factory.mktemp("frozen") / "source"
    return source, unpack(ARCHIVE, source)


def test_it_loads_without_a_problem(
    project: tuple[Path, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All texts are translated: a text is still the same, and stands in the same gettext domain."""
    monkeypatch.chdir(project[0])
    assert main(["check", "."]) == 0
    assert main(["stats", "."]) == 0
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in table if line.startswith(("survey ", "all "))] == ["zh_CN", "100%"]


def test_it_builds_without_a_warning_and_loses_nothing(project: tuple[Path, Any], tmp_path: Path) -> None:
    source, before = project
    strict_build(source, tmp_path / "html")
    now = facts(tmp_path / "html")
    del before["exports"]["papers.json"]["generator"]
    assert list(lost(before, now)) == []


def test_the_schemas_only_gain() -> None:
    """Records of the published files are made from those of the surveys; they must still be what programs know."""
    before = json.loads(lzma.decompress(SCHEMAS.read_bytes()))
    now = {name: json.loads(schema_text(name)) for name in NAMES}
    for name in FOR_EDITORS:  # what they accept is compared with the reader (tests/exports/test_accepted_values.py)
        before[name], now[name] = _described(before[name]), _described(now[name])
        for record, keys in before[name].items():  # a description may gain words at its end
            before[name][record] = {
                key: _as_now(text, now[name].get(record, {}).get(key)) for key, text in keys.items()
            }
    assert list(lost(before, now)) == []


def _as_now(text: str, now: str | None) -> str:
    """Return a description as it is *now*, where that begins as it did before, and else as it was."""
    return now if now and now.startswith(text.rstrip(".")) else text


def _described(schema: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the keys of each record, with their descriptions."""
    records = {**schema.get("$defs", {}), **({"": schema} if "properties" in schema else {})}
    return {
        name: {key: entry.get("description", "") for key, entry in record["properties"].items()}
        for name, record in records.items()
    }


def test_the_comparison_finds_losses_and_allows_gains() -> None:
    before = {"a": {"b": [1, {"c": 2}], "d": True}}
    assert list(lost(before, {"a": {"b": [1, {"c": 2, "more": 3}, 4], "d": True}, "e": 5})) == []
    assert list(lost(before, {"a": {"b": [1, {"c": 3}]}})) == ["/a/b/1/c was 2 and is 3", "/a/d has gone"]
    assert list(lost(before, {"a": {"b": [1], "d": 0}})) == [
        "/a/b was [1, {'c': 2}] and is [1]",
        "/a/d was True and is 0",
    ]
