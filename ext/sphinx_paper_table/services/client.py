"""The network: the one module that opens connections.

Requests are polite: one at a time, with pauses as each service asks for, a name and an address of ours, repeated with
growing pauses or when the service says (``Retry-After``, RFC 9110, section 10.2.3). Answers are hostile until proved
otherwise: from the hosts of the service only, over HTTPS, of a kind that was asked for, bounded in size and in time.
Answers are kept in the user's cache, from which those who are offline are served.

requests is used, with urllib3's rules for repetition; both come with Sphinx.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urljoin, urlsplit

from sphinx_paper_table.services.errors import (
    NotFoundError,
    OfflineError,
    RefusedError,
    UnreachableError,
)
from sphinx_paper_table.store import Cache, cache_key, content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import requests
    from urllib3.util import Retry

    from sphinx_paper_table.services.settings import Settings

CONNECT, READ, TOTAL = 10.0, 20.0, 90.0
"""Seconds: until a connection stands, between two pieces of an answer, and for a request with all its repetitions."""
MOST_BYTES: Final = 8 * 2**20
"""Of an answer; the longest records, with thousands of authors, have about one million."""
DAY: Final = 86_400.0
HOUR: Final = 3_600.0
_PIECE: Final = 2**16
_MOST_REDIRECTS: Final = 5
_ATTEMPTS: Final = 4
_LONGEST_PAUSE: Final = 30.0
_DOWN: Final = 300.0
"""Seconds for which a service that was asked in vain is left alone."""
_LATER: Final = frozenset({408, 429, 500, 502, 503, 504})
_UNKNOWN: Final = "application/octet-stream"
"""What an answer is that does not say it (RFC 9110, section 8.3)."""
_NOWHERE: Final = frozenset({400, 404, 410})
"""Also what services say to an identifier that is none."""


@dataclass(frozen=True, slots=True)
class Service:
    """One that may be asked."""

    name: str
    base: str
    """The beginning of its addresses: ``https://`` and its host."""
    interval: float = 1.0
    """Seconds from one request to the next one."""
    others: frozenset[str] = frozenset()
    """Hosts that it may send us to, besides its own."""

    @property
    def slug(self) -> str:
        """Its name in addresses and names of files."""
        return self.name.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said, and when (in seconds since 1970)."""

    address: str
    status: int
    media_type: str
    body: bytes
    time: float


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, and how it passes: tests have their own."""

    now: Callable[[], float] = field(default_factory=lambda: time.time)
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)


class _LaterError(Exception):
    """The service is to be asked again; *pause* is the number of seconds that it wants, if it says so."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass
class Client:
    """Asks services; keeps one connection to each, and what they said."""

    settings: Settings
    clock: Clock = field(default_factory=Clock)
    _free: dict[str, float] = field(default_factory=dict)
    """When each host may be asked again."""
    _down: dict[str, tuple[float, str]] = field(default_factory=dict)
    """Until when a service is not asked again, and what it was that kept it from answering."""
    _session: requests.Session | None = None

    def get(
        self,
        service: Service,
        path: str,
        kinds: frozenset[str],
        *,
        query: Mapping[str, str] | None = None,
        fresh: float = DAY,
    ) -> Answer:
        """Return what *service* says at *path*, which is quoted as addresses ask for it.

        *kinds* are the media types that are understood, and *fresh* is for how many seconds an answer is as good as a
        new one. Raises the errors of `errors`, and no others.
        """
        address = _address(service, self.settings.base, path, query)
        kept = self._kept(service, address)
        found: Answer | None = kept.load(0) if kept else None
        age = self.clock.now() - found.time if found else 0.0
        limit = min(fresh, HOUR) if found and found.status in _NOWHERE else fresh
        if found is None or (not self.settings.offline and not 0 <= age <= limit):
            if self.settings.offline:
                raise OfflineError(service.name, "the network is switched off, and no answer has been kept", _ONLINE)
            found = self._asked(service, address, kinds)
            if kept:
                kept.save(found)
        if found.status in _NOWHERE:
            raise NotFoundError(service.name, f"there is nothing at {found.address}", "look at the identifier")
        return found

    def _kept(self, service: Service, address: str) -> Cache | None:
        """Return the place of the answer of an address."""
        if self.settings.cache is None:
            return None
        name = f"{service.slug}-{content_digest(address.encode())}.pickle"
        key = cache_key(Answer, more=(address,))
        return Cache(self.settings.cache / name, key, lambda _sentence: None)

    def _asked(self, service: Service, address: str, kinds: frozenset[str]) -> Answer:
        """Return a new answer; asks again as long as that may help."""
        from urllib3.util import Retry  # noqa: PLC0415 (who is offline needs none of it)

        until, reason = self._down.get(service.name, (0.0, ""))
        if self.clock.now() < until:
            raise UnreachableError(service.name, reason, "try again later")
        rules = Retry(_ATTEMPTS, backoff_factor=1.0, backoff_max=_LONGEST_PAUSE, backoff_jitter=0.5)
        end = self.clock.now() + TOTAL
        while True:
            try:
                return self._once(service, address, kinds, end)
            except _LaterError as error:
                rules = self._again(rules, error, service, end)

    def _again(self, rules: Retry, error: _LaterError, service: Service, end: float) -> Retry:
        """Wait, and return the rules for the next time; raises `UnreachableError` when there is none."""
        from urllib3.exceptions import MaxRetryError  # noqa: PLC0415 (as above)

        reason, pause = str(error), error.pause or 0.0
        try:
            rules = rules.increment("GET", service.base, error=error)
            pause = rules.get_backoff_time() if error.pause is None else error.pause
        except (MaxRetryError, _LaterError):
            end = 0.0
        now = self.clock.now()
        if now + pause < end:
            self.clock.sleep(pause)
            return rules
        if error.pause:
            reason = f"{error}, and wants {pause:.0f} seconds"
        self._down[service.name] = (now + max(pause, _DOWN), reason)
        raise UnreachableError(service.name, reason, "try again later") from error

    def _once(self, service: Service, address: str, kinds: frozenset[str], end: float) -> Answer:
        """Return the answer to one request, redirections followed."""
        for _number in range(_MOST_REDIRECTS):
            self._wait(service, address)
            response = self._sent(service, address, kinds)
            try:
                target = response.headers.get("Location", "") if response.is_redirect else ""
                if not target:
                    return self._read(service, response, kinds, end)
                address = self._allowed(service, address, target)
            finally:
                response.close()
        raise RefusedError(service.name, "it sends us from one address to the next without end")

    def _wait(self, service: Service, address: str) -> None:
        """Let as much time pass between two requests to a host as it asks for."""
        host = urlsplit(address).netloc if not self.settings.base else service.name
        now = self.clock.now()
        if (pause := self._free.get(host, now) - now) > 0:
            self.clock.sleep(pause)
        self._free[host] = self.clock.now() + service.interval

    def _sent(self, service: Service, address: str, kinds: frozenset[str]) -> requests.Response:
        import requests  # noqa: PLC0415 (as above)
        from urllib3.exceptions import NameResolutionError  # noqa: PLC0415 (as above)

        if self._session is None:
            self._session = _session(self.settings.user_agent)
        try:
            return self._session.get(
                address,
                headers={"Accept": ", ".join(sorted(kinds))},
                timeout=(CONNECT, READ),
                proxies={"http": ""} if self.settings.base else None,
                allow_redirects=False,
                stream=True,
            )
        except requests.exceptions.SSLError as error:
            raise RefusedError(service.name, "its certificate is not good") from error
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
            if isinstance(getattr(error.args[0], "reason", None) if error.args else None, NameResolutionError):
                hint = "see whether you are online; --offline uses what has been kept"
                raise UnreachableError(service.name, "its host is not known here", hint) from error
            raise _LaterError("it does not answer") from error
        except (requests.exceptions.RequestException, ValueError) as error:
            raise RefusedError(service.name, f"its answer is no HTTP ({type(error).__name__})") from error

    def _allowed(self, service: Service, address: str, target: str) -> str:
        """Return where *address* sends us; raises `RefusedError` unless that is an address of the service."""
        try:
            address = urljoin(address, target)
            parts, home = urlsplit(address), urlsplit(self.settings.base or service.base)
            allowed = {home.netloc} | (set() if self.settings.base else service.others)
            is_good = parts.scheme == home.scheme and parts.netloc in allowed
        except ValueError:
            is_good = False
        if not is_good:
            raise RefusedError(service.name, f"it sends us to {target[:200]}, which is none of its own addresses")
        return address

    def _read(self, service: Service, response: requests.Response, kinds: frozenset[str], end: float) -> Answer:
        """Return the answer, if it is one that was asked for; raises `_LaterError` for one that may come later."""
        written = response.headers.get("Content-Type") or _UNKNOWN
        status, kind = response.status_code, written.partition(";")[0].strip().lower()
        if status in _LATER:
            pause = response.raw.headers.get("Retry-After")
            raise _LaterError(f"it answers {status}", _seconds(pause) if pause else None)
        if status in _NOWHERE:
            return Answer(response.url, status, kind, b"", self.clock.now())
        if status != 200:  # noqa: PLR2004 (the code for "here it is")
            raise RefusedError(service.name, f"it answers {status} to {response.url}")
        if kind not in kinds:
            message = f"it answers with '{kind[:80]}' instead of {' or '.join(sorted(kinds))}"
            raise RefusedError(service.name, message, "the service may be down, or ask for a captcha: try again later")
        return Answer(response.url, status, kind, self._body(service, response, end), self.clock.now())

    def _body(self, service: Service, response: requests.Response, end: float) -> bytes:
        """Return the content of an answer, read in pieces as they come, so that none can fill the memory."""
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 (as above)

        length = response.headers.get("Content-Length", "")
        size = int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0  # noqa: PLR2004
        body = bytearray()
        try:
            while size <= MOST_BYTES and (piece := response.raw.read1(_PIECE, decode_content=True)):
                body += piece
                size = max(size, len(body))
                if self.clock.now() > end:
                    raise UnreachableError(service.name, f"it took more than {TOTAL:.0f} seconds", "try again later")
        except (HTTPError, OSError) as error:
            raise _LaterError("it broke off in its answer") from error
        if size > MOST_BYTES:
            raise RefusedError(service.name, f"its answer is larger than {MOST_BYTES:,} bytes")
        return bytes(body)


def _session(user_agent: str) -> requests.Session:
    """Return a session that keeps no cookies, sends no password of a ``.netrc``, and leaves redirections to us.

    requests reads the whole body of a redirection, however long it is.
    """
    from http.cookiejar import DefaultCookiePolicy  # noqa: PLC0415 (as above)

    import requests  # noqa: PLC0415 (as above)

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> str | None:
            return None

    session = Session()
    session.headers["User-Agent"] = user_agent
    session.auth = lambda request: request
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


_ONLINE: Final = "run the command without --offline"


def _address(service: Service, base: str, path: str, query: Mapping[str, str] | None) -> str:
    """Return the whole address; nothing in *path* can lead to another host."""
    start = f"{base}/{service.slug}" if base else service.base
    return f"{start}/{path.lstrip('/')}{f'?{urlencode(query)}' if query else ''}"


def _seconds(written: str) -> float | None:
    """Return a ``Retry-After`` in seconds; None when it is neither a number nor a date."""
    from urllib3.exceptions import InvalidHeader  # noqa: PLC0415 (as above)
    from urllib3.util import Retry  # noqa: PLC0415 (as above)

    try:
        return float(Retry().parse_retry_after(written))
    except (InvalidHeader, ValueError, OverflowError):
        return None
