"""The drawings of the survey on CLIP."""

from __future__ import annotations

from typing import Final

from figure_drawing import Drawing

COLUMN: Final = 250
CELL: Final = 30


def losses() -> Drawing:
    """Draw what a batch is asked by softmax and by sigmoid, and the classifier that both give."""
    drawing = Drawing(COLUMN * 3, 330)
    heads = (("softmax", "one caption of each image"), ("sigmoid", "yes or no for each pair"))
    for number, (name, how) in enumerate(heads):
        x = number * COLUMN
        drawing.name(x + 125, 20, name, "strong middle")
        drawing.text(x + 125, 38, how, "quiet small middle")
        _matrix(drawing, x + 65, 80, number == 0)
    drawing.text(COLUMN * 2.5, 20, "zero-shot", "strong middle")
    drawing.text(COLUMN * 2.5, 38, "names in the place of captions", "quiet small middle")
    _classifier(drawing, COLUMN * 2)
    return drawing


def _matrix(drawing: Drawing, x: float, y: float, has_rows: bool) -> None:  # noqa: FBT001 (two drawings of one kind)
    """Draw the similarities of five images and five texts."""
    drawing.text(x + 75, y - 24, "texts", "small middle")
    drawing.text(x - 12, y + 80, "images", "small end")
    for row in range(5):
        for column in range(5):
            style = "c" if row == column else "e" if not has_rows else "box"
            drawing.rect(x + column * CELL, y + row * CELL, CELL - 3, CELL - 3, style, 3)
            sign = "+" if row == column else "−"
            if not has_rows:
                drawing.name(x + column * CELL + 13.5, y + row * CELL + 18, sign, "small middle")
    if has_rows:
        drawing.rect(x - 4, y + 56, 155, 35, "line thick a", 6)
        drawing.rect(x + 56, y - 4, 35, 155, "line thick d", 6)
    drawing.formula(x + 73, y + 178, "−log p" if has_rows else "−log \N{GREEK SMALL LETTER SIGMA}(± s)", "middle")
    drawing.text(x + 73, y + 200, "each row, each column" if has_rows else "each cell alone", "quiet small middle")


def _classifier(drawing: Drawing, x: float) -> None:
    """Draw one image and the names that are tried."""
    drawing.text(x + 61, 70, "prompts", "small middle")
    for number, (name, length) in enumerate((("dog", 100.0), ("cat", 38.0), ("car", 12.0))):
        y = 80 + number * 48
        drawing.rect(x + 4, y, 114, 34, "d")
        drawing.text(x + 61, y + 22, f"a photo of a {name}", "small middle")
        drawing.rect(x + 128, y + 8, length, 18, "c" if number == 0 else "box", 3)
    drawing.rect(x + 4, 232, 114, 34, "a")
    drawing.text(x + 61, 254, "image", "middle")
    drawing.path(f"M{x + 118} 249H{x + 160}V222", "arrow")
    drawing.text(x + 170, 254, "similarity", "quiet small")


def ways() -> Drawing:
    """Draw the three ways of using CLIP: as features, as a teacher, as an idea."""
    drawing = Drawing(COLUMN * 3, 320)
    heads = (
        ("better features", "CLIP is part of the model"),
        ("a teacher", "CLIP says what to aim at"),
        ("an idea", "the contrast is defined anew"),
    )
    for number, (name, how) in enumerate(heads):
        drawing.text(number * COLUMN + 125, 20, name, "strong middle")
        drawing.text(number * COLUMN + 125, 38, how, "quiet small middle")
        if number:
            drawing.path(f"M{number * COLUMN} 54V300", "line thin dashed faint")
    _features(drawing)
    _teacher(drawing, COLUMN)
    _idea(drawing, COLUMN * 2)
    return drawing


def _features(drawing: Drawing) -> None:
    """Draw a frozen CLIP under a small part that is trained."""
    drawing.rect(75, 262, 100, 34, "box")
    drawing.text(125, 284, "image", "middle")
    drawing.arrow(125, 262, 125, 222)
    drawing.rect(55, 170, 140, 50, "a")
    drawing.name(125, 192, "CLIP", "strong middle")
    drawing.text(125, 210, "frozen", "quiet small middle")
    drawing.arrow(125, 170, 125, 132)
    drawing.rect(65, 88, 120, 42, "c")
    drawing.text(125, 114, "small head", "middle")
    drawing.arrow(125, 88, 125, 62)


def _teacher(drawing: Drawing, x: float) -> None:
    """Draw a student that has to reach what a frozen CLIP says."""
    for left, style, label in ((20, "c", "student"), (140, "a", "CLIP")):
        drawing.rect(x + left, 170, 90, 50, style)
        if label == "CLIP":
            drawing.name(x + left + 45, 192, label, "strong middle")
            drawing.text(x + left + 45, 210, "frozen", "quiet small middle")
        else:
            drawing.text(x + left + 45, 200, label, "strong middle")
        drawing.arrow(x + left + 45, 170, x + left + 45, 122)
        drawing.rect(x + left, 262, 90, 34, "box")
        drawing.arrow(x + left + 45, 262, x + left + 45, 222)
    drawing.text(x + 65, 284, "region", "middle")
    drawing.text(x + 185, 284, "its crop", "middle")
    drawing.circle(x + 65, 108, 10, "dot c")
    drawing.circle(x + 185, 108, 10, "dot a")
    drawing.path(f"M{x + 80} 108H{x + 168}", "arrow dashed")
    drawing.text(x + 125, 92, "come close", "quiet small middle")


def _idea(drawing: Drawing, x: float) -> None:
    """Draw two new encoders and a matrix of other things than images and captions."""
    for left, label in ((20, "regions"), (140, "phrases")):
        drawing.rect(x + left, 262, 90, 34, "box")
        drawing.text(x + left + 45, 284, label, "middle")
        drawing.arrow(x + left + 45, 262, x + left + 45, 222)
        drawing.rect(x + left, 180, 90, 40, "c")
        drawing.text(x + left + 45, 204, "trained", "small middle")
    drawing.path(f"M{x + 65} 180V104H{x + 75}", "arrow")
    drawing.path(f"M{x + 185} 180V168H{x + 125}V155", "arrow")
    for number in range(16):
        row, column = divmod(number, 4)
        drawing.rect(x + 78 + column * 24, 58 + row * 24, 21, 21, "c" if row == column else "box", 3)


DRAWINGS: Final = {"batch-losses": losses, "ways": ways}
