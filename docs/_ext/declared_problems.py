"""What a code means and how severe it is, from its declaration: ```{declared-problem} CODE```."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_paper_table.survey import problems
from sphinx_paper_table.survey.problems import Code, Severity

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SEVERITIES: Final = {
    Severity.ERROR: "An error: something that is written does not reach readers, or not as it was meant.",
    Severity.WARNING: "A warning.",
    Severity.ADVICE: "Advice: `paper-table check` counts it, a build says nothing of it.",
}


class DeclaredProblem(SphinxDirective):
    """The explanation of a code and its severity, as two paragraphs."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the paragraphs; the page is read again when a declaration changes."""
        code = next(code for code in Code if code == self.arguments[0])
        self.env.note_dependency(str(inspect.getsourcefile(problems)))
        self.env.note_dependency(__file__)
        paragraphs = []
        for text in (code.explanation, SEVERITIES[code.severity]):
            children, messages = self.parse_inline(text)
            paragraph = nodes.paragraph(text, "", *children, *messages)
            self.set_source_info(paragraph)
            paragraphs.append(paragraph)
        return list(paragraphs)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("declared-problem", DeclaredProblem)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
