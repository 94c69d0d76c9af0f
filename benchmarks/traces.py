"""What the main thread of a page does in a while: processor time by kind, from a trace of Chromium."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import CDPSession, Page

KINDS: Final = {
    "script": ("EventDispatch", "FunctionCall", "FireAnimationFrame", "TimerFire", "RunMicrotasks", "EvaluateScript"),
    "style": ("UpdateLayoutTree",),
    "layout": ("Layout", "HitTest"),
    "paint": ("PrePaint", "Paint", "Layerize", "Commit"),
    "rest": ("ParseHTML", "MinorGC", "MajorGC"),
}
_KIND_OF: Final = {name: kind for kind, names in KINDS.items() for name in names}
_CATEGORIES: Final = "toplevel,devtools.timeline,disabled-by-default-devtools.timeline,blink.user_timing"


class Tracer:
    """Traces of one page, one after the other."""

    def __init__(self, session: CDPSession) -> None:
        """Listen to what *session* tells."""
        self._session = session
        self._events: list[dict[str, Any]] = []
        self._is_done = False
        session.on("Tracing.dataCollected", lambda told: self._events.extend(told["value"]))
        session.on("Tracing.tracingComplete", self._end)

    def _end(self, _told: object) -> None:
        self._is_done = True

    def start(self) -> None:
        """Begin a trace."""
        self._events.clear()
        self._is_done = False
        self._session.send("Tracing.start", {"categories": _CATEGORIES, "transferMode": "ReportEvents"})

    def stop(self, page: Page) -> Counter[str]:
        """End it; return the milliseconds of each kind."""
        self._session.send("Tracing.end")
        while not self._is_done:
            page.wait_for_timeout(10)
        return shares(self._events)


def shares(events: Iterable[dict[str, Any]]) -> Counter[str]:
    """Return the milliseconds of processor time that the main threads of pages spent on each kind of work.

    Work in work, such as layout that a script asks for, counts as what it is, and not as what it is in.
    """
    known = list(events)
    threads = {(one["pid"], one["tid"]) for one in known if one["name"] == "thread_name" and _is_main(one)}
    spans = [one for one in known if one.get("ph") == "X" and (one["pid"], one["tid"]) in threads]
    found: Counter[str] = Counter()
    around: list[tuple[float, str]] = []
    for span in sorted(spans, key=lambda one: (one["ts"], -one.get("dur", 0))):
        kind = _KIND_OF.get(span["name"])
        if kind is None:
            continue
        while around and around[-1][0] <= span["ts"]:
            around.pop()
        spent = span.get("tdur", span.get("dur", 0)) / 1000
        found[kind] += spent
        if around:
            found[around[-1][1]] -= spent
        around.append((span["ts"] + span.get("dur", 0), kind))
    return found


def _is_main(event: dict[str, Any]) -> bool:
    return bool(event["args"].get("name") == "CrRendererMain")
