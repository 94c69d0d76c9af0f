"""A new project, or a survey that joins a project: which files, with which text."""

from __future__ import annotations

import glob
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_paper_table.editing.conf_editor import add_to_list
from sphinx_paper_table.editing.contents import SUFFIXES, add_to_contents
from sphinx_paper_table.editing.documents import Changes, EditError, open_document
from sphinx_paper_table.editing.renaming import names_of
from sphinx_paper_table.editing.scalars import written
from sphinx_paper_table.editing.survey_pages import SurveyPart, heading_of, survey_pages, width_of
from sphinx_paper_table.editing.templates import filled, words
from sphinx_paper_table.editing.workspace import Workspace
from sphinx_paper_table.reading.bibtex_options import BIBFILES
from sphinx_paper_table.reading.conf_file import SOURCES
from sphinx_paper_table.reading.options import SURVEYS
from sphinx_paper_table.reading.project import EXTENSION, Project, read_project
from sphinx_paper_table.survey.corrections import id_like
from sphinx_paper_table.survey.fields import is_id
from sphinx_paper_table.survey.filenames import file_name
from sphinx_paper_table.survey.problems import Problems
from sphinx_paper_table.survey.source_files import unsaved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_paper_table.survey.catalogue import Catalogue

_TOOLS: Final = {
    "conf.py": "conf.py",
    "refs.bib": "refs.bib",
    "requirements.txt": "requirements.txt",
    "Makefile": "Makefile",
    ".readthedocs.yaml": "readthedocs.yaml",
    ".github/workflows/pages.yml": "pages.yml",
    ".gitignore": "gitignore",
}
"""The files of a new project that are no pages, with their templates."""
_EXCLUDED: Final = ("_build", ".venv", "venv", "README.*")
_EXAMPLE: Final = {"key": "he2016deep", "known": "resnet"}
_EXAMPLE_DOI: Final = "10.1109/CVPR.2016.90"
_LONGEST_TITLE: Final = 200
_BETWEEN_WORDS: Final = re.compile(r"[-_.\s]+")
_TAGS: Final = re.compile(r"\n {1,20}tags: [^\n]*")
_BIBLIOGRAPHY: Final = re.compile(r"^[ \t]*(?:(?:`{3,}|:{3,})\{bibliography\}|\.\. bibliography::)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new survey, and the project around it, shall be. The empty text stands for the usual."""

    title: str
    name: str
    today: str
    """Written as YYYY-MM-DD."""
    language: str = ""
    markup: str = ""
    theme: str = ""
    requirements: tuple[str, ...] = ()
    """The packages that the site is built with, as `pip` names them."""

    def __post_init__(self) -> None:
        """Refuse what is no title or id: both become parts of files, and the id of paths."""
        checked_title(self.title)
        checked_name(self.name)


@dataclass(frozen=True, slots=True)
class Content:
    """What a new survey has in the place of the example: the text of its file, and entries for the bibliography."""

    survey: str
    entries: str
    key: str
    """A cite key that a comment of the page names, to show how it is written."""
    paper: str
    """The id of a paper, for the same."""
    vocabulary: str = ""
    """The text of a vocabulary file, where the survey needs one."""
    parts: tuple[SurveyPart, ...] = ()
    """The groups that have pages of their own; none where one page has the whole survey."""


def title_like(folder: Path) -> str:
    """Return what a survey in *folder* may be called: the folder's own name as words."""
    said = _BETWEEN_WORDS.sub(" ", folder.resolve().name).strip()
    return said[:1].upper() + said[1:] or "Survey"


def checked_title(title: str) -> str:
    """Return *title* without spaces around it; raises `EditError` for one that is no line of text."""
    title = title.strip()
    if (
        not title
        or len(title) > _LONGEST_TITLE
        or any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in title)
    ):
        msg = f"'{title[:80]}' is not a title"
        raise EditError(msg, hint=f"write one line of text, {_LONGEST_TITLE} characters at most")
    return title


def is_name(name: str) -> bool:
    """Return whether a survey may be called *name*: it is an id, and the name of a file everywhere."""
    return is_id(name) and file_name(name, ".yaml") == f"{name}.yaml"


def checked_name(name: str) -> str:
    """Return *name*; raises `EditError` for one that is not an id, or not the name of a file everywhere."""
    if not is_name(name):
        likely = id_like(name)
        is_other = likely != name and is_id(likely)
        rule = "write lower-case letters and digits joined by single hyphens"
        msg = f"'{name[:80]}' is not an id"
        raise EditError(msg, hint=f"{rule}, such as '{likely[:80]}'" if is_other else rule)
    return name


def source_in(folder: Path) -> Path | None:
    """Return the source directory of the Sphinx project in *folder*; None where there is none."""
    return next((folder / name for name in SOURCES if (folder / name / "conf.py").is_file()), None)


def new_project(folder: Path, wish: Wish) -> Changes:
    """Return the files of a new project in *folder*, with the example.

    Raises `EditError` when one of them is there already, or the title is none that a survey can have.
    """
    changes = project_files(folder, wish)
    workspace_to_be(folder, changes).check()
    return changes


def project_files(folder: Path, wish: Wish, content: Content | None = None) -> Changes:
    """Return the files of a new project with *content*, or the example, unchecked.

    Raises `EditError` when one of them is there already.
    """
    suffix = SUFFIXES[wish.markup or "myst"]
    vocabulary = f"surveys/{wish.name}-vocabulary.yaml"
    bib_name = "refs.bib" if content is None or not (folder / "refs.bib").exists() else f"{wish.name}.bib"
    values = {
        **_values(wish, suffix, words(wish.language), content),
        "bibliography": bib_name,
        "project": json.dumps(wish.title, ensure_ascii=False),
        "language": wish.language or "en",
        "theme": wish.theme,
        "excluded": ", ".join(json.dumps(one, ensure_ascii=False) for one in (*_EXCLUDED, *_pages_there(folder))),
        "requirements": "\n".join(wish.requirements),
    }
    files = {name: filled(template, values) for name, template in _TOOLS.items()}
    files |= {f"{page}{suffix}": filled(f"{page}{suffix}", values) for page in ("index", "references")}
    pages = survey_pages(suffix, values, content.parts if content else ())
    files |= {f"surveys/{name}": text for name, text in pages.items()}
    files[f"surveys/{wish.name}.yaml"] = content.survey if content else filled("survey.yaml", values)
    files |= {vocabulary: content.vocabulary} if content and content.vocabulary else {}
    example = files.pop("refs.bib")
    files[bib_name] = content.entries if content else example
    changes = Changes(new={folder / name: text for name, text in sorted(files.items())})
    _refuse_present(changes.new)
    return changes


def workspace_to_be(folder: Path, changes: Changes) -> Workspace:
    """Return the project that *changes* make of an empty *folder*: they are its changes."""
    texts = {path: text for path, text in changes.new.items() if path.suffix in {".bib", ".yaml"}}
    read = Changes(new={path: text for path, text in texts.items() if not path.name.startswith(".")})
    with unsaved({path: text.encode() for path, text in changes.new.items() if path.name == "conf.py"}):
        project = read_project(folder)
    return Workspace(project, [], [path for path in texts if path.suffix == ".bib"], read)


def _pages_there(folder: Path) -> Iterator[str]:
    """Yield patterns for what stands in *folder* and would be taken for pages of the site."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.name in {"_build", "venv"} or path.stem == "README":
            continue
        found = [one for one in (path.rglob("*") if path.is_dir() else [path]) if one.suffix in SUFFIXES.values()]
        if path.name == "surveys":  # where pages of the site will stand too
            yield from (glob.escape(one.relative_to(folder).as_posix()) for one in sorted(found))
        elif found:
            yield glob.escape(path.name)


def _values(wish: Wish, suffix: str, said: Mapping[str, str], content: Content | None = None) -> dict[str, str]:
    """Return what all templates of pages and surveys have places for."""
    named = {"key": content.key, "known": content.paper} if content else _EXAMPLE
    return {
        **said,
        **named,
        **heading_of(wish.title, suffix),
        "id": wish.name,
        "title": written(wish.title),
        "references_line": "=" * width_of(said["references"]),
        "section_line": "-" * width_of(said["references"]),
        "today": wish.today,
    }


def _refuse_present(paths: Iterable[Path]) -> None:
    present = [str(path) for path in paths if os.path.lexists(path)]
    if present:
        msg = f"there is already {', '.join(present)}"
        raise EditError(msg, hint="nothing was written; choose another id or folder, or move what is there")


@dataclass(frozen=True, slots=True)
class Joined:
    """What it takes to add a survey to a project: the changes, and what the author has to do by hand."""

    changes: Changes
    by_hand: tuple[str, ...] = ()


def new_survey(source: Path, wish: Wish) -> Joined:
    """Add a survey to the project whose ``conf.py`` stands in *source*.

    Raises `EditError` when a file of the survey is there already, or the survey would make a new problem.
    """
    workspace = workspace_in(source)
    catalogue = workspace.catalogue
    refuse_known(wish.name, catalogue)
    values = {**_values(wish, ".md", words(workspace.project["language"])), **_known_example(catalogue)}
    entry = "" if values["key"] in catalogue.references else filled("refs.bib", values)
    content = Content(_survey(catalogue, values), entry, values["key"], values["known"])
    by_hand = join_survey(workspace, wish, content)
    workspace.check()
    return Joined(workspace.changes, by_hand)


def workspace_in(source: Path) -> Workspace:
    """Return the project whose ``conf.py`` stands in *source*; raises `EditError` when that is no Python."""
    project = read_project(source)
    if project.conf.broken:
        msg = f"conf.py is no Python: {project.conf.reason}"
        raise EditError(msg, project.conf.broken, "mend it first")
    bibliographies = [path for path in project.bibliographies(Problems()) if path.is_file()]
    return Workspace(project, project.surveys(Problems()), bibliographies)


def join_survey(workspace: Workspace, wish: Wish, content: Content) -> tuple[str, ...]:
    """Add the files of a survey to the changes of *workspace*; return what the author has to do by hand.

    Raises `EditError` when one of the files is there already.
    """
    project = workspace.project
    root = _root_page(project)
    suffix = SUFFIXES[wish.markup] if wish.markup else root.suffix if root else ".md"
    values = _values(wish, suffix, words(project["language"]), content)
    folder = folder_of_surveys(project)
    is_listed = any(_BIBLIOGRAPHY.search(page.text) for page in workspace.pages)
    page = folder / f"{wish.name}{suffix}"
    pages = {folder / name: text for name, text in survey_pages(suffix, values, content.parts).items()}
    pages[page] += "" if is_listed else filled(f"references-section{suffix}", values)
    workspace.changes.new |= {folder / f"{wish.name}.yaml": content.survey, **pages}
    if content.vocabulary:
        workspace.changes.new[folder / f"{wish.name}-vocabulary.yaml"] = content.vocabulary
    _refuse_present(workspace.changes.new)
    docname = page.relative_to(project.source).with_suffix("").as_posix()
    return (
        *_load_extension(workspace),
        *add_entries(workspace, content.entries, wish.name),
        *_name_in_contents(workspace, root, docname),
    )


def refuse_known(name: str, catalogue: Catalogue) -> None:
    """Raise `EditError` where a survey has this id, or has had it."""
    present, former = names_of("survey", catalogue)
    if name in present or name in former:
        msg = f"there is a survey '{name}' already"
        raise EditError(msg, hint="choose another id with --id")


def _known_example(catalogue: Catalogue) -> dict[str, str]:
    """Return what the project calls the example: it may have the paper, or the reference alone, under another name."""
    same = [key for key, found in catalogue.references.items() if found.doi.lower() == _EXAMPLE_DOI.lower()]
    key = next(iter(same), _EXAMPLE["key"])
    papers = (
        name for name, paper in catalogue.papers.items() if key in map(str, paper.cite) or name == _EXAMPLE["known"]
    )
    return {"key": key, "known": str(next(papers, _EXAMPLE["known"]))}


def _survey(catalogue: Catalogue, values: Mapping[str, str]) -> str:
    """Return the survey file. A paper has one record: a project that has it refers to it."""
    if values["known"] in catalogue.papers:
        return filled("survey-of-known.yaml", values)
    text = filled("survey.yaml", values)
    return _TAGS.sub("", text) if catalogue.vocabulary.tags else text


def folder_of_surveys(project: Project) -> Path:
    """Return where a new survey file is found: in ``surveys``, or else where the project's own patterns begin."""
    fixed = [str(pattern).partition("*")[0].rpartition("/")[0] for pattern in project[SURVEYS]]
    folders = [*(one for one in fixed if one == "surveys"), *fixed, "surveys"]
    return project.source / folders[0]


def _root_page(project: Project) -> Path | None:
    """Return the file of the page at which the contents begin."""
    named = str(project.conf.values.get("root_doc") or project.conf.values.get("master_doc") or "index")
    paths = (project.source / f"{named}{suffix}" for suffix in SUFFIXES.values())
    return next((path for path in paths if path.is_file()), None)


def _load_extension(workspace: Workspace) -> Iterator[str]:
    """Put the extension into ``conf.py``; yield what to write there where that cannot be done safely."""
    conf = workspace.project.conf
    if EXTENSION in conf.values.get("extensions", ()):
        return
    if "extensions" not in conf.values and f'"{EXTENSION}"' in conf.text.replace("'", '"'):
        return
    yield from _add_to_conf(workspace, "extensions", EXTENSION)


def add_entries(workspace: Workspace, entries: str, name: str) -> Iterator[str]:
    """Put entries into the bibliography, a new one where there is none; yield what has to be done by hand.

    The new one is called *name* where ``refs.bib`` is something else.
    """
    project = workspace.project
    if not entries:
        return
    if workspace.bib_files and not project.is_unknown(BIBFILES):
        editor = workspace.bibliographies[0]
        editor.append(entries)
        workspace.changes.add(editor.document, editor.finished())
        return
    named = project.bibliographies(Problems())
    path = named[0] if named and not project.is_unknown(BIBFILES) else project.source / "refs.bib"
    if path.exists():
        path = project.source / f"{name}.bib"
    workspace.changes.new[path] = entries
    _refuse_present([path])
    workspace.bib_files.append(path)
    if path not in named and (BIBFILES in project.conf.places or path.name != "refs.bib"):
        yield from _add_to_conf(workspace, BIBFILES, path.name)


def _add_to_conf(workspace: Workspace, name: str, item: str) -> Iterator[str]:
    """Put *item* into a list of ``conf.py``; yield what to write there where that cannot be done safely."""
    conf = workspace.project.conf
    document = open_document(conf.path, str(conf.path))
    edits = add_to_list(document, name, item)
    workspace.changes.add(document, edits or ())
    if edits is None:
        yield f'{conf.path}: add "{item}" to the list `{name}`'


def _name_in_contents(workspace: Workspace, root: Path | None, docname: str) -> Iterator[str]:
    if root is None:
        yield f"name the page {docname} in a `toctree` of yours"
        return
    page = open_document(root, str(root))
    workspace.changes.add(page, add_to_contents(page, docname))
