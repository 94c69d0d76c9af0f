"""A site with one of everything that Sphinx is known to leave stale, and random edits of it."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tests.support import editing
from tests.support.editing import KILLABLE
from tests.support.harness import Site

if TYPE_CHECKING:
    import random
    from pathlib import Path

CONF = (
    KILLABLE
    + '''
import hashlib
project = "Example"
extensions = [
    "sphinx_paper_table.fresh", "myst_parser", "sphinxcontrib.bibtex", "sphinx.ext.todo",
]
html_theme = "{theme}"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["site.css"]
bibtex_bibfiles = ["refs.bib"]
numfig = True
todo_include_todos = True
html_title = "Example"
exclude_patterns = ["parts"]
suppress_warnings = ["ref.python", "bibtex", "toc.not_included", "toc.not_readable", "toc.empty_glob"]


def facts(app, env):
    """What each page shows of the bibliography; the citation engine does this properly."""
    text = repr([(c.citation_id, c.bibliography_key.docname, c.key, c.formatted_entry.label,
                  str(c.formatted_entry.text)) for c in env.get_domain("cite").citations])
    return {{name: hashlib.sha1(text.encode()).hexdigest() for name in env.all_docs}}


def setup(app):
    app.connect("fresh-facts", facts)
    obey(app, 100)
'''
)

BIB = """
@article{{one, author={{Ann Author}}, title={{{title}}}, journal={{J}}, year={{2019}}}}
@article{{two, author={{Bob Writer}}, title={{Second}}, journal={{J}}, year={{2020}}}}
"""


def png(shade: int) -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + b"".join((chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b"")))


FILES: dict[str, str | bytes] = {
    "index.rst": """
Start
=====

Welcome. See :doc:`alpha`, :ref:`beta-label`, :numref:`fig-one`, :py:func:`pkg.function`.

.. toctree::
   :caption: Main
   :numbered:

   alpha
   beta

.. toctree::
   :hidden:

   hidden
   refs

.. toctree::
   :glob:

   auto/*
   deep/index
""",
    "alpha.rst": """
.. _alpha-label:

Alpha page
==========

Words: apple. Cite :cite:t:`one`.

.. index:: single: fruit

.. _fig-one:

.. figure:: img/a.png

   First figure

Section of alpha
----------------

.. literalinclude:: parts/code.txt

.. todo:: ripen

.. math:: a = b
   :label: equation-one
""",
    "beta.md": """(beta-label)=
# Beta page

Text with [a link](alpha.rst) and [](#alpha-label), {eq}`equation-one`.

![picture](img/other/a.png)

## Section of beta

{download}`parts/data.csv` and {term}`pomology`.

```{toctree}
sub/one
```
""",
    "sub/one.md": "# Sub one\n\nSee {ref}`beta-label` and {doc}`/hidden` and {cite:p}`two`.\n",
    "hidden.rst": """
Hidden page
===========

.. glossary::

   pomology
      Science of fruit.

.. py:function:: pkg.function(x)

   Does it.

.. todolist::
""",
    "refs.rst": "References\n==========\n\n.. bibliography::\n",
    "auto/first.rst": "Auto first\n==========\n\n.. _auto-label:\n\nPart\n----\n\nword zebra\n",
    "deep/index.rst": "Deep\n====\n\n.. toctree::\n   :maxdepth: 2\n\n   page\n",
    "deep/page.rst": "Deep page\n=========\n\nInner\n-----\n\nSee :ref:`auto-label`.\n",
    "parts/code.txt": "code = 1\n",
    "parts/data.csv": "a,b\n",
    "img/a.png": png(10),
    "img/other/a.png": png(20),
    "refs.bib": BIB.format(title="First"),
    "_static/site.css": "body { color: red }\n",
    "_templates/readme.txt": "kept\n",
}


def example(path: Path, theme: str = "furo") -> Site:
    """The example site."""
    return Site(path, CONF.format(theme=theme), dict(FILES))


class Editor(editing.Editor):
    """Edits an example site."""

    def __init__(self, site: Site, numbers: random.Random) -> None:
        super().__init__(numbers)
        self._site = site

    def _word(self) -> str:
        return self._numbers.choice(["apple", "pear", "quince", "medlar", "plum", "fig", "date"])

    def _page(self) -> str:
        return self._numbers.choice(["alpha.rst", "hidden.rst", "deep/page.rst", "refs.rst"])

    def _lines(self, name: str) -> list[str]:
        return self._site.read(name).splitlines(keepends=True)

    def _edit_title(self) -> None:
        name = self._page()
        lines = self._lines(name)
        at = next(number for number, line in enumerate(lines) if line.startswith("==="))
        lines[at - 1 : at + 1] = [f"Title {self._word()} {self._count}\n", "=" * 30 + "\n"]
        self._site.write(name, "".join(lines))

    def _edit_text(self) -> None:
        name = self._page()
        self._site.write(name, self._site.read(name) + f"\n{self._word()} {self._word()}\n")

    def _edit_section(self) -> None:
        name = self._page()
        text = f"\nMore {self._word()} {self._count}\n------------------------\n\ntext\n"
        self._site.write(name, self._site.read(name) + text)

    def _edit_index_entry(self) -> None:
        name = self._page()
        self._site.write(name, self._site.read(name) + f"\n.. index:: {self._word()}\n\n")

    def _edit_toctree_order(self) -> None:
        text = self._site.read("index.rst")
        pair = ("   alpha\n   beta\n", "   beta\n   alpha\n")
        old, new = pair if pair[0] in text else pair[::-1]
        self._site.write("index.rst", text.replace(old, new))

    def _edit_numbered(self) -> None:
        text = self._site.read("index.rst")
        old = "   :caption: Main\n"
        number = "   :numbered:\n"
        new = text.replace(number, "") if number in text else text.replace(old, old + number)
        self._site.write("index.rst", new)

    def _edit_add_page(self) -> None:
        title = f"Auto {self._word()} {self._count}"
        body = f"{title}\n{'=' * 30}\n\n:ref:`alpha-label` {self._word()}\n"
        self._site.write(f"auto/p{self._numbers.randrange(4)}.rst", body)

    def _edit_remove_page(self) -> None:
        pages = sorted((self._site.source / "auto").glob("p*.rst"))
        if pages:
            self._numbers.choice(pages).unlink()

    def _edit_static(self) -> None:
        self._site.write("_static/site.css", f"body {{ margin: {self._count}px }}\n")

    def _edit_extra_static(self) -> None:
        extra = self._site.source / "_static" / "extra.js"
        if extra.exists():
            extra.unlink()
        else:
            self._site.write("_static/extra.js", f"// {self._count}\n")

    def _edit_template(self) -> None:
        page = self._site.source / "_templates" / "page.html"
        if page.exists():
            page.unlink()
        else:
            text = f'{{% extends "!page.html" %}}{{% block footer %}}{self._count}{{% endblock %}}'
            self._site.write("_templates/page.html", text)

    def _edit_image(self) -> None:
        self._site.write("img/a.png", png(self._numbers.randrange(256)))

    def _edit_included(self) -> None:
        self._site.write("parts/code.txt", f"code = {self._count}\n")

    def _edit_download(self) -> None:
        self._site.write("parts/data.csv", f"a,{self._count}\n")

    def _edit_image_use(self) -> None:
        text = self._site.read("beta.md")
        old, new = "![picture](img/other/a.png)\n", "no picture\n"
        self._site.write("beta.md", text.replace(*((old, new) if old in text else (new, old))))

    def _edit_label_moves(self) -> None:
        label, here, there = ".. _auto-label:\n\n", "auto/first.rst", "hidden.rst"
        if label not in self._site.read(here):
            here, there = there, here
        self._site.replace(here, label, "")
        text = self._site.read(there)
        heading = "Part\n----" if there == "auto/first.rst" else None
        if heading:
            self._site.write(there, text.replace(heading, label + heading))
        else:
            self._site.write(there, f"{text}\n{label}Moved\n-----\n\ntext\n")

    def _edit_bib(self) -> None:
        self._site.write("refs.bib", BIB.format(title=f"First {self._count}"))

    def _edit_todo(self) -> None:
        self._site.replace("alpha.rst", ".. todo:: ripen", f".. todo:: ripen {self._word()}")

    def _edit_touch(self) -> None:
        (self._site.source / self._page()).touch()

    def _edit_nothing(self) -> None:
        """Build again."""
