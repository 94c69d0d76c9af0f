"""The client: polite, patient, and trusting nobody. No test waits: time passes only where the client sleeps."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.support.services import FakeClock, Reply, Services

from sphinx_paper_table.services.client import DAY, HOUR, MOST_BYTES, TOTAL, Client, Clock, Service
from sphinx_paper_table.services.errors import (
    NotFoundError,
    OfflineError,
    RefusedError,
    ServiceError,
    UnreachableError,
)
from sphinx_paper_table.services.settings import BASE, MAILTO, OFFLINE, Settings, settings
from sphinx_paper_table.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = Service("Example", "https://api.example.org", interval=3.0)
KINDS = frozenset({"application/json"})
GOOD = Reply(b"{}", "application/json; charset=utf-8")


def test_who_asks_is_said(services: Services) -> None:
    services.answer("example/a", GOOD)
    services.client().get(SERVICE, "a", KINDS)
    assert services.headers[-1]["User-Agent"].startswith(f"sphinx-paper-table/{VERSION} (+https://")
    assert services.headers[-1]["Accept"] == "application/json"
    assert Settings(mailto="ann@example.org").user_agent.endswith("; mailto:ann@example.org)")


def test_a_netrc_is_not_sent(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    services.answer("example/a", GOOD)
    services.client().get(SERVICE, "a", KINDS)
    assert "Authorization" not in services.headers[-1]


def test_requests_to_one_service_keep_their_distance(services: Services) -> None:
    clock = FakeClock()
    client = services.answer("example/a", GOOD).answer("other/a", GOOD).client(clock)
    client.get(SERVICE, "a", KINDS)
    client.get(Service("Other", "https://other.example.org"), "a", KINDS)
    assert clock.slept == []
    client.get(SERVICE, "a", KINDS)
    assert clock.slept == [3.0]


@pytest.mark.parametrize(("header", "pause"), [("7", 7.0), ("0", 0.0)])
def test_a_service_says_when_to_come_back(services: Services, header: str, pause: float) -> None:
    clock = FakeClock()
    later = Reply(b"slow down", status=429, headers={"Retry-After": header})
    services.answer("example/a", later, GOOD)
    assert services.client(clock).get(SERVICE, "a", KINDS).body == b"{}"
    assert clock.slept[0] == pause


def test_pauses_grow_and_end(services: Services) -> None:
    clock = FakeClock()
    services.answer("example/a", Reply(b"", status=503))
    with pytest.raises(UnreachableError, match="Example: it answers 503; try again later"):
        services.client(clock).get(Service("Example", "https://x.example", interval=0), "a", KINDS)
    assert len(services.asked) == 5
    assert clock.slept[0] < clock.slept[1] < clock.slept[2] < clock.slept[3]
    assert sum(clock.slept) < TOTAL


@pytest.mark.parametrize("header", ["86400", "99999999999999999999", "Wed, 01 Jan 2100 00:00:00 GMT"])
def test_nobody_waits_for_a_day(services: Services, header: str) -> None:
    clock = FakeClock()
    services.answer("example/a", Reply(status=429, headers={"Retry-After": header}))
    with pytest.raises(UnreachableError, match="it answers 429, and wants"):
        services.client(clock).get(SERVICE, "a", KINDS)
    assert clock.slept == []


def test_a_service_that_has_no_time_is_left_alone(services: Services) -> None:
    clock = FakeClock()
    client = services.answer("example/a", Reply(status=503, headers={"Retry-After": "600"})).client(clock)
    for path in "ab":
        with pytest.raises(UnreachableError, match="it answers 503, and wants 600 seconds"):
            client.get(SERVICE, path, KINDS)
    assert services.asked == ["example/a"]
    services.answer("example/a", GOOD)
    clock.time += 601
    assert client.get(SERVICE, "a", KINDS).status == 200


def test_who_is_not_online_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object, **_more: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    monkeypatch.setenv("NO_PROXY", "*")
    clock = FakeClock()
    client = Client(Settings(), Clock(clock.now, clock.sleep))
    with pytest.raises(UnreachableError, match="its host is not known here; see whether you are online; --offline"):
        client.get(Service("Example", "https://example.invalid"), "a", KINDS)
    assert clock.slept == []


def test_a_pause_that_is_none_is_chosen(services: Services) -> None:
    services.answer("example/a", Reply(status=429, headers={"Retry-After": "soon"}), GOOD)
    assert services.client().get(SERVICE, "a", KINDS).status == 200


def test_a_service_that_does_not_answer_is_named(services: Services) -> None:
    base = services.base
    services.server.shutdown()
    services.server.server_close()
    clock = FakeClock()
    client = Client(Settings(base=base), services.client(clock).clock)
    with pytest.raises(UnreachableError, match="Example: it does not answer"):
        client.get(SERVICE, "a", KINDS)


def test_a_slow_answer_ends(services: Services) -> None:
    """Each piece comes in time, and all of them together do not."""
    clock = FakeClock()
    client = services.answer("example/a", Reply(b"x" * 70_000, "application/json", repeat=60)).client(clock)
    now = clock.now

    def later() -> float:
        clock.time += TOTAL / 20
        return now()

    client.clock = type(client.clock)(later, clock.sleep)
    with pytest.raises(UnreachableError, match="it took more than 90 seconds"):
        client.get(SERVICE, "a", KINDS)


def test_an_answer_that_breaks_off_is_asked_for_again(services: Services) -> None:
    broken = Reply(b"{", "application/json", length=100, headers={"Connection": "close"})
    services.answer("example/a", broken, GOOD)
    assert services.client().get(SERVICE, "a", KINDS).body == b"{}"
    assert len(services.asked) == 2


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"", "application/json", length=100 * 2**20),
        Reply(b" " * 2**20, "application/json", repeat=100),
    ],
    ids=["said", "sent"],
)
def test_a_hundred_megabytes_are_refused(services: Services, reply: Reply) -> None:
    services.answer("example/a", reply)
    with pytest.raises(RefusedError, match=f"larger than {MOST_BYTES:,} bytes"):
        services.client().get(SERVICE, "a", KINDS)


def test_a_page_instead_of_data_is_refused(services: Services) -> None:
    services.answer("example/a", Reply(b"<html>Are you human?</html>", "text/html"))
    with pytest.raises(RefusedError, match="'text/html' instead of application/json; the service may be down"):
        services.client().get(SERVICE, "a", KINDS)


def test_an_answer_without_a_kind_is_bytes(services: Services) -> None:
    services.answer("example/a", Reply(b"@misc{}", ""))
    kinds = frozenset({"application/octet-stream"})
    assert services.client().get(SERVICE, "a", kinds).body == b"@misc{}"
    with pytest.raises(RefusedError, match="'application/octet-stream' instead of application/json"):
        services.client().get(SERVICE, "a", KINDS)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/a",
        "//evil.example/a",
        "file:///etc/passwd",
        "http://127.0.0.1:1/a",
        "gopher://evil.example/",
        "http://[::1/a",
    ],
)
def test_other_hosts_are_refused(services: Services, target: str) -> None:
    services.answer("example/a", Reply(status=302, headers={"Location": target}))
    with pytest.raises(RefusedError, match="none of its own addresses"):
        services.client().get(SERVICE, "a", KINDS)
    assert services.asked == ["example/a"]


def test_a_host_of_the_service_is_followed_and_the_scheme_stays() -> None:
    client = Client(Settings())
    service = Service("Example", "https://api.example.org", others=frozenset({"www.example.org"}))
    assert client._allowed(service, service.base, "https://www.example.org/b") == "https://www.example.org/b"
    for address in ("http://api.example.org/b", "https://api.example.org:8080/b", "https://api.example.org@evil.org/"):
        with pytest.raises(RefusedError):
            client._allowed(service, service.base, address)


def test_redirections_end(services: Services) -> None:
    services.answer("example/a", Reply(status=302, headers={"Location": "/example/a"}))
    with pytest.raises(RefusedError, match="without end"):
        services.client().get(SERVICE, "a", KINDS)
    services.answer("example/b", Reply(status=302, headers={"Location": "/example/c"})).answer("example/c", GOOD)
    assert services.client().get(SERVICE, "b", KINDS).address.endswith("/example/c")


def test_the_body_of_a_redirection_is_not_read(services: Services) -> None:
    endless = Reply(b"x" * 2**16, status=302, headers={"Location": "/example/b", "Set-Cookie": "a=b"}, repeat=10**9)
    services.answer("example/a", endless).answer("example/b", GOOD)
    assert services.client().get(SERVICE, "a", KINDS).body == b"{}"
    assert "Cookie" not in services.headers[-1]


def test_other_answers_are_refused(services: Services) -> None:
    services.answer("example/a", Reply(status=403))
    with pytest.raises(RefusedError, match="it answers 403"):
        services.client().get(SERVICE, "a", KINDS)


def test_answers_are_kept(services: Services, tmp_path: Path) -> None:
    clock = FakeClock()
    services.answer("example/a", GOOD)
    first = services.client(clock, tmp_path).get(SERVICE, "a", KINDS)
    assert services.client(clock, tmp_path).get(SERVICE, "a", KINDS) == first
    assert len(services.asked) == 1
    clock.time += DAY + 1
    assert services.client(clock, tmp_path, offline=True).get(SERVICE, "a", KINDS) == first
    services.client(clock, tmp_path).get(SERVICE, "a", KINDS)
    assert len(services.asked) == 2


def test_what_is_not_there_is_asked_for_sooner(services: Services, tmp_path: Path) -> None:
    clock = FakeClock()
    for _time in range(2):
        with pytest.raises(NotFoundError, match=r"Example: there is nothing at http.*/example/a; look at"):
            services.client(clock, tmp_path).get(SERVICE, "a", KINDS)
    assert len(services.asked) == 1
    clock.time += HOUR + 1
    services.answer("example/a", GOOD)
    assert services.client(clock, tmp_path).get(SERVICE, "a", KINDS).status == 200


def test_a_damaged_answer_is_asked_for_again(services: Services, tmp_path: Path) -> None:
    services.answer("example/a", GOOD)
    services.client(cache=tmp_path).get(SERVICE, "a", KINDS)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-3])
    assert services.client(cache=tmp_path).get(SERVICE, "a", KINDS).body == b"{}"


def test_offline_asks_nobody(services: Services) -> None:
    with pytest.raises(OfflineError, match="the network is switched off, and no answer has been kept; run"):
        services.client(offline=True).get(SERVICE, "a", KINDS)
    assert services.asked == []


def test_offline_is_one_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OFFLINE, raising=False)
    assert not settings().offline
    assert settings(offline=True).offline
    assert settings(project={"paper_table_offline": True}).offline
    monkeypatch.setenv(OFFLINE, "1")
    assert settings().offline
    monkeypatch.setenv(OFFLINE, "0")
    assert not settings(project={"paper_table_offline": True}).offline, "the environment comes first"


def test_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MAILTO, "ann@example.org")
    assert settings().mailto == "ann@example.org"
    monkeypatch.setenv(MAILTO, "ann@example.org\r\nX-Evil: 1")
    with pytest.raises(ServiceError, match="is no mail address"):
        settings()
    monkeypatch.delenv(MAILTO)
    monkeypatch.setenv(BASE, "http://localhost:8000/")
    assert settings().base == "http://localhost:8000"
    for other in ("http://localhost.evil.example", "https://evil.example/127.0.0.1", "http://["):
        monkeypatch.setenv(BASE, other)
        with pytest.raises(ServiceError, match="names no server on this machine"):
            settings()
