from docutils import nodes

from sphinx_paper_table import add_paper_layout

extensions = ["sphinx_paper_table"]


def in_a_column(view, canvas):
    """Cards one below the other, under a line that says how many there are."""
    cards = [canvas.card(entry, "card", depth=0) for entry in view.all_entries()]
    return [nodes.paragraph("", f"{view.count} methods"), *cards]


def setup(app):
    add_paper_layout(app, "column", in_a_column, "one card below the other")
