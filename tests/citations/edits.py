"""Random edits of a small site that cites: BibTeX entries, citations, lists, pages, translations, options.

The BibTeX files, the paragraphs and their translations are kept as data and written out after each edit. Every edit
leaves the site buildable, though not always without a warning: a key may be gone, an entry broken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support import editing
from tests.support.editing import KILLABLE
from tests.support.harness import Site

if TYPE_CHECKING:
    import random
    from pathlib import Path

CONF: Final = f"""{KILLABLE}
project = "Small"
copyright = "2026, nobody"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_paper_table.citations"]
bibtex_bibfiles = ["refs.bib", "more.bib"]
locale_dirs = ["locale"]
gettext_compact = "small"
html_theme = "alabaster"
html_static_path = ["_static"]
html_css_files = ["site.css"]
suppress_warnings = ["toc"]
setup = obey
"""
STYLES: Final = (
    'bibtex_default_style, bibtex_reference_style = "author_year", "author_year_letters"',
    'bibtex_default_style, bibtex_reference_style = "alpha", "author_year"',
    'bibtex_default_style, bibtex_reference_style = "plain", "label"',
)
ANCHORS: Final = (
    'bibtex_cite_id = "cite-{key}"',
    'bibtex_cite_id = ""',
    'bibtex_cite_id = "b{bibliography_count}-{key}"',
)
FILTERS: Final = (
    ":all:",
    ":cited:",
    ":notcited:",
    ":filter: docname in docnames",
    ':filter: cited and type == "article"',
    ':filter: author % "Lee"',
    ":list: bullet\n:all:",
    ":list: enumerated\n:start: continue\n:cited:",
    ":labelprefix: A\n:keyprefix: a-\n:all:",
)
LISTS: Final = ("one.md", "two.md", "references.md", "lists.md")
AUTHORS: Final = ("Lee, Ann", "Lee, Ann and Kim, Eva", "Kim, Eva", "Abel, Zo{\\'e} and Moreau, Fay and Yu, Di")
WORDS: Final = ("apple", "pear", "quince", "medlar", "plum", "fig", "date", "sloe")
ROLES: Final = ("cite:p", "cite:t", "cite", "cite:year", "cite:author", "footcite")
KEYS: Final = 8
PLAIN: Final = """\
:orphan:

Plain
=====

By :cite:t:`key1`, :cite:`key2,key3`, :footcite:p:`key4` and :any:`key5`.

.. bibliography:: refs.bib
   :cited:

   key6

.. footbibliography::
"""


class Editor(editing.Editor):
    """Edits a site."""

    def __init__(self, path: Path, numbers: random.Random) -> None:
        """Write the site into *path*."""
        super().__init__(numbers)
        self._settings = {
            "style": STYLES[0],
            "anchor": ANCHORS[0],
            "language": "en",
            "cited_on": True,
            "tooltips": True,
        }
        self._bib: dict[str, dict[str, str]] = {"refs.bib": {}, "more.bib": {}}
        self._macro = "Journal of Macros"
        self._pages: dict[str, list[str]] = {}
        self._titles: dict[str, str] = {}
        self._lists = {"one.md": FILTERS[3], "two.md": FILTERS[3], "references.md": FILTERS[0], "lists.md": FILTERS[5]}
        self._translations: dict[str, str] = {}
        self._reverse = False
        for number in range(KEYS):
            self._bib["refs.bib" if number % 3 else "more.bib"][f"key{number}"] = self._entry()
        for name in ("index.md", "one.md", "two.md", "sub/three.md", "references.md", "lists.md", "shared.txt"):
            self._titles[name] = f"Page {self._word()}"
            self._pages[name] = [self._paragraph() for _ in range(2)]
        self.site = Site(path, self._conf(), {"_static/site.css": "b {}", "plain.rst": PLAIN}, strict=False)
        self._save()

    def _conf(self) -> str:
        found = self._settings
        switches = f"citations_cited_on = {found['cited_on']}\nbibtex_tooltips = {found['tooltips']}\n"
        return f"{CONF}{found['style']}\n{found['anchor']}\nlanguage = '{found['language']}'\n{switches}"

    def _save(self) -> None:
        """Write the files whose content has changed, and no other; remove those of pages that are gone."""
        files = {"conf.py": self._conf(), "locale/zh_CN/LC_MESSAGES/small.po": self._catalogue()}
        for name, entries in self._bib.items():
            files[name] = f"@string{{mac = {{{self._macro}}}}}\n\n" + "\n".join(entries.values())
        for name in self._pages:
            files[name] = self._page(name)
        for name, text in files.items():
            if not (self.site.source / name).is_file() or self.site.read(name) != text:
                self.site.write(name, text)
        for path in [*self.site.source.glob("*.md"), *self.site.source.glob("sub/*.md")]:
            if path.relative_to(self.site.source).as_posix() not in self._pages:
                path.unlink()

    def _page(self, name: str) -> str:
        if name == "shared.txt":
            return "\n\n".join(self._pages[name]) + "\n"
        first, *others = self._pages[name] or [""]
        parts = [f"# {self._titles[name]}", first]
        parts += [f"## Section {number} of {self._titles[name]}\n\n{text}" for number, text in enumerate(others)]
        if name == "index.md":
            pages = sorted(page.removesuffix(".md") for page in self._pages if page.endswith(".md") and page != name)
            ordered = reversed(pages) if self._reverse else pages
            parts.append("```{toctree}\n" + "\n".join(ordered) + "\n```")
        if name in {"one.md", "sub/three.md"}:
            parts.append(f"```{{include}} {'../' * name.count('/')}shared.txt\n```")
        if name in self._lists:
            parts.append(f"```{{bibliography}}\n{self._lists[name]}\n```")
        return "\n\n".join([*parts, "```{footbibliography}\n```"]) + "\n"

    def _catalogue(self) -> str:
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        texts = [f'msgid "{old}"\nmsgstr "{new}"\n' for old, new in self._translations.items()]
        return "\n".join([head, *texts])

    def _word(self) -> str:
        return f"{self._numbers.choice(WORDS)}{self._count}"

    def _keys(self) -> list[str]:
        return [key for entries in self._bib.values() for key in entries]

    def _key(self) -> str:
        return self._numbers.choice([*self._keys(), "nowhere"])

    def _entry(self, key: str = "", author: str = "", year: int = 0, more: str = "") -> str:
        """Return a BibTeX entry; authors and years are few, so that labels clash."""
        kind = self._numbers.choice(["article", "article", "misc"])
        key = key or f"key{sum(map(len, self._bib.values()))}"
        author, year = author or self._numbers.choice(AUTHORS), year or self._numbers.randrange(2018, 2021)
        fields = (
            f"author = {{{author}}}, title = {{On $x_1$ of {self._word()}}}, journal = mac, year = {{{year}}}{more}"
        )
        return f"@{kind}{{{key},\n  {fields}\n}}\n"

    def _paragraph(self) -> str:
        keys = ",".join(self._numbers.sample([*self._keys(), "a-key1"], self._numbers.choice([1, 1, 2])))
        text = f"Some {self._word()} of {{{self._numbers.choice(ROLES)}}}`{keys}` and {{cite:t}}`{self._key()}`."
        if self._numbers.random() < 0.7:
            self._translations[text] = self._translated(text)
        return text

    def _translated(self, text: str) -> str:
        roles = [f"{{{part}" for part in text.rstrip(".").replace(" and ", " ").split("{")[1:]]
        roles.sort(reverse=self._numbers.random() < 0.5)
        return f"第 {self._count} 段：" + "；".join(role.strip() for role in roles) + "。"

    def _file_of(self, key: str) -> dict[str, str]:
        return next(entries for entries in self._bib.values() if key in entries)

    def _some_key(self) -> str:
        return self._numbers.choice(self._keys())

    def _some_page(self) -> str:
        return self._numbers.choice(sorted(self._pages))

    def _edit_bib_entry(self) -> str:
        key = self._some_key()
        self._file_of(key)[key] = self._entry(key)
        return key

    def _edit_bib_title(self) -> str:
        key = self._some_key()
        before, title, after = self._file_of(key)[key].partition("title = {")
        self._file_of(key)[key] = f"{before}{title}{self._numbers.choice(('', f'{self._word()}: '))}{after}"
        return key

    def _edit_bib_twin(self) -> str:
        """Give two entries the same authors and year: both labels get a letter."""
        twins = [self._some_key(), self._some_key()]
        for key in twins:
            self._file_of(key)[key] = self._entry(key, AUTHORS[0], 2019)
        return " ".join(twins)

    def _edit_bib_add(self) -> str:
        key = f"new{self._count}"
        self._bib[self._numbers.choice(sorted(self._bib))][key] = self._entry(key)
        self._pages[self._some_page()].append(f"New: {{cite:p}}`{key}`.")
        return key

    def _edit_bib_remove(self) -> str:
        key = self._some_key()
        if len(self._keys()) > KEYS // 2:
            del self._file_of(key)[key]
        return key

    def _edit_bib_rename(self) -> str:
        """Rename a key; the former one stays as an alias, or does not."""
        key, new = self._some_key(), f"renamed{self._count}"
        more = f", ids = {{{key}}}" if self._numbers.random() < 0.7 else ""
        entries = self._file_of(key)
        del entries[key]
        entries[new] = self._entry(new, more=more)
        return f"{key} to {new}"

    def _edit_bib_move(self) -> str:
        key = self._some_key()
        source = self._file_of(key)
        target = next(entries for entries in self._bib.values() if entries is not source)
        target[key] = source.pop(key)
        return key

    def _edit_bib_order(self) -> None:
        for name, entries in self._bib.items():
            self._bib[name] = dict(reversed(entries.items()))

    def _edit_bib_duplicate(self) -> str:
        """Give one file an entry of the other; the first is used."""
        key = self._some_key()
        self._bib["more.bib"][key] = self._entry(key)
        return key

    def _edit_bib_broken_or_mended(self) -> str:
        key = self._some_key()
        entries = self._file_of(key)
        is_broken = "{{" in entries[key]
        entries[key] = self._entry(key) if is_broken else entries[key].replace("year = {", "year = {{")
        return key

    def _edit_bib_macro(self) -> None:
        self._macro = f"Journal of {self._word()}"

    def _edit_cite_add(self) -> str:
        name = self._some_page()
        self._pages[name].insert(self._numbers.randrange(len(self._pages[name]) + 1), self._paragraph())
        return name

    def _edit_cite_remove(self) -> str:
        name = self._some_page()
        if self._pages[name]:
            self._pages[name].pop(self._numbers.randrange(len(self._pages[name])))
        return name

    def _edit_cite_swap(self) -> str:
        name = self._some_page()
        self._pages[name].reverse()
        return name

    def _edit_title(self) -> str:
        name = self._some_page()
        self._titles[name] = f"Title {self._word()}"
        return name

    def _edit_page_add(self) -> str:
        name = f"sub/p{self._count}.md"
        self._titles[name], self._pages[name] = f"Extra {self._word()}", [self._paragraph()]
        if self._numbers.random() < 0.5:
            self._lists[name] = self._numbers.choice(FILTERS)
        return name

    def _extra(self) -> str:
        found = [name for name in self._pages if name.startswith("sub/p")]
        return self._numbers.choice(found) if found else ""

    def _edit_page_remove(self) -> str:
        if name := self._extra():
            del self._pages[name], self._titles[name]
            self._lists.pop(name, None)
        return name

    def _edit_page_move(self) -> str:
        """Rename a page, within its directory or out of it."""
        if not (name := self._extra()):
            return ""
        new = f"{self._numbers.choice(['sub/', 'sub/', ''])}p{self._count}.md"
        self._pages[new], self._titles[new] = self._pages.pop(name), self._titles.pop(name)
        if name in self._lists:
            self._lists[new] = self._lists.pop(name)
        return f"{name} to {new}"

    def _edit_list_filter(self) -> str:
        name = self._numbers.choice(LISTS)
        self._lists[name] = self._numbers.choice(FILTERS)
        return f"{name} {self._lists[name]}"

    def _edit_list_goes_or_comes(self) -> str:
        name = self._numbers.choice([*LISTS, "index.md", "sub/three.md"])
        if self._lists.pop(name, None) is None:
            self._lists[name] = self._numbers.choice(FILTERS)
        return name

    def _edit_list_of_keys(self) -> str:
        name = self._numbers.choice(LISTS)
        self._lists[name] = f":filter: False\n\n{self._some_key()}\n{self._some_key()}"
        return name

    def _edit_toctree(self) -> None:
        self._reverse = not self._reverse

    def _edit_translation(self) -> str:
        if not self._translations:
            return "nothing"
        text = self._numbers.choice(sorted(self._translations))
        self._translations[text] = self._translated(text)
        return text

    def _edit_translation_goes(self) -> str:
        if not self._translations:
            return "nothing"
        text = self._numbers.choice(sorted(self._translations))
        del self._translations[text]
        return text

    def _edit_language(self) -> str:
        self._settings["language"] = "zh_CN" if self._settings["language"] == "en" else "en"
        return str(self._settings["language"])

    def _edit_setting(self) -> str:
        name = self._numbers.choice(["cited_on", "tooltips"])
        self._settings[name] = not self._settings[name]
        return name

    def _edit_style(self) -> str:
        self._settings["style"] = self._numbers.choice(STYLES)
        return str(self._settings["style"])

    def _edit_anchors(self) -> str:
        self._settings["anchor"] = self._numbers.choice(ANCHORS)
        return str(self._settings["anchor"])

    def _edit_touch(self) -> str:
        """Touch pages, so that they are read in another order than in a clean build."""
        names = self._numbers.sample(sorted(self._pages), 2)
        for name in names:
            (self.site.source / name).touch()
        return " ".join(names)

    def _edit_lost_caches(self) -> str:
        """Damage or remove what the engine keeps beside the environment."""
        for name in ("bibliography.pickle", "citations.pickle"):
            if self._numbers.random() < 0.5:
                (self.site.doctrees / name).write_bytes(b"damaged")
            else:
                (self.site.doctrees / name).unlink(missing_ok=True)
        return ""

    def _edit_nothing(self) -> None:
        pass
