"""The search of sites in Chinese: pairs of characters instead of words, which need no dictionary and miss nothing."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.compat.sphinx import SearchEnglish, search_class

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

HAN: Final = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff" + "\U00020000-\U0003ffff"
"""The characters that make words without spaces between them, as regular expressions of Python and JavaScript say it:
ideographs, their mark of repetition and their zero."""
_RUN: Final = re.compile(rf"(?P<han>[{HAN}]+)|[^\W{HAN}]+")
_SPHINX_OWN: Final = "sphinx.search.zh.SearchChinese"
_SPLIT_QUERY: Final = r"""
function splitQuery(query) {
  const han = HAN;
  const runs = query.match(new RegExp(`[${han}]+|(?:(?![${han}])[\\p{Letter}\\p{Number}_])+`, "gu")) ?? [];
  return runs.flatMap((run) => {
    const signs = [...run];
    const isHan = new RegExp(`[${han}]`, "u").test(run);
    return isHan && signs.length > 2 ? signs.slice(1).map((sign, index) => signs[index] + sign) : [run];
  });
}
"""


class BigramChinese(SearchEnglish):
    """Chinese as all pairs of neighbouring characters, with the words of other scripts as in English.

    Sphinx's own class finds nothing without jieba, and with it only queries that are single words of its dictionary.
    English also lends its name: Sphinx 9.0 makes that of the script's stemmer from it, and a ``ChineseStemmer`` is
    nowhere defined (https://github.com/sphinx-doc/sphinx/issues/14229).
    """

    lang = "zh"
    js_splitter_code = _SPLIT_QUERY.replace("HAN", json.dumps(HAN), 1)

    def split(self, input: str) -> list[str]:  # noqa: A002 (Sphinx's name)
        """Return the words of a text; single characters too, for queries of just one."""
        words: list[str] = []
        for run in _RUN.finditer(input):
            if run["han"]:
                words.extend((*run[0], *map("".join, pairwise(run[0]))))
            else:
                words.append(run[0])
        return words


def choose_language(app: Sphinx, config: Config) -> None:
    """Search Chinese by pairs, unless the project or another extension has brought a search of its own."""
    language = config.html_search_language or config.language
    if language.partition("_")[0] == "zh" and search_class("zh") == _SPHINX_OWN:
        app.add_search_language(BigramChinese)


def setup_search(app: Sphinx) -> None:
    """Connect."""
    app.connect("config-inited", choose_language)
