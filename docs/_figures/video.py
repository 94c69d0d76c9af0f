"""The drawings of the survey on video understanding."""

from __future__ import annotations

from itertools import product
from math import log10
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from figure_drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable

Place = tuple[int, int, int]
"""A patch: its frame, its row and its column."""
FRAMES, SIDE, CELL = 4, 4, 22
QUERY: Final[Place] = (1, 1, 1)
PATCHES: Final = tuple(product(range(FRAMES), range(SIDE), range(SIDE)))
PANEL: Final = 152


class Scheme(NamedTuple):
    """A way of dividing attention: the patches that are looked at, step by step."""

    name: str
    cost: str
    steps: tuple[Callable[[Place], bool], ...]


def _same(*axes: int) -> Callable[[Place], bool]:
    """Return whether a patch agrees with the query along axes: 0 is time, 1 the row, 2 the column."""
    return lambda place: all(place[axis] == QUERY[axis] for axis in axes)


def _is_near(place: Place) -> bool:
    """Return whether a patch lies in the query's quarter of the frame, in whatever frame."""
    return place[1] // 2 == QUERY[1] // 2 and place[2] // 2 == QUERY[2] // 2


def _is_on_grid(place: Place) -> bool:
    """Return whether a patch can be reached from the query by steps of two, in time and in space."""
    return all((here - there) % 2 == 0 for here, there in zip(place, QUERY, strict=True))


SCHEMES: Final = (
    Scheme("space only", "N", (_same(0),)),
    Scheme("joint", "N F", (lambda _place: True,)),
    Scheme("divided", "F + N", (_same(1, 2), _same(0))),
    Scheme("local and global", "F N / 4 + F N / 8", (_is_near, _is_on_grid)),
    Scheme("axial", "F + H + W", (_same(1, 2), _same(0, 2), _same(0, 1))),
)
"""The five of TimeSformer; "local and global" as there, a half of each side and steps of two."""


def attention() -> Drawing:
    """Which patches one patch looks at under the five schemes."""
    drawing = Drawing(PANEL * len(SCHEMES), 512)
    for number, scheme in enumerate(SCHEMES):
        _scheme(drawing, scheme, number * PANEL)
    return drawing


def _scheme(drawing: Drawing, scheme: Scheme, x: float) -> None:
    middle, left = x + PANEL / 2, x + (PANEL - SIDE * CELL) / 2 + 4
    drawing.text(middle + 4, 16, scheme.name, "strong middle")
    for place in PATCHES:
        frame, row, column = place
        looks = [style for style, step in zip("abc", scheme.steps, strict=False) if step(place)]
        style = "e" if place == QUERY else looks[0] if looks else "box faint"
        top, start = 30 + frame * 100 + row * CELL, left + column * CELL
        drawing.rect(start, top, CELL - 2, CELL - 2, style, 2)
        if place != QUERY and len(looks) > 1:
            drawing.rect(start + 6, top + 6, CELL - 14, CELL - 14, looks[1], 2)
    if x == 0:
        for frame in range(FRAMES):
            drawing.formula(left - 16, 78 + frame * 100, f"t_{frame + 1}_", "middle")
    keys = [sum(map(step, PATCHES)) for step in scheme.steps]
    drawing.formula(middle + 4, 452, scheme.cost, "middle")
    drawing.name(middle + 4, 474, f"{' + '.join(map(str, keys))}{f' = {sum(keys)}' if len(keys) > 1 else ''}", "middle")
    for number, style in enumerate("abc"[: len(keys)]):
        drawing.rect(middle - 12 * len(keys) + 24 * number + 8, 488, 14, 14, style, 2)
        drawing.name(middle - 12 * len(keys) + 24 * number + 15, 499.5, str(number + 1), "small middle")


N: Final = 196
"""Patches of 16×16 pixels in a frame of 224×224."""
LENGTHS: Final = (1, 2, 4, 8, 16, 32, 64, 96, 128, 256)
COSTS: Final[tuple[tuple[str, str, Callable[[float], float]], ...]] = (
    ("joint", "e", lambda f: (N * f) ** 2),
    ("divided", "a", lambda f: N * f * (N + f)),
    ("windows", "c", lambda f: N * f * min(f, 8) * 49),
    ("space only", "b", lambda f: N * f * N),
)
"""How many pairs of patches are compared in a layer, for so many frames; windows are of 8×7×7 patches."""
LOWER: Final = {"divided": -3, "windows": 13, "space only": 17}
"""How far below the end of its line a label stands, so that no two touch."""


def cost() -> Drawing:
    """The number of comparisons over the number of frames, on scales of powers."""
    drawing = Drawing(760, 336)
    left, right, top, bottom = 60, 640, 34, 286

    def across(frames: float) -> float:
        return left + log10(frames) / log10(256) * (right - left)

    def up(pairs: float) -> float:
        return bottom - (log10(pairs) - 4) / 6 * (bottom - top)

    for power in range(4, 11):
        drawing.path(f"M{left} {up(10**power):.1f}H{right}", "line thin faint")
        raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(power))
        drawing.name(left - 8, up(10**power) + 4, f"10{raised}", "end")
    for frames in LENGTHS[::2] + LENGTHS[-1:]:
        drawing.path(f"M{across(frames):.1f} {bottom}V{bottom + 5}", "line thin")
        drawing.name(across(frames), bottom + 20, str(frames), "small middle")
    drawing.text((left + right) / 2, bottom + 42, "frames", "middle")
    drawing.text(4, 14, "pairs of patches in a layer", "small")
    for name, style, pairs in COSTS:
        drawing.curve([(across(frames), up(pairs(frames))) for frames in LENGTHS], f"line thick {style}")
        drawing.text(right + 10, up(pairs(LENGTHS[-1])) + LOWER.get(name, 5), name, style)
    return drawing


MASKED: Final = 0.9
ROWS: Final = 6
CELLS: Final = ROWS * ROWS
ASKED: Final = 2 * ROWS + 2
"""The patch that is to be predicted, in the frame in the middle."""
STEP, BROAD = 17, 115


def tubes() -> Drawing:
    """Hiding at random, frame by frame, against hiding tubes."""
    drawing = Drawing(760, 246)
    random, kept = Random(7), round(CELLS * (1 - MASKED))  # noqa: S311 (a drawing)
    others = [cell for cell in range(CELLS) if cell // ROWS != ASKED // ROWS]  # what is seen stands in no arrow's way
    drawn = [random.sample(others, kept) for _ in range(3)]
    loose = [{*drawn[0][1:], ASKED}, set(drawn[1]), {*drawn[2][1:], ASKED}]
    tube = set(random.sample(others, kept))
    _frames(drawing, 20, "at random", "the answer stands in the frame beside it", loose)
    _frames(drawing, 405, "in tubes", "the answer has to be found out", [tube] * 3)
    y = 36 + ASKED // ROWS * STEP + 7.5
    for start, end in ((17, BROAD - 3), (2 * BROAD - 2, BROAD + 18)):
        drawing.arrow(20 + ASKED % ROWS * STEP + start, y, 20 + ASKED % ROWS * STEP + end, y, "arrow e")
    for x, style, label in ((120, "a", "seen"), (330, "box faint", "hidden"), (500, "e", "to be predicted")):
        drawing.rect(x, 218, 15, 15, style, 2)
        drawing.text(x + 24, 230, label, "small")
    return drawing


def _frames(drawing: Drawing, x: float, title: str, how: str, seen: list[set[int]]) -> None:
    drawing.text(x + 165, 18, title, "strong middle")
    for frame, cells in enumerate(seen):
        for cell in range(CELLS):
            style = "e" if frame == 1 and cell == ASKED else "a" if cell in cells else "box faint"
            drawing.rect(x + frame * BROAD + cell % ROWS * STEP, 36 + cell // ROWS * STEP, 15, 15, style, 2)
        drawing.formula(x + frame * BROAD + 50, 158, f"t_{frame + 1}_")
    drawing.text(x + 165, 188, how, "quiet middle")


DRAWINGS: Final = {"attention-schemes": attention, "attention-cost": cost, "tube-masking": tubes}
