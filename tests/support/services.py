"""A server on this machine in the place of all services: it replays answers, good ones and bad ones."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pytest
import yaml

from sphinx_paper_table.services.client import Client, Clock
from sphinx_paper_table.services.settings import BASE, Settings, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

LIVE: Final = "PAPER_TABLE_LIVE"
ANSWERS: Final = Path(__file__).parents[1] / "services" / "answers"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: a whole answer, or, if *repeat* is given, its body so many times without saying how long it is."""

    body: bytes = b""
    type: str = "text/plain"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    repeat: int = 0
    length: int | None = None
    """What the answer says of its length where that is not true."""


@dataclass
class FakeClock:
    """Time that passes only when somebody sleeps."""

    time: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        """Return the time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass at once."""
        self.slept.append(seconds)
        self.time += seconds


@dataclass
class Services:
    """The server, what it has to say, and what it was asked."""

    server: ThreadingHTTPServer
    replies: dict[str, list[Reply]]
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address that stands for all services."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, path: str, *replies: Reply) -> Self:
        """Let the server answer *path* with *replies*, one after the other; the last one stays."""
        self.replies[path] = list(replies)
        return self

    def client(self, clock: FakeClock | None = None, cache: Path | None = None, *, offline: bool = False) -> Client:
        """Return a client that asks this server instead of the services; time passes for it only when it waits."""
        clock = clock or FakeClock()
        return Client(Settings(offline=offline, base=self.base, cache=cache), Clock(clock.now, clock.sleep))

    def reply_to(self, path: str) -> Reply:
        """Return what *path* is answered with."""
        self.asked.append(path)
        waiting = self.replies.get(path, [Reply(b"nothing here", status=404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


class LiveServices:
    """The services themselves: only tests with the mark ``live`` get them."""

    def client(self) -> Client:
        """Return a client that asks them."""
        return Client(settings())


def recorded() -> dict[str, list[Reply]]:
    """Return the published answers by what they are answers to."""
    routes: dict[str, dict[str, str]] = yaml.safe_load((ANSWERS / "routes.yaml").read_text("utf-8"))
    return {path: [Reply((ANSWERS / one["file"]).read_bytes(), one["type"])] for path, one in routes.items()}


@contextmanager
def serving() -> Iterator[Services]:
    """Serve the published answers as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    services = Services(server, recorded())
    _Handler.services = services
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def services(request: pytest.FixtureRequest) -> Iterator[Services | LiveServices]:
    """Return a server on this machine that answers in the place of all services; for `make live`, these themselves."""
    if os.environ.get(LIVE) and request.node.get_closest_marker("live"):
        yield LiveServices()
        return
    with serving() as found:
        yield found


@pytest.fixture
def replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, services: Services) -> Path:
    """Return an empty folder, the current one; commands ask `services` there, and wait for nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(BASE, services.base)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    return tmp_path


class _Handler(BaseHTTPRequestHandler):
    services: Services

    def do_GET(self) -> None:
        """Send what belongs to the path."""
        self.services.headers.append(dict(self.headers))
        reply = self.services.reply_to(self.path.lstrip("/"))
        self.send_response(reply.status)
        if reply.type:
            self.send_header("Content-Type", reply.type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if not reply.repeat:
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        try:
            for _number in range(max(reply.repeat, 1)):
                self.wfile.write(reply.body)
        except OSError:  # the client has had enough
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class calls it so)
        """Say nothing."""
