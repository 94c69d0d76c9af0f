"""Build server of the harness: imports Sphinx once, then forks for every build.

Reads one JSON object a line from standard input (`sphinx-build` arguments and a log file) and answers with
the exit code. A build runs in a child of its own because Sphinx keeps state in the process (checksums of
static files, registered roles).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback

PRELOADED = ("sphinx.builders.html", "sphinx.search.en", "myst_parser", "furo", "alabaster", "bs4",
             "sphinxcontrib.bibtex", "sphinx.ext.todo", "sphinx.ext.viewcode", "sphinx_design",
             "sphinx_paper_table.host", "sphinx_paper_table.components")  # fmt: skip


def _build(arguments: list[str], log: str) -> int:
    from sphinx.cmd.build import main  # noqa: PLC0415

    with open(log, "w", encoding="utf-8") as stream:  # noqa: PTH123
        sys.stdout = sys.stderr = stream
        try:
            return main(arguments)
        except BaseException:  # noqa: BLE001  # a child must never return into the loop
            traceback.print_exc(file=stream)
            return 99


def _serve() -> None:
    for name in PRELOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_build(request["arguments"], request["log"]) & 127)
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve()
