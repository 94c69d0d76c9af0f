"""`make fuzz`: as many cases as are asked for; a summary, and each kind of failure with its smallest input.

    python -m tests.fuzz --cases 200000 --builds 500 --seed 1

Of the cases, nine in ten are files for the front end; the others are values for conf.py and catalogues of translations.
Hypothesis keeps what it has tried, so that the cases are drawn in batches, each with a seed of its own.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.fuzz import inputs, targets

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

_BATCH: Final = 5_000
_STEP: Final = 10
"""Every tenth batch is one of values and catalogues."""


@dataclass
class Tally:
    """What has been tried, and what has failed: the place of the failure, and the smallest input that led there."""

    tried: Counter[str] = field(default_factory=Counter)
    failures: dict[str, tuple[str, str]] = field(default_factory=dict)
    slowest: float = 0.0

    def attempt(self, kind: str, what: Any, run: Callable[[], object]) -> None:
        """Run one case."""
        self.tried[kind] += 1
        began = time.process_time()
        try:
            run()
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is looked for)
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{kind}: {type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
            shown = (repr(what), traceback.format_exc())
            if place not in self.failures or len(shown[0]) < len(self.failures[place][0]):
                print(f"\n{place}\n{shown[1]}\nreproduced by: {shown[0]}", flush=True)
                self.failures[place] = shown
        self.slowest = max(self.slowest, time.process_time() - began)


def batch(
    tally: Tally, number: int, size: int, kind: str, drawn: SearchStrategy[Any], run: Callable[..., object]
) -> None:
    """Draw *size* cases and run each."""

    @seed(number)
    @settings(
        max_examples=size,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def go(what: Any) -> None:
        tally.attempt(kind, what, lambda: run(what))

    go()


def main() -> int:
    """Return 1 when something has failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="for the front end (default: 20000)")
    parser.add_argument("--builds", type=int, default=50, help="of whole sites (default: 50)")
    parser.add_argument("--seed", type=int, default=0, help="for other cases (default: 0)")
    given_options = parser.parse_args()
    tally, first = Tally(), given_options.seed * 1_000_000
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        _builds(tally, first, given_options.builds, place)
        _front_end(tally, first, given_options.cases, place)
    for where, (what, trace) in tally.failures.items():
        print(f"\n{where}\n{trace}\nsmallest input: {what}")
    counts = ", ".join(f"{count:,} {kind}" for kind, count in tally.tried.items())
    print(f"{counts}; {len(tally.failures)} kinds of failure; the slowest case took {tally.slowest:.2f} s")
    return 1 if tally.failures else 0


def _front_end(tally: Tally, first: int, cases: int, place: Path) -> None:
    done, number = 0, first
    while done < cases:
        size = min(_BATCH, cases - done)
        if number % _STEP == _STEP - 1:
            batch(tally, number, size // 2, "values", inputs.values, targets.configuration)
            batch(
                tally,
                number,
                size - size // 2,
                "catalogues",
                inputs.catalogues,
                lambda po: targets.catalogue(po, place),
            )
        else:
            batch(tally, number, size, "files", inputs.cases, lambda case: targets.front_end(case, place))
        done, number = done + size, number + 1
        print(f"{done:,} cases, {len(tally.failures)} kinds of failure", flush=True)


def _builds(tally: Tally, first: int, builds: int, place: Path) -> None:
    drawn = st.tuples(inputs.cases, inputs.inventories, inputs.catalogues)
    done, size = 0, 50
    while done < builds:
        size = min(size, builds - done)
        batch(
            tally,
            first + done + 1,
            size,
            "builds",
            drawn,
            lambda what: targets.build(what[0], what[1], what[2], place / "site"),
        )
        done += size
        print(f"{done:,} builds, {len(tally.failures)} kinds of failure", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
