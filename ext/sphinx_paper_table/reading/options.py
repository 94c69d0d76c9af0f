"""The configuration values, each declared once: default, what is accepted, help; the guide's table comes from here.

A build reads them from Sphinx, `reading.project` from the syntax of ``conf.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sphinx_paper_table.reading import option_checks
from sphinx_paper_table.survey.allowed import SETTINGS, Kind
from sphinx_paper_table.survey.formulas import EXTENDED_BY

if TYPE_CHECKING:
    from collections.abc import Callable

JSON_LD: Final = "paper_table_json_ld"
LAYOUT: Final = "paper_table_layout"
MAILTO: Final = "paper_table_mailto"
NAMES: Final = "paper_table_names"
OPEN_GRAPH: Final = "paper_table_open_graph"
PICTURES: Final = "paper_table_pictures"
SITEMAP: Final = "paper_table_sitemap"
OFFLINE: Final = "paper_table_offline"
SURVEYS: Final = "paper_table_surveys"
UPDATES: Final = "paper_table_updates"
VENUE_LISTS: Final = "paper_table_venue_lists"
OF_COMMANDS: Final = frozenset({MAILTO, OFFLINE})
"""Values that no build depends on."""


@dataclass(frozen=True, slots=True)
class ConfigOption:
    """One configuration value; *check* returns what is wrong with a value, or the empty string."""

    name: str
    default: Any
    types: tuple[type, ...]
    help: str
    check: Callable[[Any], str]
    rebuild: Literal["", "env", "html"] = "env"


OPTIONS: Final = (
    ConfigOption(
        SURVEYS,
        ["surveys/**/*.yaml"],
        (list, tuple),
        "The survey and vocabulary files: patterns relative to the source directory.",
        option_checks.patterns,
    ),
    ConfigOption(
        VENUE_LISTS,
        [],
        (list, tuple),
        "Your own lists of journals in JabRef's format, relative to the source directory: what they abbreviate is one "
        "venue in filters and lists, see {ref}`venues`.",
        option_checks.files,
    ),
    ConfigOption(
        NAMES,
        "names.txt",
        (str,),
        "The file that records the public names, relative to the source directory; `paper-table names` writes it. "
        "Where there is one, a name that disappears from the site without an alias is reported.",
        option_checks.file,
    ),
    ConfigOption(
        UPDATES,
        "updates.yaml",
        (str,),
        "The file with what `paper-table update` has learnt, relative to the source directory: published preprints, "
        "withdrawn papers, moved code. Builds show it and ask nobody.",
        option_checks.file,
    ),
    ConfigOption(
        OFFLINE,
        default=False,
        types=(bool,),
        help="Whether commands that ask services about papers ask nobody, as with `--offline`: they use what they have "
        "been told before. Builds never ask anybody.",
        check=lambda _value: "",
        rebuild="",
    ),
    ConfigOption(
        MAILTO,
        "",
        (str,),
        "A mail address that goes with the questions to services, so that they can reach you; some answer sooner then.",
        option_checks.mail,
        "",
    ),
    ConfigOption(
        "paper_table_languages",
        {},
        (dict,),
        "The languages of the site: from Sphinx's code to `{'name': …, 'url': …}`, which are the language's own name "
        "and the base address of the build in it, absolute or relative to the output directory of this build. "
        "Templates show links to the same page in each as `{{ language_switch }}`. With `html_baseurl`, or absolute "
        "addresses, search engines are told of them too, and that the first is for readers of all other languages.",
        option_checks.languages,
        "html",
    ),
    ConfigOption(
        "paper_table_edit_url",
        "",
        (str,),
        "Where readers can edit an entry: an address with `{path}`, the YAML file relative to the source directory, "
        "and `{line}`, for example `https://github.com/me/surveys/blob/main/docs/{path}#L{line}`. Every card then "
        "links to its entry.",
        option_checks.edit_url,
        "html",
    ),
    ConfigOption(
        "paper_table_previews",
        default=True,
        types=(bool,),
        help="Whether links to methods and references show, beside the link, what they lead to (HTML only).",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_preview_hosts",
        [],
        (list, tuple),
        "Other hosts whose pages previews may ask for, such as `surveys.example.org`: those that records link to. The "
        "site itself and those of `intersphinx_mapping` are asked in any case.",
        option_checks.hosts,
        "html",
    ),
    ConfigOption(
        "paper_table_image_hosts",
        [],
        (list, tuple),
        "Hosts from which pages may load the images of records, such as `images.example.org`. Others are refused: an "
        "image tells its host who reads the page.",
        option_checks.hosts,
    ),
    ConfigOption(
        EXTENDED_BY,
        [],
        (list, tuple),
        "TeX commands and environments that formulas of records and of references may have beside those of LaTeX, "
        "amsmath and amssymb, for example `['bm']`. Only those that print something: no command that defines, reads, "
        "loads or links.",
        option_checks.commands,
    ),
    ConfigOption(
        "paper_table_content_policy",
        default=False,
        types=(bool, dict),
        help="Whether each page has a Content Security Policy: browsers then run no script but those of the site's "
        "files and of its theme, see [Content Security Policy](policy.md). A dictionary adds sources to its "
        "directives, for example `{'frame-src': ['https://www.youtube-nocookie.com']}`.",
        check=option_checks.policy,
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_pagefind",
        default=False,
        types=(bool,),
        help="Whether readers search with [Pagefind](https://pagefind.app), of whose index they load only what a query "
        "needs, instead of Sphinx's own (HTML only). It needs `pip install 'sphinx-paper-table[pagefind]'`.",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_markdown",
        default=False,
        types=(bool,),
        help="Whether HTML pages say that they have a rendition in Markdown beside them, which the builder `markdown` "
        "writes into the same folder, see [Markdown](data.md#markdown).",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_search_last",
        default=[],
        types=(list, tuple),
        help="Pages and folders, as in `['guide', 'changelog']`, that the search lists after all others: those about "
        "the site and not about its subject.",
        check=option_checks.pages,
        rebuild="html",
    ),
    ConfigOption(
        "paper_table_feed",
        0,
        (int,),
        "How many of the newest entries the site's feed tells of, `new.atom`, which readers subscribe to. It needs "
        "`html_baseurl`, and entries that say when they were `added`. 0 means no feed.",
        option_checks.number,
        "html",
    ),
    ConfigOption(
        OPEN_GRAPH,
        default=False,
        types=(bool,),
        help="Whether pages say how a link to them looks elsewhere ([Open Graph](https://ogp.me)), and describe "
        "themselves to search engines: by title, first paragraph and picture. Without `html_baseurl` they leave out "
        "their address and picture.",
        check=lambda _value: "",
        rebuild="html",
    ),
    ConfigOption(
        PICTURES,
        "",
        (str,),
        "The folder with the pictures of links, below one of `html_static_path` and relative to `conf.py`: `ID.png` "
        "for the page of a survey, `site.png` for all others, both also in a folder for each language, "
        "`zh_CN/ID.png`. 1200 × 630 pixels suit most networks.",
        lambda value: value and option_checks.file(value),
        "html",
    ),
    ConfigOption(
        JSON_LD,
        default=False,
        types=(bool, dict),
        help="Whether pages have [structured data](https://schema.org) for search engines: that of a survey the list "
        "of its papers, the first page the data of the site, with the addresses of its files. A dictionary says so "
        "too, and under which licence the data are: `{'license': 'https://…'}`. Without `html_baseurl` addresses are "
        "left out.",
        check=option_checks.structured_data,
        rebuild="html",
    ),
    ConfigOption(
        SITEMAP,
        default=False,
        types=(bool,),
        help="Whether the site has a `sitemap.xml`, which lists its pages in all languages for search engines, and a "
        "`robots.txt` that names it; one of your own in `html_extra_path` stays. It needs `html_baseurl`.",
        check=lambda _value: "",
        rebuild="",
    ),
    ConfigOption(
        "paper_table_full_index",
        1000,
        (int,),
        "The most lines of an index that say title, venue and survey. A longer one has a name and a year in each line, "
        "so that a page with thousands of methods stays quick to load.",
        option_checks.number,
        "html",
    ),
    ConfigOption(
        "paper_table_reference_bar",
        30,
        (int,),
        "How many references a list has at least that gets a bar to find some of them, to jump to a letter, and to "
        "download them as BibTeX, RIS and CSL-JSON (HTML only). 0 means never.",
        option_checks.number,
        "html",
    ),
    ConfigOption(
        SETTINGS[Kind.DIRECTIVE],
        [],
        (list, tuple),
        "Directives that records may have in addition to the {ref}`list <allowed>`, with all their options. Name only "
        "those that are harmless in the hands of strangers: that read no file and run nothing.",
        option_checks.names(Kind.DIRECTIVE),
    ),
    ConfigOption(
        SETTINGS[Kind.ROLE],
        [],
        (list, tuple),
        "Roles that records may have in addition.",
        option_checks.names(Kind.ROLE),
    ),
    ConfigOption(LAYOUT, "tabs", (str,), "The layout of a `paper-table` that names none.", option_checks.layout),
)
