"""linkcheck sees every link of every card, of every kind and in every layout, and reports those that are broken."""

from __future__ import annotations

import copy
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.sites import ALPHA, BIB, dump, page, small_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("code", "project", "demo", "data", "slides", "blog")
SITES = ("bilibili", "youtube", "zhihu", "url")


class Answers(BaseHTTPRequestHandler):
    """Has every page but those that are called missing."""

    def do_HEAD(self) -> None:
        """Answer with a status and nothing else."""
        self.send_response(404 if "missing" in self.path else 200)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("layout", ["tabs", "cards", "table", "sections"])
def test_every_link_is_seen(tmp_path: Path, address: str, layout: str) -> None:
    survey: Any = copy.deepcopy(ALPHA)
    survey["videos"] = [{"title": "Lecture", **{site: f"{address}/lecture-{site}" for site in SITES}}]
    one = survey["groups"][0]["papers"][0]
    one["links"] = {kind: f"{address}/{kind}" for kind in KINDS}
    one["links"]["demo"] = f"{address}/missing-demo"
    one["videos"] = [{"title": "Talk", **{site: f"{address}/talk-{site}" for site in SITES}}]
    one["results"] = [{"benchmark": "probe", "value": "1.5", "source": f"{address}/result"}]
    one["summary"] = f"See [the page]({address}/summary)."
    one["points"] = [f"A [point]({address}/point)."]
    one["relations"]["extends"][0]["why"] = f"for [this]({address}/why)"
    deepest = survey["groups"][0]["groups"][0]["groups"][0]["groups"][0]["papers"][0]
    deepest["links"] = {"code": f"{address}/missing-deep"}
    survey["groups"][0]["summary"] = f"A [group]({address}/group).\n"
    survey["summary"] = f"A [survey]({address}/survey).\n"
    expected = {f"{address}/lecture-{site}" for site in SITES} | {f"{address}/talk-{site}" for site in SITES}
    expected |= {f"{address}/{kind}" for kind in KINDS if kind != "demo"}
    expected |= {f"{address}/{name}" for name in ("missing-demo", "missing-deep", "result", "summary", "point", "why")}
    expected |= {f"{address}/{name}" for name in ("group", "survey", "paper")}
    pages = {
        "index.md": "# Start\n\n```{toctree}\nsurveys/alpha\n```\n",
        "surveys/alpha.md": page("Alpha", "alpha", f"layout: {layout}"),
        "surveys/alpha.yaml": dump(survey),
        "refs.bib": BIB.replace("https://paper.example/one", f"{address}/paper"),
    }
    conf = 'linkcheck_ignore = ["https://"]\nlinkcheck_timeout = 10\nlinkcheck_workers = 4\n'
    site = small_site(tmp_path, pages, conf)
    site.accepted = (0, 1)
    site.build("linkcheck")
    lines = (site.output("linkcheck") / "output.json").read_text("utf-8").splitlines()
    found = {entry["uri"]: entry for entry in map(json.loads, lines)}
    assert expected - set(found) == set()
    broken = {uri for uri, entry in found.items() if entry["status"] == "broken"}
    assert broken == {f"{address}/missing-demo", f"{address}/missing-deep"}
    assert all("404" in found[uri]["info"] for uri in broken)
    assert {"https://doi.org/10.1000/one", "https://arxiv.org/abs/1911.05722"} <= set(found)
