"""Make the environment independent of the order in which pages were read.

After an incremental build, data keyed by page stands in the order of reading, not in that of a clean build; where
Sphinx takes the order, or the first free name, into its output, two builds of the same sources differ. Done after
every build that read or removed a page, before the environment is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .compat import forget_image_names

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def canonical_images(env: BuildEnvironment) -> None:
    """Name copied images by their path: of two ``a.png``, the first in order of paths keeps the name.

    Sphinx gives ``a.png``, ``a1.png`` … in order of reading; parallel readers merge in any order.
    """
    known = sorted(env.images.items())
    forget_image_names(env)
    for source, (docnames, _name) in known:
        for docname in sorted(docnames):
            env.images.add_file(docname, source)


def forget_numbers(env: BuildEnvironment) -> None:
    """Take section numbers off titles and tables of contents, before Sphinx assigns them anew.

    `TocTreeCollector.assign_section_numbers` (``sphinx/environment/collectors/toctree.py``) only ever sets them: a page
    that leaves a numbered toctree keeps its old number in links of other pages. Can go when it clears them.
    """
    for docname in env.toc_secnumbers:
        if docname in env.titles:
            env.titles[docname].attributes.pop("secnumber", None)
        if docname in env.tocs:
            for reference in env.tocs[docname].findall(nodes.reference):
                reference.attributes.pop("secnumber", None)
