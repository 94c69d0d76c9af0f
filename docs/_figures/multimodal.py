"""The drawings of the survey on multimodal pre-training."""

from __future__ import annotations

from typing import Final, NamedTuple

from figure_drawing import Drawing

PANEL: Final = 152


class Shape(NamedTuple):
    """How heavy the parts of a model are, as heights, and who has it."""

    letter: str
    text: float
    vision: float
    fusion: float
    example: str


LIGHT, MEDIUM, HEAVY = 16, 62, 124
SHAPES: Final = (
    Shape("a", LIGHT, HEAVY, LIGHT, "VSE++"),
    Shape("b", HEAVY, HEAVY, LIGHT, "CLIP"),
    Shape("c", MEDIUM, HEAVY, MEDIUM, "ALBEF"),
    Shape("d", LIGHT, LIGHT, HEAVY, "ViLT"),
)


def shapes() -> Drawing:
    """The four shapes of ViLT, and the one with a language model."""
    drawing = Drawing(PANEL * 5, 372)
    for number, shape in enumerate(SHAPES):
        x = number * PANEL
        middle, base = x + PANEL / 2, 330
        drawing.name(middle, 18, shape.letter, "strong middle")
        for left, label, height, style in ((x + 10, "text", shape.text, "b"), (x + 82, "image", shape.vision, "a")):
            drawing.text(left + 30, base + 18, label, "small middle")
            drawing.rect(left, base - height, 60, height, style, 4)
            drawing.arrow(left + 30, base - height, left + 30, 190 + 2)
        drawing.rect(x + 10, 190 - shape.fusion, 132, shape.fusion, "c", 4)
        drawing.name(middle, 368, shape.example, "quiet small middle")
    _with_language_model(drawing, PANEL * 4)
    for y, label, style in ((60, "fusion", "c"), (88, "text encoder", "b"), (116, "vision encoder", "a")):
        drawing.rect(10, y - 30, 12, 12, style, 2)
        drawing.text(28, y - 20, label, "small")
    return drawing


def _with_language_model(drawing: Drawing, x: float) -> None:
    drawing.name(x + PANEL / 2, 18, "e", "strong middle")
    drawing.rect(x + 10, 34, 132, 156, "d", 4)
    drawing.text(x + 76, 106, "language", "middle")
    drawing.text(x + 76, 124, "model", "middle")
    drawing.text(x + 40, 348, "text", "small middle")
    drawing.arrow(x + 40, 330, x + 40, 192)
    drawing.text(x + 112, 348, "image", "small middle")
    drawing.rect(x + 82, 330 - HEAVY + 18, 60, HEAVY - 18, "a", 4)
    drawing.rect(x + 82, 198, 60, LIGHT, "c", 4)
    drawing.path(f"M{x + 112} {330 - HEAVY + 18}V214", "line")
    drawing.arrow(x + 112, 198, x + 112, 191)
    drawing.name(x + PANEL / 2, 368, "LLaVA", "quiet small middle")


WORDS: Final = ("a", "dog", "on", "the", "sofa")
PAIRS: Final = 4


def losses() -> Drawing:
    """What contrast, matching and masked language modelling ask."""
    drawing = Drawing(760, 330)
    _contrast(drawing)
    _matching(drawing)
    _masking(drawing)
    return drawing


def _contrast(drawing: Drawing) -> None:
    drawing.name(115, 18, "ITC", "strong middle")
    drawing.text(115, 38, "which text of the batch?", "quiet small middle")
    for row in range(PAIRS):
        drawing.formula(58, 105 + row * 34, f"v_{row + 1}_")
        drawing.formula(93 + row * 34, 76, f"w_{row + 1}_")
        for column in range(PAIRS):
            style = "c" if row == column else "e" if (row, column) == (1, 2) else "box faint"
            drawing.rect(78 + column * 34, 85 + row * 34, 30, 30, style, 3)
    drawing.text(26, 159, "images", "small middle")
    drawing.text(145, 58, "texts", "small middle")
    drawing.rect(40, 240, 13, 13, "c", 2)
    drawing.text(60, 251, "pulled together", "small")
    drawing.rect(40, 262, 13, 13, "box faint", 2)
    drawing.text(60, 273, "pushed apart", "small")
    drawing.rect(40, 284, 13, 13, "e", 2)
    drawing.text(60, 295, "nearest mistake", "small")


def _matching(drawing: Drawing) -> None:
    drawing.name(385, 18, "ITM", "strong middle")
    drawing.text(385, 38, "does this text belong here?", "quiet small middle")
    for y, style, image, text, answer in ((85, "c", "2", "2", "yes"), (165, "e", "2", "3", "no")):
        drawing.rect(295, y, 44, 30, "a", 4)
        drawing.formula(317, y + 20, f"v_{image}_")
        drawing.rect(345, y, 44, 30, "b", 4)
        drawing.formula(367, y + 20, f"w_{text}_")
        drawing.arrow(392, y + 15, 412, y + 15)
        drawing.rect(415, y, 56, 30, "c", 4)
        drawing.text(443, y + 20, "fusion", "small middle")
        drawing.arrow(473, y + 15, 489, y + 15)
        drawing.text(493, y + 20, answer, f"strong {style}")
    drawing.path("M178 134C230 134 240 180 291 180", "arrow dashed e")
    drawing.text(385, 232, "the hard negative comes from ITC", "quiet small middle")


def _masking(drawing: Drawing) -> None:
    drawing.name(648, 18, "MLM", "strong middle")
    drawing.text(648, 38, "which word is hidden?", "quiet small middle")
    drawing.rect(545, 85, 206, 44, "c", 4)
    drawing.text(648, 112, "fusion", "middle")
    for number, word in enumerate(WORDS):
        x = 549 + number * 36
        hidden = word == "dog"
        drawing.rect(x, 158, 32, 26, "box dashed" if hidden else "b", 3)
        drawing.name(x + 16, 175.5, "?" if hidden else word, "small middle")
        drawing.arrow(x + 16, 158, x + 16, 131)
    drawing.arrow(601, 85, 601, 68)
    drawing.name(601, 62, "dog", "strong small middle e")
    for row in range(2):
        for column in range(4):
            drawing.rect(600 + column * 24, 222 + row * 24, 22, 22, "a", 2)
    drawing.path("M696 245H740V131", "arrow")
    drawing.text(648, 290, "the picture says which", "quiet small middle")


class Bridge(NamedTuple):
    """How images reach a language model."""

    name: str
    how: str


BRIDGES: Final = (
    Bridge("Flamingo", "cross-attention inside"),
    Bridge("BLIP-2", "a small Transformer between"),
    Bridge("LLaVA", "a projection"),
)


def bridges() -> Drawing:
    """Three ways to join a vision encoder to a language model, with what is trained."""
    drawing = Drawing(760, 372)
    for number, bridge in enumerate(BRIDGES):
        x = number * 253
        middle = x + 126
        drawing.name(middle, 18, bridge.name, "strong middle")
        drawing.text(middle, 38, bridge.how, "quiet small middle")
        frozen = "box" if bridge.name != "LLaVA" else "c"
        for layer in range(4):
            y = 76 + layer * 34
            drawing.rect(x + 112, y, 116, 24, frozen, 3)
            if bridge.name == "Flamingo" and layer in {1, 3}:
                drawing.rect(x + 112, y + 24, 116, 8, "c", 2)
        drawing.text(x + 170, 68, "language model", "small middle")
        drawing.rect(x + 14, 268, 76, 44, "box", 4)
        drawing.text(x + 52, 287, "vision", "small middle")
        drawing.text(x + 52, 302, "encoder", "small middle")
        drawing.text(x + 52, 336, "image", "small middle")
        drawing.text(x + 190, 336, "text", "small middle")
        drawing.arrow(x + 190, 322, x + 190, 212)
        _bridge(drawing, bridge.name, x)
    drawing.rect(250, 352, 13, 13, "c", 2)
    drawing.text(270, 363, "trained", "small")
    drawing.rect(400, 352, 13, 13, "box", 2)
    drawing.text(420, 363, "frozen", "small")
    return drawing


def _bridge(drawing: Drawing, name: str, x: float) -> None:
    if name == "Flamingo":
        drawing.rect(x + 14, 196, 76, 36, "c", 4)
        drawing.text(x + 52, 219, "resampler", "small middle")
        drawing.arrow(x + 52, 268, x + 52, 234)
        drawing.path(f"M{x + 52} 196V138H{x + 110}", "arrow")
        drawing.arrow(x + 90, 206, x + 110, 206)
        return
    high, label = (56, "Q-Former") if name == "BLIP-2" else (22, "projection")
    drawing.rect(x + 14, 232 - high, 76, high, "c", 4)
    drawing.text(x + 52, 237 - high / 2, label, "small middle")
    drawing.arrow(x + 52, 268, x + 52, 234)
    drawing.path(f"M{x + 52} {232 - high}V{166 if name == 'BLIP-2' else 196}H{x + 100}V240H{x + 142}V206", "arrow")


DRAWINGS: Final = {"shapes": shapes, "losses": losses, "bridges": bridges}
