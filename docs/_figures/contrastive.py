"""The drawings of the survey on contrastive learning."""

from __future__ import annotations

from typing import Final, NamedTuple

from svg import Drawing


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


DRAWINGS: Final = {"frameworks": frameworks}
