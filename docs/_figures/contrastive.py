"""The drawings of the survey on contrastive learning."""

from __future__ import annotations

from math import exp
from typing import Final, NamedTuple

from figure_drawing import Drawing


class Framework(NamedTuple):
    """What stands on the two sides of one of the four, from the views up."""

    name: str
    how: str
    left: tuple[tuple[str, str, str], ...]
    right: tuple[tuple[str, str, str], ...]
    loss: str
    formula: str
    sides: str = ""
    stops: bool = True
    has_queue: bool = False


F: Final = ("encoder", "f", "a")
G: Final = ("projection", "g", "a")
MEAN_F: Final = ("encoder", "f_ξ_", "b")
MEAN_G: Final = ("projection", "g_ξ_", "b")
FRAMEWORKS: Final = (
    Framework("SimCLR", "negatives from the batch", (F, G), (F, G), "contrast", "InfoNCE", sides="shared", stops=False),
    Framework(
        "MoCo", "negatives from a queue", (F,), (MEAN_F,), "contrast", "InfoNCE", sides="average", has_queue=True
    ),
    Framework(
        "BYOL",
        "no negatives",
        (F, G, ("predictor", "q", "c")),
        (MEAN_F, MEAN_G),
        "prediction",
        "‖q − z′‖²",
        sides="average",
    ),
    Framework(
        "SimSiam", "no average either", (F, ("predictor", "h", "c")), (F,), "prediction", "−cos(p, z)", sides="shared"
    ),
)
PANEL: Final = 190
LEFT, RIGHT, WIDTH = 6, 106, 78


def frameworks() -> Drawing:
    """MoCo, SimCLR, BYOL and SimSiam side by side."""
    drawing = Drawing(PANEL * len(FRAMEWORKS), 420)
    for number, framework in enumerate(FRAMEWORKS):
        _framework(drawing, framework, number * PANEL)
    return drawing


def _framework(drawing: Drawing, framework: Framework, x: float) -> None:
    middle = x + PANEL / 2
    drawing.name(middle, 18, framework.name, "strong middle")
    drawing.text(middle, 36, framework.how, "quiet small middle")
    drawing.rect(x + 30, 50, PANEL - 60, 42, "box")
    drawing.text(middle, 68, framework.loss, "middle")
    drawing.formula(middle, 85, framework.formula, "small middle")
    drawing.rect(x + 60, 382, PANEL - 120, 28, "box")
    drawing.text(middle, 401, "image")
    for left, column in ((LEFT, framework.left), (RIGHT, framework.right)):
        centre = x + left + WIDTH / 2
        drawing.arrow(middle, 382, centre, 350)
        drawing.circle(centre, 338, 11, "dot faint")
        drawing.formula(centre, 343, "v" if left == LEFT else "v′")
        top = 327.0
        for label, formula, style in column:
            drawing.arrow(centre, top, centre, top - 18)
            drawing.rect(x + left, top - 58, WIDTH, 40, style)
            drawing.text(centre, top - 41, label, "small middle")
            drawing.formula(centre, top - 25, formula)
            top -= 58
        end = 92.0
        if left == RIGHT and framework.has_queue:
            end = _queue(drawing, x, centre)
        drawing.arrow(centre, top, centre, end)
        if left == RIGHT and framework.stops:
            _stop(drawing, centre, top - 14 if framework.has_queue else (top + end) / 2)
    style = "line dashed" if framework.sides == "shared" else "arrow dashed"
    drawing.path(f"M{x + LEFT + WIDTH} 289H{x + RIGHT}", style)
    drawing.text(middle, 343, framework.sides, "quiet small middle")


def _queue(drawing: Drawing, x: float, centre: float) -> float:
    """Draw the queue of keys; return where the arrow from the encoder ends."""
    for number in range(5):
        drawing.rect(x + RIGHT + 1 + number * 15, 160, 15, 22, "d", 2)
    drawing.text(centre, 200, "queue of keys", "quiet small middle")
    drawing.arrow(centre, 160, centre, 92)
    return 206


def _stop(drawing: Drawing, x: float, y: float) -> None:
    """Draw the mark of a stopped gradient across an arrow."""
    drawing.path(f"M{x - 8} {y - 4}L{x + 8} {y + 4}M{x - 8} {y + 4}L{x + 8} {y - 4}", "line thick e")


LOWEST, HIGHEST = -0.4, 0.9
TEMPERATURES: Final = ((1.0, "a"), (0.2, "c"), (0.07, "e"))


def share(similarity: float, temperature: float) -> float:
    """Return which share of the push a negative gets, against the mean, when negatives are spread evenly."""
    steps = [LOWEST + (HIGHEST - LOWEST) * (number + 0.5) / 200 for number in range(200)]
    return exp(similarity / temperature) / (sum(exp(step / temperature) for step in steps) / len(steps))


def temperature() -> Drawing:
    """Draw the weight of a negative by its similarity, at three temperatures."""
    left, top, width, height, most = 60.0, 20.0, 480.0, 230.0, 10.0
    drawing = Drawing(620, 320)
    drawing.path(f"M{left} {top}V{top + height}H{left + width}", "line thin")

    def across(similarity: float) -> float:
        return left + width * (similarity - LOWEST) / (HIGHEST - LOWEST)

    for tick in (-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8):
        drawing.path(f"M{across(tick):.1f} {top + height}v5", "line thin")
        drawing.name(across(tick), top + height + 20, f"{tick:g}".replace("-", "−"), "small middle")
    for tick in (1, 5, 10):
        y = top + height * (1 - tick / most)
        drawing.path(f"M{left} {y:.1f}h-5", "line thin")
        drawing.name(left - 9, y + 4, f"{tick}×", "small end")
    for value, style in TEMPERATURES:
        steps = [LOWEST + (HIGHEST - LOWEST) * number / 120 for number in range(121)]
        points = [(across(step), top + height * (1 - share(step, value) / most)) for step in steps]
        seen = [point for point in points if point[1] >= top]
        drawing.curve(seen, f"line thick {style}")
        x, y = seen[-1]
        drawing.formula(x + 8, y + 4 if y > top + 8 else top + 8, f"τ = {value:g}", style)
    drawing.text(left + width / 2, top + height + 46, "similarity of a negative to the query", "middle")
    drawing.text(left + 12, top + 12, "weight, as a multiple of the mean", "quiet small")
    return drawing


def questions() -> Drawing:
    """Draw what is given and what is asked: contrast, self-distillation, masked pixels, masked features."""
    drawing = Drawing(PANEL * 4, 300)
    titles = ("contrast", "self-distillation", "masked pixels", "masked features")
    asked = ("which one?", "the teacher's answer?", "which pixels?", "which features?")
    for number, (title, question) in enumerate(zip(titles, asked, strict=True)):
        x = number * PANEL
        middle = x + PANEL / 2
        drawing.text(middle, 20, title, "strong middle")
        if number:
            drawing.path(f"M{x} 36V250", "line thin dashed faint")
        drawing.text(middle, 282, question, "middle")
    _contrast(drawing, 0)
    _distillation(drawing, PANEL)
    _masked(drawing, PANEL * 2, {1, 4, 11, 14})
    drawing.text(PANEL * 2.5, 250, "pixels", "small quiet middle")
    _masked(drawing, PANEL * 3, {5, 6, 9, 10})
    drawing.text(PANEL * 3.5, 250, "features of the teacher", "small quiet middle")
    return drawing


def _contrast(drawing: Drawing, x: float) -> None:
    """Draw a view, its other view, and views of other images."""
    drawing.rect(x + 68, 48, 54, 54, "a")
    drawing.text(x + 95, 80, "view", "small middle")
    for number, style in enumerate(("a", "d", "d")):
        left = x + 16 + number * 56
        drawing.rect(left, 170, 46, 46, style)
        drawing.arrow(x + 95, 104, left + 23, 168, "arrow" if style == "a" else "arrow dashed faint")
    drawing.text(x + 95, 240, "other view, or other images", "small quiet middle")


def _distillation(drawing: Drawing, x: float) -> None:
    """Draw student and teacher, each with its view."""
    for left, style, label in ((18, "a", "student"), (102, "b", "teacher")):
        drawing.rect(x + left + 8, 200, 54, 40, "box")
        drawing.text(x + left + 35, 225, "view", "small middle")
        drawing.arrow(x + left + 35, 200, x + left + 35, 150)
        drawing.rect(x + left, 110, 70, 38, style)
        drawing.text(x + left + 35, 134, label, "small middle")
    drawing.path(f"M{x + 88} 129H{x + 102}", "arrow dashed")
    drawing.path(f"M{x + 53} 110V66H{x + 130}", "arrow")
    drawing.path(f"M{x + 137} 110V82", "arrow")
    drawing.circle(x + 137, 68, 8, "dot b")


def _masked(drawing: Drawing, x: float, seen: set[int]) -> None:
    """Draw a grid of patches of which some are *seen*, and the question about the rest."""
    for number in range(16):
        row, column = divmod(number, 4)
        place = x + 55 + column * 20, 56 + row * 20
        drawing.rect(*place, 18, 18, "a" if number in seen else "box dashed", 2)
    drawing.arrow(x + PANEL / 2, 140, x + PANEL / 2, 172)
    for number in range(5):
        drawing.rect(x + 45 + number * 20, 180, 18, 40, "c", 2)
        drawing.name(x + 54 + number * 20, 205, "?", "small middle")


DRAWINGS: Final = {"frameworks": frameworks, "temperature": temperature, "questions": questions}
