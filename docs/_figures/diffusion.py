"""The drawings of the survey on diffusion models: examples in one and two dimensions, computed with the exact score.

The data are mixtures of small Gaussians. Noise keeps a mixture a mixture, so that its score is known at every time and
nothing has to be learned: what is drawn is what a perfect network would do.
"""

from __future__ import annotations

from math import cos, exp, log, pi, sin, sqrt
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from figure_drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Point = tuple[float, float]


class Mixture(NamedTuple):
    """Equally likely Gaussians with these centres, all of one width."""

    centres: tuple[Point, ...]
    width: float

    def sample(self, random: Random) -> Point:
        """Return a sample."""
        x, y = random.choice(self.centres)
        return x + random.gauss(0, self.width), y + random.gauss(0, self.width)

    def at(self, time: float) -> tuple[float, float]:
        """Return how much of the signal is left at a time from 0 to 1, and the variance of each Gaussian."""
        signal = cos(pi * time / 2)
        return signal, (signal * self.width) ** 2 + 1 - signal**2

    def score(self, point: Point, time: float) -> Point:
        """Return the gradient of the log-density of noisy data: the mean of the ways to the centres."""
        signal, variance = self.at(time)
        ways = [(signal * x - point[0], signal * y - point[1]) for x, y in self.centres]
        logs = [-(x * x + y * y) / (2 * variance) for x, y in ways]
        most = max(logs)
        weights = [exp(each - most) for each in logs]
        total = sum(weights) * variance
        return (
            sum(w * way[0] for w, way in zip(weights, ways, strict=True)) / total,
            sum(w * way[1] for w, way in zip(weights, ways, strict=True)) / total,
        )


def _moons(count: int) -> tuple[Point, ...]:
    angles = [pi * number / (count - 1) for number in range(count)]
    upper = [(cos(angle) - 0.5, sin(angle) - 0.25) for angle in angles]
    lower = [(0.5 - cos(angle), 0.25 - sin(angle)) for angle in angles]
    return tuple((1.35 * x, 1.35 * y) for x, y in upper + lower)


MOONS: Final = Mixture(_moons(14), 0.08)
TIMES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
COUNT: Final = 130
STEPS: Final = 80
PANEL: Final = 152
SCALE: Final = 22
FARTHEST: Final = 3


def _spot(middle: Point, point: Point, scale: float = SCALE) -> Point:
    return middle[0] + scale * point[0], middle[1] - scale * point[1]


def _cloud(drawing: Drawing, middle: Point, points: Sequence[Point], style: str, scale: float = SCALE) -> None:
    """Draw points as one path of small squares on whole pixels, in their order, each from the last: it weighs least."""
    inside = [_spot(middle, point, scale) for point in points if max(map(abs, point)) < FARTHEST]
    spots = sorted({(round(x) - 1, round(y) - 1) for x, y in inside})
    moves = [f"m{x - left} {y - top}" for (x, y), (left, top) in zip(spots[1:], spots, strict=False)]
    squares = (f"{move}h2v2h-2z" for move in (f"M{spots[0][0]} {spots[0][1]}", *moves))
    drawing.path("".join(squares), f"dot {style}")


def _reverse(point: Point, random: Random, score: Callable[[Point, float], Point]) -> list[Point]:
    """Return a path of the reversed SDE from noise to data, for the cosine schedule, by Euler and Maruyama's method."""
    path = [point]
    for step in range(STEPS, 0, -1):
        time, after = step / STEPS, (step - 1) / STEPS
        # The variance-preserving SDE with rate beta = -2 d/dt log cos(pi t / 2), integrated over the step.
        rate = 2 * log(cos(pi * after / 2) / max(cos(pi * time / 2), 1e-2))
        rate = min(rate, 0.9)
        x, y = point
        toward = score(point, time)
        noise = sqrt(rate) if step > 1 else 0.0
        point = (
            x + rate * (x / 2 + toward[0]) + noise * random.gauss(0, 1),
            y + rate * (y / 2 + toward[1]) + noise * random.gauss(0, 1),
        )
        path.append(point)
    return path


def forward_and_reverse() -> Drawing:
    """Two moons dissolve into noise, and noise returns to two moons."""
    drawing = Drawing(PANEL * len(TIMES), 402)
    random = Random(3)  # noqa: S311 (a drawing)
    data = [MOONS.sample(random) for _ in range(COUNT)]
    noise = [(random.gauss(0, 1), random.gauss(0, 1)) for _ in range(COUNT)]
    paths = [_reverse((random.gauss(0, 1), random.gauss(0, 1)), random, MOONS.score) for _ in range(COUNT)]
    for number, time in enumerate(TIMES):
        middle = number * PANEL + PANEL / 2
        signal = cos(pi * time / 2)
        drawing.formula(middle, 20, f"t = {time:g}", "middle")
        for top in (30, 216):
            drawing.rect(middle - 68, top, 136, 136, "box", 4)
        mixed = [
            tuple(signal * a + sqrt(1 - signal**2) * b for a, b in zip(point, other, strict=True))
            for point, other in zip(data, noise, strict=True)
        ]
        _cloud(drawing, (middle, 98), [(x, y) for x, y in mixed], "a")
        _cloud(drawing, (middle, 284), [path[round((1 - time) * STEPS)] for path in paths], "b")
        if 0 < time < 1:
            _arrows(drawing, (middle, 284), time)
    _directions(drawing)
    return drawing


def _directions(drawing: Drawing) -> None:
    drawing.arrow(40, 182, 720, 182)
    drawing.text(380, 199, "forward: noise is added", "small middle")
    drawing.arrow(720, 368, 40, 368)
    drawing.text(380, 388, "reverse: the score leads back", "small middle")


def _arrows(drawing: Drawing, middle: Point, time: float) -> None:
    """Draw the score at the places of a grid, shortened where it is long."""
    lines = []
    for row in range(5):
        for column in range(5):
            point = (column - 2) * 1.25, (row - 2) * 1.25
            x, y = MOONS.score(point, time)
            length = sqrt(x * x + y * y)
            share = 0.62 * length / (length + 1.5) / max(length, 1e-9)
            start, end = _spot(middle, point), _spot(middle, (point[0] + share * x, point[1] + share * y))
            lines.append(f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}")
            drawing.circle(round(end[0], 1), round(end[1], 1), 1.3, "dot e")
    drawing.path("".join(lines), "line thin e")


PEAKS: Final = (-1.6, 1.6)
NARROW: Final = 0.12
STARTS: Final = tuple(-1.95 + 0.3 * number for number in range(14))


def _mean_of_data(point: float, signal: float, noise: float) -> float:
    """Return the mean of the data that a noisy point may come from, for the two peaks."""
    variance = (signal * NARROW) ** 2 + noise**2
    logs = [-((point - signal * peak) ** 2) / (2 * variance) for peak in PEAKS]
    weights = [exp(each - max(logs)) for each in logs]
    gain = signal * NARROW**2 / variance
    means = [peak + gain * (point - signal * peak) for peak in PEAKS]
    return sum(w * mean for w, mean in zip(weights, means, strict=True)) / sum(weights)


def _curved(point: float, time: float) -> float:
    """Return the velocity of the probability-flow ODE of the cosine schedule, by time from data to noise."""
    signal, noise = cos(pi * time / 2), sin(pi * time / 2)
    data = _mean_of_data(point, signal, noise)
    epsilon = (point - signal * data) / max(noise, 1e-4)
    return pi / 2 * (-noise * data + signal * epsilon)


def _straight(point: float, time: float) -> float:
    """Return the velocity of flow matching on straight lines, by time from data to noise."""
    data = _mean_of_data(point, 1 - time, time)
    epsilon = (point - (1 - time) * data) / max(time, 1e-4)
    return epsilon - data


def _solve(start: float, velocity: Callable[[float, float], float], steps: int = 60) -> list[tuple[float, float]]:
    """Return the path from noise at time 1 to data at time 0, by the midpoint rule; one step is Euler's."""
    point, path = start, [(1.0, start)]
    for step in range(steps, 0, -1):
        time, size = step / steps, 1 / steps
        middle = point - size / 2 * velocity(point, time) if steps > 1 else point
        point -= size * velocity(middle, time - size / 2 if steps > 1 else time)
        path.append((time - size, point))
    return path


def paths() -> Drawing:
    """From noise to two peaks: along a diffusion, along random lines, and along the flow that is learned from them."""
    drawing = Drawing(760, 300)
    random = Random(5)  # noqa: S311 (a drawing)
    lines = [[(1.0, start), (0.0, random.choice(PEAKS) + random.gauss(0, NARROW))] for start in STARTS]
    panels = (
        ("diffusion", "a", [_solve(start, _curved) for start in STARTS]),
        ("lines between noise and data", "d", lines),
        ("flow matching", "c", [_solve(start, _straight) for start in STARTS]),
    )
    for number, (title, style, curves) in enumerate(panels):
        left = number * 258 + 8
        drawing.text(left + 114, 18, title, "strong middle")
        drawing.rect(left, 30, 228, 220, "box", 4)
        for curve in curves:
            spots = [(left + 8 + 212 * (1 - time), 140 - 42 * point) for time, point in curve]
            drawing.curve(spots[::3] if len(spots) > 3 else spots, f"line {style}")  # noqa: PLR2004
        drawing.text(left + 8, 270, "noise", "small")
        drawing.text(left + 220, 270, "data", "small end")
    drawing.arrow(330, 284, 430, 284)
    drawing.text(380, 297, "time of generation", "quiet small middle")
    return drawing


ONE: Final = Mixture(tuple((0.55 * cos(a) - 0.75, 0.9 * sin(a)) for a in (pi * n / 5 for n in range(10))), 0.28)
OTHER: Final = Mixture(tuple((0.55 * cos(a) + 0.75, 0.9 * sin(a)) for a in (pi * n / 5 for n in range(10))), 0.28)
BOTH: Final = Mixture(ONE.centres + OTHER.centres, 0.28)
SCALES: Final = (0.0, 1.0, 4.0)


def guidance() -> Drawing:
    """Samples of one class at three guidance weights."""
    drawing = Drawing(760, 292)
    random = Random(11)  # noqa: S311 (a drawing)
    others = [OTHER.sample(random) for _ in range(140)]
    for number, weight in enumerate(SCALES):

        def guided(point: Point, time: float, weight: float = weight) -> Point:
            with_class, without = ONE.score(point, time), BOTH.score(point, time)
            return (
                (1 + weight) * with_class[0] - weight * without[0],
                (1 + weight) * with_class[1] - weight * without[1],
            )

        starts = [(random.gauss(0, 1), random.gauss(0, 1)) for _ in range(140)]
        ends = [_reverse(start, random, guided)[-1] for start in starts]
        middle = number * 253 + 126
        drawing.formula(middle, 20, f"w = {weight:g}", "middle")
        drawing.rect(middle - 112, 32, 224, 190, "box", 4)
        _cloud(drawing, (middle, 127), others, "faint", 44)
        _cloud(drawing, (middle, 127), ends, "b", 44)
    drawing.circle(215, 255, 4, "dot b")
    drawing.text(226, 260, "samples of the class that is asked for", "small")
    drawing.circle(215, 277, 4, "dot faint")
    drawing.text(226, 282, "data of the other class", "small")
    return drawing


DRAWINGS: Final = {"forward-and-reverse": forward_and_reverse, "paths": paths, "guidance": guidance}
